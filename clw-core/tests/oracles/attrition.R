# Standardised differences by R's own means, variances and Mahalanobis distance.
# One JSON payload on stdin, one on stdout, numbers to 17 digits.
suppressMessages(library(jsonlite))
input <- fromJSON(file("stdin"), simplifyVector = FALSE)
number <- function(x) formatC(x, digits = 17, format = "g")

of_scores <- function(sample) {
  x <- unlist(sample$paired)
  y <- unlist(sample$unpaired)
  number((mean(x) - mean(y)) / sqrt((var(x) + var(y)) / 2))
}

of_levels <- function(sample) {
  a <- unlist(sample$paired)
  b <- unlist(sample$unpaired)
  occur <- a + b > 0
  p <- (a / sum(a))[occur][-1]
  q <- (b / sum(b))[occur][-1]
  covariance <- function(p) diag(p, length(p)) - outer(p, p)
  number(sqrt(mahalanobis(p, q, (covariance(p) + covariance(q)) / 2)))
}

answer <- lapply(input, function(sample) switch(sample$kind, scores = of_scores(sample), levels = of_levels(sample)))
cat(toJSON(answer, auto_unbox = TRUE))
