"""The registry: closed, bounded, and in the form that Bedrock takes."""

from __future__ import annotations

import dataclasses
import json
import re
from typing import Any, cast

import boto3
import pytest
from botocore.validate import ParamValidator

from tool_registry import TOOLS, Effect, Tool, UnknownToolError, converse_specs, tool_named


def test_a_read_runs_at_once_and_a_refund_waits_for_a_human() -> None:
    assert {name: tool.effect for name, tool in TOOLS.items()} == {
        "order_lookup": Effect.READ,
        "refund": Effect.EFFECT,
    }


@pytest.mark.parametrize("name", ["", "Refund", "refund ", "delete_everything", None, 7, ["refund"]])
def test_a_name_outside_the_registry_is_refused_and_not_repeated(name: object) -> None:
    with pytest.raises(UnknownToolError, match="Allowed: order_lookup, refund") as caught:
        tool_named(name)
    assert "delete_everything" not in str(caught.value)


def test_neither_the_registry_nor_a_tool_can_be_changed() -> None:
    registry = cast("dict[str, Tool]", TOOLS)
    with pytest.raises(TypeError):
        registry["mine"] = TOOLS["refund"]
    with pytest.raises(dataclasses.FrozenInstanceError):
        cast("Any", TOOLS["refund"]).effect = Effect.READ
    arguments = cast("dict[str, object]", TOOLS["refund"].arguments)
    with pytest.raises(TypeError):
        arguments["tenant"] = "theirs"


@pytest.mark.parametrize("tool", TOOLS.values(), ids=lambda tool: tool.name)
def test_every_schema_is_closed_and_every_field_bounded(tool: Tool) -> None:
    assert tool.schema["additionalProperties"] is False
    assert tool.schema["required"] == list(tool.arguments)
    for schema in tool.schema["properties"].values():
        assert schema["description"]
        assert {"maxLength", "maximum", "enum"} & set(schema)


@pytest.mark.parametrize("tool", TOOLS.values(), ids=lambda tool: tool.name)
def test_the_arguments_that_policies_judge_exist(tool: Tool) -> None:
    assert {tool.resource, *tool.limited} <= set(tool.arguments)


def test_the_specs_are_what_converse_takes() -> None:
    client = cast("Any", boto3).client("bedrock-runtime", region_name="eu-west-1")
    shape = client.meta.service_model.shape_for("ToolConfiguration")
    client.close()
    specs = converse_specs()
    assert not ParamValidator().validate({"tools": specs}, shape).has_errors()
    assert [spec["toolSpec"]["name"] for spec in specs] == list(TOOLS)
    assert all(re.fullmatch(r"[a-zA-Z0-9_-]{1,64}", spec["toolSpec"]["name"]) for spec in specs)
    assert json.loads(json.dumps(specs)) == specs


def test_a_caller_who_changes_the_specs_changes_nothing_for_the_next() -> None:
    converse_specs()[0]["toolSpec"]["inputSchema"]["json"]["properties"].clear()
    assert converse_specs()[0]["toolSpec"]["inputSchema"]["json"]["properties"]
