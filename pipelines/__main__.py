"""`python -m pipelines` is `daicho`."""

from pipelines.cli import main

main(prog_name="daicho")
