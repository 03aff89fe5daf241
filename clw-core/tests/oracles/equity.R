# -slope of lm(weights = p) on rank with its t interval; over people with vcovHC(type = "HC3"). Then SII / overall:
# its interval is that of the slope over the overall rate of bands, and the delta method over people.
here <- dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE)))
source(file.path(here, "pairs.R"))
suppressMessages(library(sandwich))

reply(lapply(payload(), function(ask) {
  x <- as.numeric(unlist(ask$x)) - 0.5
  if (is.null(ask$z)) {
    y <- as.numeric(unlist(ask$y))
    p <- as.numeric(unlist(ask$p))
    fit <- lm(y ~ x, weights = p)
    ends <- -rev(confint(fit, "x", level = ask$level))
    overall <- sum(p * y)
    return(unname(list(-coef(fit)[["x"]], summary(fit)$coefficients["x", 2], ends[1], ends[2],
                       ends[1] / overall, ends[2] / overall)))
  }
  z <- as.numeric(unlist(ask$z))
  fit <- lm(z ~ x)
  v <- vcovHC(fit, type = "HC3")
  sii <- -coef(fit)[["x"]]
  overall <- coef(fit)[[1]]
  gradient <- c(-sii / overall^2, -1 / overall)
  reach <- qt((1 + ask$level) / 2, length(z) - 2)
  error <- sqrt(v["x", "x"])
  ratio_error <- sqrt(drop(gradient %*% v %*% gradient))
  unname(list(sii, error, sii - reach * error, sii + reach * error,
              sii / overall - reach * ratio_error, sii / overall + reach * ratio_error))
}))
