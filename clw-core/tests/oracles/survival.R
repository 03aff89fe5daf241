# Kaplan and Meier's curve and its quantiles by survival::survfit.
here <- dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE)))
source(file.path(here, "pairs.R"))
suppressWarnings(suppressMessages(library(survival)))

reply(lapply(payload(), function(asked) {
  day <- sapply(asked$days, function(row) as.numeric(row[[1]]))
  followed_up <- sapply(asked$days, function(row) as.numeric(row[[2]]))
  censored <- sapply(asked$days, function(row) as.numeric(row[[3]]))
  fit <- survfit(Surv(c(day, day), rep(c(1, 0), each = length(day))) ~ 1, weights = c(followed_up, censored),
                 subset = c(followed_up, censored) > 0, conf.type = asked$method, conf.int = asked$level)
  shown <- summary(fit, times = day, extend = TRUE)
  half <- quantile(fit, 0.5)
  list(at_risk = shown$n.risk, survival = shown$surv, standard_error = shown$std.err, lower = shown$lower,
       upper = shown$upper, median = as.numeric(half$quantile), median_lower = as.numeric(half$lower),
       median_upper = as.numeric(half$upper))
}))
