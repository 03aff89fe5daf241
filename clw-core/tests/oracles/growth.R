# Fixed effects, standard errors, variance components and log-restricted likelihood of lme4 and nlme.
here <- dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE)))
source(file.path(here, "pairs.R"))
suppressWarnings(suppressMessages({library(lme4); library(nlme)}))

by_lme4 <- function(data, slope) {
  control <- lmerControl(optimizer = "bobyqa", calc.derivs = FALSE,
                         optCtrl = list(rhoend = 1e-11, maxfun = 1e5))
  formula <- if (slope) y ~ time + (time | person) else y ~ time + (1 | person)
  fit <- suppressWarnings(suppressMessages(lmer(formula, data, REML = TRUE, control = control)))
  between <- VarCorr(fit)$person
  list(fixef(fit)[[1]], fixef(fit)[[2]], sqrt(vcov(fit)[1, 1]), sqrt(vcov(fit)[2, 2]), sigma(fit)^2,
       between[1, 1], if (slope) between[2, 2] else "NA", if (slope) between[1, 2] else "NA",
       as.numeric(logLik(fit)))
}

by_nlme <- function(data, slope) {
  control <- lmeControl(opt = "optim", msTol = 1e-14, tolerance = 1e-12, maxIter = 500, msMaxIter = 500,
                        optimMethod = "BFGS")
  random <- if (slope) ~ time | person else ~ 1 | person
  fit <- lme(y ~ time, data, random = random, method = "REML", control = control)
  between <- getVarCov(fit)
  list(fixef(fit)[[1]], fixef(fit)[[2]], sqrt(vcov(fit)[1, 1]), sqrt(vcov(fit)[2, 2]), fit$sigma^2,
       between[1, 1], if (slope) between[2, 2] else "NA", if (slope) between[1, 2] else "NA",
       "NA")
}

reply(lapply(payload(), function(case) {
  rows <- matrix(as.numeric(unlist(case$rows)), ncol = 3, byrow = TRUE)
  data <- data.frame(person = factor(rows[, 1]), time = rows[, 2], y = rows[, 3] / case$unit)
  attempt <- function(fit) tryCatch(fit(data, case$slope), error = conditionMessage)
  list(attempt(by_lme4), attempt(by_nlme))
}))
