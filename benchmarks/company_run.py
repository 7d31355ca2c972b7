"""How long `daicho run` over the fictional company takes, and how much memory: `python -m benchmarks.company_run`.

Runs it twice in a folder of its own, so that Prefect's first start on a new database shows apart from the next.
"""

from __future__ import annotations

import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent


def main() -> None:
    """Print one line a run: wall seconds, processor seconds, peak resident memory."""
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    with tempfile.TemporaryDirectory() as folder:
        samples = Path(folder) / "samples"
        subprocess.run([sys.executable, "-m", "data_samples.generate", str(samples)], cwd=ROOT, check=True)
        environment = {**os.environ, "DAICHO_SAMPLES": str(samples), "PREFECT_HOME": str(Path(folder) / "prefect")}
        for name in ("first run", "second run"):
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            started = time.perf_counter()
            command = [
                sys.executable, "-m", "pipelines", "run",
                "--declarations", "data_samples/declarations",
                "--register", str(Path(folder) / "register.sqlite"),
                "--out", str(Path(folder) / "out"),
            ]  # fmt: skip
            subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)
            wall = time.perf_counter() - started
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            busy = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
            print(f"{name}: {wall:.1f} s wall, {busy:.1f} s processor, {after.ru_maxrss / 1024:.0f} MB peak")


if __name__ == "__main__":
    main()
