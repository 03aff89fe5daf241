# Estimate, exact interval with its achieved level, and normal interval of wilcox.test.
here <- dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE)))
source(file.path(here, "pairs.R"))

reply(lapply(payload(), function(case) {
  sample <- columns(case$cells)
  change <- sample$follow_up - sample$baseline
  fit <- function(exact) suppressWarnings(
    wilcox.test(change, conf.int = TRUE, conf.level = case$level, exact = exact))
  exact <- fit(TRUE)
  normal <- fit(FALSE)
  list(unname(exact$estimate), exact$conf.int[1], exact$conf.int[2],
       attr(exact$conf.int, "conf.level"), normal$conf.int[1], normal$conf.int[2])
}))
