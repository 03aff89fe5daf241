# z and, for at most 30 pairs, the exact two-sided p of coin's signed rank test.
here <- dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE)))
source(file.path(here, "pairs.R"))
suppressWarnings(suppressMessages(library(coin)))

reply(lapply(payload(), function(case) {
  sample <- columns(case$cells)
  zeros <- if (case$zeros == "pratt") "Pratt" else "Wilcoxon"
  fit <- function(distribution) {
    wilcoxsign_test(follow_up ~ baseline, data = as.data.frame(sample),
                    zero.method = zeros, distribution = distribution)
  }
  short <- length(sample$baseline) <= 30
  list(as.numeric(statistic(fit("asymptotic"))),
       if (short) as.numeric(pvalue(fit("exact"))) else "NA")
}))
