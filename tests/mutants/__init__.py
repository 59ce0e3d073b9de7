"""Mutants: small wrong edits, made by program, of the code and the rules; every one should fail a test.

`make mutants` runs them; it takes hours, so that neither `make test` nor CI does.
"""
