# The three p of the exact binomial test and Clopper-Pearson limits.
here <- dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE)))
source(file.path(here, "pairs.R"))

reply(lapply(payload(), function(case) {
  p <- function(alternative) binom.test(case$positive, case$n, alternative = alternative)$p.value
  limits <- binom.test(case$positive, case$n, conf.level = case$level)$conf.int
  list(p("two.sided"), p("less"), p("greater"), limits[1], limits[2])
}))
