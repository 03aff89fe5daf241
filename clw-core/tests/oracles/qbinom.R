# Counts by qbinom: [n, p, tail] to the smallest count whose lower tail reaches it.
here <- dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE)))
source(file.path(here, "pairs.R"))

reply(lapply(payload(), function(asked) qbinom(asked[[3]], asked[[1]], asked[[2]])))
