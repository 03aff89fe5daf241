# Random-effects models by metafor.
# One JSON payload on stdin, one on stdout, numbers to 17 digits.
suppressMessages({library(jsonlite); library(metafor)})
input <- fromJSON(file("stdin"), simplifyVector = TRUE, simplifyMatrix = FALSE, simplifyDataFrame = FALSE)
number <- function(x) formatC(as.numeric(x), digits = 17, format = "g")

answer <- lapply(input, function(sample) {
  if (sample$kind == "transform") {
    es <- escalc(measure = sample$measure, xi = sample$x, ni = sample$n, add = 1/2,
                 to = if (sample$measure == "PLO") "only0" else "none")
    return(list(effects = number(es$yi), variances = number(es$vi)))
  }
  control <- list(threshold = 1e-15, maxiter = 100000, tol = 1e-14)
  fit <- rma(sample$y, sample$v, method = sample$method, test = sample$test, level = sample$level, control = control)
  profile <- tryCatch(confint(fit, control = list(tol = 1e-14, maxiter = 100000, tau2.max = 1e4))$random,
                      error = function(e) NULL)
  out <- list(tau2 = number(fit$tau2), mean = number(fit$beta), error = number(fit$se),
              interval = number(c(fit$ci.lb, fit$ci.ub)), q = number(fit$QE), p = number(fit$QEp),
              i2 = number(fit$I2 / 100), h2 = number(fit$H2), weights = number(weights(fit) / 100))
  if (!is.null(profile)) out$tau2_interval <- number(profile["tau^2", 2:3])
  out
})
cat(toJSON(answer, auto_unbox = TRUE))
