# A user's load of every table of a package: by load.R with data.table's fread.
source("load.R")
names <- Filter(function(r) grepl("csv$", r$path), jsonlite::fromJSON("datapackage.json", simplifyVector = FALSE)$resources)
rows <- sum(vapply(names, function(r) nrow(load_table(r$name, engine = "data.table")), 0L))
cat(sprintf('{"rows": %d}\n', rows))
