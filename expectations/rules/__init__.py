"""The rules: one group of requirements a file in this package, found by its place.

A rule says of one fact whether it holds. `expectations.check` makes each rule a named Great Expectations expectation
over a table of facts, and reads the verdicts from what failed.
"""
