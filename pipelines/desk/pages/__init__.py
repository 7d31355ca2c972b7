"""The desk's pages: one page area a file, found by its place. Each has `ANSWERS`: page of `access.yml` → function."""
