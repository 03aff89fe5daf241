# Standardised mean changes of metafor's escalc and effectsize's hedges_g.
here <- dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE)))
source(file.path(here, "pairs.R"))
suppressWarnings(suppressMessages({library(metafor); library(effectsize)}))

reply(lapply(payload(), function(case) {
  sample <- columns(case$cells)
  before <- sample$baseline / case$unit
  after <- sample$follow_up / case$unit
  change <- function(measure) {
    escalc(measure = measure, m1i = mean(after), m2i = mean(before), sd1i = sd(before),
           sd2i = sd(after), ni = length(before), ri = cor(before, after))
  }
  g <- as.data.frame(hedges_g(after - before, ci = case$level))
  list(as.numeric(change("SMCR")$yi), change("SMCR")$vi, change("SMCRH")$vi,
       as.numeric(change("SMCC")$yi), g$Hedges_g, g$CI_low, g$CI_high)
}))
