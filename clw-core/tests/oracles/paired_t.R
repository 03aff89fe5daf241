# t, the three p, both limits, and the one-sided limits of t.test(paired = TRUE).
here <- dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE)))
source(file.path(here, "pairs.R"))

reply(lapply(payload(), function(case) {
  sample <- columns(case$cells)
  fit <- function(alternative) {
    t.test(sample$follow_up / case$unit, sample$baseline / case$unit, paired = TRUE,
           alternative = alternative, conf.level = case$level)
  }
  both <- fit("two.sided"); less <- fit("less"); greater <- fit("greater")
  list(unname(both$statistic), both$p.value, less$p.value, greater$p.value,
       both$conf.int[1], both$conf.int[2], greater$conf.int[1], less$conf.int[2])
}))
