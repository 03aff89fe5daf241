# Inverse-probability weights by glm, weighted means by survey.
# One JSON payload on stdin, one on stdout, numbers to 17 digits.
suppressMessages({library(jsonlite); library(survey)})
input <- fromJSON(file("stdin"), simplifyVector = TRUE, simplifyMatrix = TRUE, simplifyDataFrame = FALSE)
number <- function(x) formatC(as.numeric(x), digits = 17, format = "g")

answer <- lapply(input, function(sample) {
  x <- sample$x
  if (is.null(dim(x))) x <- matrix(x, ncol = 1)
  paired <- sample$paired == 1
  fit <- glm(paired ~ x - 1, family = binomial(), control = glm.control(epsilon = 1e-16, maxit = 200))
  followed <- data.frame(change = sample$change[paired], improved = sample$improved[paired],
                         weight = 1 / fitted(fit)[paired])
  design <- svydesign(ids = ~1, weights = ~weight, data = followed)
  change <- svymean(~change, design)
  interval <- confint(change, level = sample$level, df = degf(design))
  out <- list(
    coefficients = number(coef(fit)), errors = number(sqrt(diag(vcov(fit)))),
    log_likelihood = number(as.numeric(logLik(fit))),
    change = number(coef(change)), change_error = number(SE(change)), change_interval = number(interval),
    improved = number(coef(svymean(~improved, design))), improved_error = number(SE(svymean(~improved, design)))
  )
  if (length(unique(followed$improved)) > 1)
    out$improved_interval <- number(confint(svyciprop(~improved, design, method = "logit", level = sample$level)))
  out
})
cat(toJSON(answer, auto_unbox = TRUE))
