"""Every deployment names a flow that exists, and schedules pass it parameters it takes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from prefect.flows import Flow, load_flow_from_entrypoint

ROOT = Path(__file__).parents[3]
DEPLOYMENTS: list[dict[str, Any]] = yaml.safe_load((ROOT / "prefect.yaml").read_text())["deployments"]


def _flow(deployment: dict[str, Any]) -> Flow[..., Any]:
    return load_flow_from_entrypoint(str(ROOT / deployment["entrypoint"]))


@pytest.mark.parametrize("deployment", DEPLOYMENTS, ids=lambda deployment: deployment["name"])
class TestDeployment:
    def test_its_entrypoint_is_a_flow(self, deployment: dict[str, Any]) -> None:
        assert isinstance(_flow(deployment), Flow)

    def test_its_schedules_pass_what_the_flow_takes(self, deployment: dict[str, Any]) -> None:
        flow = _flow(deployment)
        for schedule in deployment.get("schedules", []):
            parameters = {**deployment.get("parameters", {}), **schedule.get("parameters", {})}
            assert set(parameters) <= set(flow.parameters.properties)
            assert set(flow.parameters.required) <= set(parameters)
            flow.validate_parameters(parameters)

    def test_every_parameter_is_explained_in_the_form(self, deployment: dict[str, Any]) -> None:
        for name, schema in _flow(deployment).parameters.properties.items():
            assert schema.get("description"), f"{name} has no description"

    def test_it_says_what_it_does(self, deployment: dict[str, Any]) -> None:
        assert deployment["description"].endswith(".")


def test_scheduled_deployments_need_nobody_to_start_them() -> None:
    assert {deployment["name"] for deployment in DEPLOYMENTS if deployment.get("schedules")} == {
        "intake",
        "log-partitions",
        "reconcile",
    }
