# Prints every table of an archive as one engine of load.R gives it: its rows, and per column the R class and all cells.
# Usage: Rscript load_all.R FOLDER ENGINE
arguments <- commandArgs(trailingOnly = TRUE)
source(file.path(arguments[1], "load.R"))
resources <- jsonlite::fromJSON(file.path(arguments[1], "datapackage.json"), simplifyVector = FALSE)$resources
tables <- vapply(Filter(function(r) !is.null(r$schema), resources), `[[`, "", "name")
canonical <- function(cells) {
  text <- if (is.logical(cells)) ifelse(cells, "true", "false") else if (is.double(cells) && !inherits(cells, "Date")) vapply(cells, function(x) if (is.na(x)) NA_character_ else format(x, digits = 15), "") else as.character(cells)
  I(text)
}
described <- lapply(setNames(tables, tables), function(table) {
  frame <- as.data.frame(load_table(table, arguments[1], arguments[2]))
  lapply(frame, function(column) list(class = class(column)[1], cells = canonical(column)))
})
cat(jsonlite::toJSON(described, auto_unbox = TRUE, na = "null", dataframe = "columns"))
