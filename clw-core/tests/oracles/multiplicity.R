# p.adjust by Holm and by Benjamini and Hochberg.
here <- dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE)))
source(file.path(here, "pairs.R"))

reply(lapply(payload(), function(case) {
  method <- if (case$method == "holm") "holm" else "BH"
  as.list(p.adjust(as.numeric(unlist(case$p)), method = method))
}))
