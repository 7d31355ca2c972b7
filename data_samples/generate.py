"""Writes the fictional company's stores: `python -m data_samples.generate OUT [--scale 1.0] [--seed 20261123]`.

The same seed and scale give the same bytes. A larger scale gives more rows, not more memory.
"""

from __future__ import annotations

import shutil
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import click

from data_samples import drill, stores
from data_samples.company import Company
from data_samples.people import Cast

SEED = 20261123


def generate(out: Path, scale: float = 1.0, seed: int = SEED) -> Path:
    """Writes every store under `out/stores`, in place of what an earlier run wrote there; gives that folder.

    Beside it, `out/drill.json` names some of the people for a recall drill.

    Raises FileExistsError where `out/stores` is somebody else's.
    """
    folder, mark = out / "stores", out / "GENERATED"
    if folder.exists() and not mark.exists():
        raise FileExistsError(f"{folder} was not written by this generator: name another folder, or remove it yourself")
    out.mkdir(parents=True, exist_ok=True)
    mark.write_text("data_samples.generate wrote stores/ beside this file, and replaces it when run again.\n")
    shutil.rmtree(folder, ignore_errors=True)
    company = Company(Cast(seed), scale)
    for module in iter_modules(stores.__path__):
        import_module(f"{stores.__name__}.{module.name}").write(folder, company)
    drill.write(out)
    return folder


@click.command(help=__doc__)
@click.argument("out", type=click.Path(file_okay=False, path_type=Path))
@click.option("--scale", type=click.FloatRange(min=1.0), default=1.0, show_default=True, help="rows, in multiples")
@click.option("--seed", default=SEED, show_default=True)
def main(out: Path, scale: float, seed: int) -> None:
    """The command."""
    try:
        click.echo(generate(out, scale, seed))
    except FileExistsError as error:
        raise click.ClickException(str(error)) from None


if __name__ == "__main__":
    main()
