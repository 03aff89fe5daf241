# Statistic, df and p of mcnemar.test (Bowker's test above two bands), then with continuity correction.
here <- dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE)))
source(file.path(here, "pairs.R"))

reply(lapply(payload(), function(rows) {
  moves <- matrix(as.numeric(unlist(rows)), nrow = length(rows), byrow = TRUE)
  plain <- mcnemar.test(moves, correct = FALSE)
  corrected <- mcnemar.test(moves, correct = TRUE)
  unname(list(unname(plain$statistic), unname(plain$parameter), plain$p.value,
              unname(corrected$statistic), corrected$p.value))
}))
