"""Conditions are looked at in every way that the template's parameters leave."""

from typing import Any

import pytest

from genai_defense.checks.template_graph import Template
from genai_defense.checks.variants import MOST_TOGETHER, variants

_PROD = {"Fn::Equals": [{"Ref": "Stage"}, "prod"]}
_DEV = {"Fn::Equals": ["dev", {"Ref": "Stage"}]}
_STAGE = {"Stage": {"Type": "String"}}


def _ways(conditions: dict[str, Any], parameters: dict[str, Any] | None = None) -> list[dict[str, bool]]:
    used = {name: {"Type": "AWS::S3::Bucket", "Condition": name} for name in conditions}
    body = {"Parameters": parameters or {}, "Conditions": conditions, "Resources": used}
    return [dict(way["t"]) for way in variants([Template("t", body)])]


def test_a_template_without_conditions_has_one_way() -> None:
    assert list(variants([Template("t", {"Resources": {"A": {"Type": "AWS::S3::Bucket"}}})])) == [{}]


def test_the_cdks_own_condition_does_not_count() -> None:
    body = {
        "Conditions": {"Known": {"Fn::Equals": [{"Ref": "AWS::Region"}, "eu-west-1"]}},
        "Resources": {"CDKMetadata": {"Type": "AWS::CDK::Metadata", "Condition": "Known"}},
    }
    assert list(variants([Template("t", body)])) == [{}]


def test_one_parameter_is_never_two_things() -> None:
    assert sorted(_ways({"Prod": _PROD, "Dev": _DEV}, _STAGE), key=str) == [
        {"Prod": False, "Dev": False},
        {"Prod": False, "Dev": True},
        {"Prod": True, "Dev": False},
    ]


def test_allowed_values_leave_no_other() -> None:
    stage = {"Stage": {"Type": "String", "AllowedValues": ["dev", "prod"]}}
    assert sorted(_ways({"Prod": _PROD, "Dev": _DEV}, stage), key=str) == [
        {"Prod": False, "Dev": True},
        {"Prod": True, "Dev": False},
    ]


@pytest.mark.parametrize(
    ("derived", "when"),
    [
        ({"Fn::Not": [{"Condition": "Prod"}]}, {True: False, False: True}),
        ({"Fn::And": [{"Condition": "Prod"}, {"Fn::Equals": ["a", "a"]}]}, {True: True, False: False}),
        ({"Fn::Or": [{"Condition": "Prod"}, {"Fn::Equals": ["a", "b"]}]}, {True: True, False: False}),
    ],
)
def test_derived_conditions_follow(derived: dict[str, Any], when: dict[bool, bool]) -> None:
    ways = _ways({"Prod": _PROD, "Derived": derived}, _STAGE)
    assert {way["Prod"]: way["Derived"] for way in ways} == when


def test_what_no_parameter_decides_is_both() -> None:
    here = {"Fn::Equals": [{"Ref": "AWS::Region"}, "eu-west-1"]}
    assert sorted(way["Here"] for way in _ways({"Here": here})) == [False, True]


def test_many_choices_are_each_looked_at_both_ways() -> None:
    names = [f"P{index}" for index in range(12)]
    conditions = {name: {"Fn::Equals": [{"Ref": name}, "on"]} for name in names}
    ways = _ways(conditions, {name: {"Type": "String"} for name in names})
    assert MOST_TOGETHER > len(ways) >= len(names)
    assert all({way[name] for way in ways} == {True, False} for name in names)


@pytest.mark.parametrize("malformed", [None, [], {"Fn::Equals": 3}, {"Condition": "Itself"}, {"Fn::And": {}}])
def test_a_malformed_condition_stops_nothing(malformed: Any) -> None:
    assert _ways({"Itself": malformed})
