# Power or number of pairs by power.t.test(type = "paired", strict = TRUE).
here <- dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE)))
source(file.path(here, "pairs.R"))

reply(lapply(payload(), function(plan) {
  result <- tryCatch(
    power.t.test(n = plan$pairs, delta = plan$effect, sd = plan[["standard-deviation-of-change"]],
                 sig.level = plan$alpha, power = plan$power, type = "paired", strict = TRUE, tol = 1e-12,
                 alternative = if (plan$sides == 2) "two.sided" else "one.sided"),
    error = conditionMessage)
  if (is.character(result)) result else if (is.null(plan$pairs)) result$n else result$power
}))
