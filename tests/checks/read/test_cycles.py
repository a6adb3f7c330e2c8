"""Resources that wait for each other are found, and nothing else is called a cycle."""

from typing import Any

import pytest

from genai_defense.checks.read.cycles import cycle_in


def _template(a: Any, b: Any) -> dict[str, Any]:
    return {"Resources": {"A": a, "B": b}}


@pytest.mark.parametrize(
    "to_b",
    [
        {"Properties": {"Name": {"Ref": "B"}}},
        {"Properties": {"Name": {"Fn::GetAtt": ["B", "Arn"]}}},
        {"Properties": {"Name": {"Fn::GetAtt": "B.Arn"}}},
        {"Properties": {"Name": {"Fn::Sub": "x${B.Arn}"}}},
        {"Properties": {"Name": {"Fn::Sub": ["${B}${C}", {"C": "1"}]}}},
        {"DependsOn": "B"},
        {"DependsOn": ["B"]},
    ],
)
def test_a_cycle_is_named(to_b: dict[str, Any]) -> None:
    cycle = cycle_in(_template(to_b, {"Properties": {"Name": {"Ref": "A"}}}))
    assert cycle is not None
    assert cycle[0] == cycle[-1]
    assert set(cycle) == {"A", "B"}


@pytest.mark.parametrize(
    "harmless",
    [
        {"Properties": {"Name": {"Ref": "AWS::Region"}}},
        {"Properties": {"Name": {"Fn::Sub": ["${B}", {"B": "a name of its own"}]}}},
        {"Properties": {"Name": {"Fn::Sub": "${!B}"}}},
        {"Properties": {"Ref": ["no", "intrinsic"]}},
        "no object",
    ],
)
def test_nothing_else_is(harmless: Any) -> None:
    assert cycle_in(_template(harmless, {"DependsOn": "A"})) is None


def test_a_malformed_template_has_none() -> None:
    assert cycle_in({"Resources": []}) is None
