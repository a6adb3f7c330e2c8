"""Repairs of the emulator's API Gateway."""

from typing import Any

from genai_defense.local.clients import emulator_module
from genai_defense.local.provisioner import Props


def repair_stage(stage_name: str, props: Props) -> dict[str, Any]:
    """The limits of single methods: templates write the slashes of a path as `~1`, the emulator reads `/`."""
    stages = emulator_module("services.apigateway_v1")._stages_v1  # noqa: SLF001 - CloudFormation's only way in
    stage = stages[props["RestApiId"]][stage_name]
    stage["methodSettings"] = {
        path.replace("/~1", "/").replace("~1", "/"): settings
        for path, settings in stage["methodSettings"].items()
    }
    return {}


REPAIRS = {"AWS::ApiGateway::Stage": repair_stage}
