# Matched-pairs rank-biserial correlation and its interval, by effectsize.
here <- dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE)))
source(file.path(here, "pairs.R"))
suppressWarnings(suppressMessages(library(effectsize)))

reply(lapply(payload(), function(case) {
  sample <- columns(case$cells)
  fit <- suppressWarnings(as.data.frame(
    rank_biserial(sample$follow_up - sample$baseline, ci = case$level)))
  list(fit$r_rank_biserial, fit$CI_low, fit$CI_high)
}))
