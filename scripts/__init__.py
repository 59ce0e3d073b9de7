"""The way from `records/` to `data/`: one verb per file, what they share in small modules beside them.

Verbs (each with --help): build, validate, tidy, new_source, anchor.
"""
