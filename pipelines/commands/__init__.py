"""Groups of commands, a file each; `pipelines.cli` adds them to `daicho`. Heavy things are imported inside."""
