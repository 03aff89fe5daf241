# One paired statistic of two columns, by R: `paired.R FOLDER WORK`.
#
# Ranks are of whole hundredths, so that equal changes stay equal; points are those divided by 100.

arguments <- commandArgs(trailingOnly = TRUE)
file <- file.path(arguments[1], "points.i32")
columns <- matrix(readBin(file, "integer", file.size(file) / 4, 4, endian = "little"), ncol = 2)
columns <- columns + 0
points <- columns / 100
change <- (columns[, 2] - columns[, 1]) / 100
n <- nrow(columns)
few <- seq_len(min(n, 100))

t <- function() t.test(points[, 2], points[, 1], paired = TRUE)

ranks <- function(rows) {
  suppressWarnings(
    wilcox.test(columns[rows, 2], columns[rows, 1], paired = TRUE, conf.int = TRUE, exact = FALSE)
  )
}

# base R has no exact p where sizes of change are tied.
exact <- function() {
  exactRankTests::wilcox.exact(columns[, 2], columns[, 1], paired = TRUE, exact = TRUE)$p.value
}

# Both statistics of the same resamples. The influence values are given, because boot would fit a
# regression on all resamples for them; `simple` keeps it from writing out resamples × n indices.
bootstrap <- function() {
  set.seed(78125)
  both <- function(x, rows) {
    drawn <- x[rows]
    middle <- mean(drawn)
    c(middle, middle / sd(drawn))
  }
  drawn <- boot::boot(change, both, 9999, simple = TRUE)
  z <- (change - mean(change)) / sd(change)
  dz <- drawn$t0[2]
  limits <- function(which, influence) {
    boot::boot.ci(drawn, type = "bca", index = which, L = influence)$bca[4:5]
  }
  list(estimates = drawn$t0, mean = limits(1, z), dz = limits(2, z - dz / 2 * (z^2 - 1)))
}

# As often as half a second holds after a warm-up, at least once; once in all where it takes seconds.
fit <- function(work) {
  now <- function() as.numeric(Sys.time())
  start <- now()
  made <- work()
  seconds <- now() - start
  if (seconds > 2) return(list(seconds = seconds, made = made))
  seconds <- c()
  until <- now() + 0.5
  while (length(seconds) == 0 || (length(seconds) < 1000 && now() < until)) {
    start <- now()
    made <- work()
    seconds <- c(seconds, now() - start)
  }
  list(seconds = seconds, made = made)
}

json <- function(numbers) paste0("[", paste(sprintf("%.17g", numbers), collapse = ","), "]")
tell <- function(timed, check, near = "{}") {
  cat(sprintf('{"seconds": %s, "check": %s, "near": %s}\n', json(timed$seconds), check, near))
}

work <- arguments[2]
if (work == "t") {
  timed <- fit(t)
  limits <- json(timed$made$conf.int)
  p <- t.test(points[few, 2], points[few, 1], paired = TRUE)$p.value
  tell(timed, sprintf('{"t": %.17g, "limits": %s, "p": %.17g}', timed$made$statistic, limits, p))
} else if (work == "hodges-lehmann") {
  timed <- fit(function() ranks(TRUE))
  found <- c(timed$made$estimate, timed$made$conf.int) / 100
  near <- sprintf('{"estimate": %.17g, "limits": %s}', found[1], json(found[-1]))
  tell(timed, sprintf('{"p": %.17g}', ranks(few)$p.value), near)
} else if (work == "exact") {
  timed <- fit(exact)
  tell(timed, sprintf('{"p": %.17g}', timed$made))
} else if (work == "bootstrap") {
  timed <- fit(bootstrap)
  mean <- timed$made$estimates[1]
  dz <- timed$made$estimates[2]
  of_mean <- json((timed$made$mean - mean) / (mean / dz / sqrt(n)))
  of_dz <- json((timed$made$dz - dz) / sqrt((1 + dz^2 / 2) / n))
  check <- sprintf('{"mean": %.17g, "dz": %.17g}', mean, dz)
  tell(timed, check, sprintf('{"mean": %s, "dz": %s}', of_mean, of_dz))
} else {
  stop(paste("no work is called", work))
}
