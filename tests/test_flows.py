"""The flows: what a deployment loads, and what a group of datasets costs when its task fails."""

from __future__ import annotations

import json
import re
import sqlite3
import subprocess
import sys
from pathlib import Path

import yaml

from pipelines.declarations import load
from tests.conftest import DECLARATIONS, ROOT, Run


def test_the_deployment_nightly_points_at_a_flow_with_its_parameters(environment: dict[str, str]) -> None:
    deployment = next(
        row
        for row in yaml.safe_load((ROOT / "prefect.yaml").read_text(encoding="utf-8"))["deployments"]
        if row["name"] == "nightly"
    )
    probe = (
        "from prefect.flows import load_flow_from_entrypoint as load;"
        f"flow = load({deployment['entrypoint']!r});"
        "print(flow.name, *flow.parameters.properties)"
    )
    done = subprocess.run(
        [sys.executable, "-c", probe], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    name, *parameters = done.stdout.split()
    assert name == "nightly"
    assert set(deployment["parameters"]) <= set(parameters)


FROM_A_BLOCK = """
import asyncio, json, sys
import pipelines.flows  # for its patience with a cold start
from prefect.blocks.system import Secret
from prefect.client.orchestration import get_client
from prefect.workers.process import ProcessJobConfiguration, ProcessWorker
from pipelines.declarations import expand

async def main():
    await Secret(value="himitsu").asave("crm-password")
    pool = ProcessWorker.get_default_base_job_template()
    pool["variables"]["properties"]["env"] |= json.loads(sys.argv[1])["variables"]["properties"]["env"]
    async with get_client() as client:
        job = await ProcessJobConfiguration.from_template_and_values(base_job_template=pool, values={}, client=client)
    print(expand("${CRM_PASSWORD}", job.env))

asyncio.run(main())
"""


def test_a_store_finds_the_password_of_a_block_where_the_docs_put_it(
    tmp_path: Path, environment: dict[str, str]
) -> None:
    docs = (ROOT / "docs" / "deployment.md").read_text(encoding="utf-8")
    (template,) = re.findall(r"```json\n(.*?)```", docs, re.DOTALL)
    own = {**environment, "PREFECT_HOME": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", FROM_A_BLOCK, template], cwd=ROOT, env=own, capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1] == "himitsu"
    # `prefect deploy` would fill it in, and leave the password in clear in the deployment
    assert "prefect.blocks" not in (ROOT / "prefect.yaml").read_text(encoding="utf-8")


def test_the_artifacts_hold_counts_only(company_run: Run) -> None:
    database = next(Path(company_run.folder / "prefect").glob("prefect.db"))
    with sqlite3.connect(database) as connection:
        artifacts = connection.execute("SELECT key, data FROM artifact WHERE key IS NOT NULL").fetchall()
    assert {key for key, _ in artifacts} == {"scan", "check"}
    declared = {store.id for store in load(DECLARATIONS).stores}
    for _, data in artifacts:
        for row in json.loads(json.loads(data)):
            words = {name: row.pop(name) for name in ("store", "why") if name in row}
            assert all(isinstance(count, int | float) for count in row.values())
            assert words.get("store", "crm") in declared
            assert re.fullmatch(r"([a-z_]+ \d+(, )?)*", words.get("why", ""))


def test_no_telemetry_is_left_on(environment: dict[str, str]) -> None:
    names = ("DO_NOT_TRACK", "PREFECT_SERVER_ANALYTICS_ENABLED")
    probe = f"import pipelines.flows, os; print(*map(os.environ.get, {names}))"
    done = subprocess.run(
        [sys.executable, "-c", probe], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["1", "false"]


def test_the_terminal_says_nothing_of_the_programs_own_memory(company_run: Run) -> None:
    """Libraries in C++ call leaked what the garbage collector was told to pass over."""
    assert "leaked" not in (company_run.folder / "terminal.log").read_text(encoding="utf-8")
