"""Repairs of the emulator's API Gateway and Parameter Store."""

from typing import Any

from genai_defense.local.clients import emulator_module
from genai_defense.local.provisioner import Props, Result, physical_name


def repair_stage(stage_name: str, props: Props) -> dict[str, Any]:
    """The limits of single methods: templates write the slashes of a path as `~1`, the emulator reads `/`."""
    stages = emulator_module("services.apigateway_v1")._stages_v1  # noqa: SLF001 - CloudFormation's only way in
    stage = stages[props["RestApiId"]][stage_name]
    stage["methodSettings"] = {
        path.replace("/~1", "/").replace("~1", "/"): settings
        for path, settings in stage["methodSettings"].items()
    }
    return {}


def named_parameters(original: dict[str, Any]) -> dict[str, Any]:
    """The emulator's parameter handlers, with a name as CloudFormation makes it up: without a slash."""

    def create(logical_id: str, props: Props, stack_name: str) -> Result:
        named = {**props, "Name": props.get("Name") or physical_name(stack_name, logical_id)}
        created: Result = original["create"](logical_id, named, stack_name)
        return created

    return {**original, "create": create}


WRAPPED = {"AWS::SSM::Parameter": named_parameters}
REPAIRS = {"AWS::ApiGateway::Stage": repair_stage}
