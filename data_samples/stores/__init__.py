"""The company's stores: one a file in this package, found by its place; each has `write(folder, company)`."""
