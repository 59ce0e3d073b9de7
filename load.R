# Loads a table of this package into R with the types of its schema.
#
#   source("load.R")
#   statements <- load_table("statements")                        # readr
#   statements <- load_table("statements", engine = "data.table")
#   statements <- load_table("statements", engine = "RSQLite")    # from the .sqlite beside it
#   voices <- load_table("voices", "attested-arms-transfers-5.0.0.zip")    # straight from an archive, not unpacked
#   attr(voices, "version")                                       # the version of the package
#   as_of(voices, "2022-11-05")                                   # the rows as publicly known on a day
#
# Text is character, whole numbers integer, decimals double, yes and no logical, days Date, closed vocabularies factor
# (levels as in the codebook). Blank cells are NA, and nothing else is: "NA" and "none" stay words.
# Needs jsonlite and the package named as engine. Debian has no R package that reads Parquet: use the CSV or the
# SQLite file there, or arrow or nanoparquet from CRAN.

load_table <- function(table, folder = ".", engine = c("readr", "data.table", "RSQLite")) {
  engine <- match.arg(engine)
  if (!dir.exists(folder)) folder <- unpacked(folder)
  package <- jsonlite::fromJSON(file.path(folder, "datapackage.json"), simplifyVector = FALSE)
  resources <- Filter(function(r) !is.null(r$schema), package$resources)
  names(resources) <- vapply(resources, `[[`, "", "name")
  if (is.null(resources[[table]])) stop(table, ": no such table; there are ", paste(names(resources), collapse = ", "))
  path <- file.path(folder, resources[[table]]$path)
  text <- switch(engine,
    readr = readr::read_csv(path, na = "", col_types = readr::cols(.default = readr::col_character()), trim_ws = FALSE, progress = FALSE),
    data.table = single_quotes(data.table::fread(path, na.strings = "", colClasses = "character", encoding = "UTF-8")),
    RSQLite = from_sqlite(table, folder))
  text <- as.data.frame(text, stringsAsFactors = FALSE)
  for (field in resources[[table]]$schema$fields) text[[field$name]] <- typed(text[[field$name]], field)
  frame <- if (engine == "data.table") data.table::as.data.table(text) else text
  attr(frame, "version") <- package$version
  frame
}

# The rows of a table as publicly known on an ISO day. Of a derived table, the rows that held on that day; of statements,
# all that had been published by then.
as_of <- function(frame, day) {
  if (is.null(frame$known_from)) stop("this table has no column known_from")
  known <- !is.na(frame$known_from) & frame$known_from <= as.Date(day)
  if (!is.null(frame$known_to)) known <- known & (is.na(frame$known_to) | frame$known_to > as.Date(day))
  found <- frame[known, ]
  attr(found, "version") <- attr(frame, "version")
  attr(found, "as_of") <- day
  found
}

# The folder of this session into which an archive is unpacked, once.
unpacked <- function(archive) {
  if (!file.exists(archive)) stop("no such folder or archive: ", archive)
  folder <- file.path(tempdir(), basename(archive))
  if (!dir.exists(folder)) {
    names <- utils::unzip(archive, list = TRUE)$Name
    needed <- grepl("^datapackage\\.json$|\\.csv$|\\.sqlite$", names)
    utils::unzip(archive, files = names[needed], exdir = folder)
  }
  folder
}

# fread leaves a quotation mark within a cell doubled, as the file has it.
single_quotes <- function(frame) {
  frame[] <- lapply(frame, gsub, pattern = '""', replacement = '"', fixed = TRUE)
  frame
}

from_sqlite <- function(table, folder) {
  file <- list.files(folder, pattern = "\\.sqlite$", full.names = TRUE)
  if (length(file) != 1) stop("one .sqlite file expected in ", folder, ", found ", length(file))
  db <- DBI::dbConnect(RSQLite::SQLite(), file, flags = RSQLite::SQLITE_RO)
  on.exit(DBI::dbDisconnect(db))
  DBI::dbReadTable(db, table, check.names = FALSE)
}

typed <- function(cells, field) {
  words <- unlist(field$constraints$enum)
  if (is.character(cells)) cells[!is.na(cells) & cells == ""] <- NA
  if (!is.null(words)) return(factor(cells, levels = words))
  switch(field$type,
    string = as.character(cells),
    integer = as.integer(cells),
    number = as.numeric(cells),
    boolean = if (is.character(cells)) cells == "true" else as.logical(cells),
    date = as.Date(cells),
    stop(field$name, ": unknown type ", field$type))
}
