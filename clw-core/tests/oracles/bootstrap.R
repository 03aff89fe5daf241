# The acceleration of usual jackknife influence values by boot, which has them from the estimate; their
# mean is taken off here.
here <- dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE)))
source(file.path(here, "pairs.R"))
suppressWarnings(suppressMessages(library(boot)))

pseudomedian <- function(x) {
  averages <- outer(x, x, "+") / 2
  median(averages[lower.tri(averages, diag = TRUE)])
}
statistics <- list(mean, median, function(x) mean(x) / sd(x), pseudomedian, function(x) mean(x > 0))
acceleration <- function(x, statistic) {
  left_out <- empinf(data = x, statistic = function(x, i) statistic(x[i]), stype = "i", type = "jack")
  left_out <- left_out - mean(left_out)
  sum(left_out^3) / (6 * sum(left_out^2)^1.5)
}

reply(lapply(payload(), function(case) {
  lapply(statistics, function(statistic) acceleration(unlist(case$gains), statistic))
}))
