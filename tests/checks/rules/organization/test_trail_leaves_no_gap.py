"""A trail with data events records those of everything that is there."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable

RULE = "OwaspLlm-TrailLeavesNoGap"
_BEDROCK = (
    "AgentAlias",
    "AsyncInvoke",
    "FlowAlias",
    "FlowExecution",
    "Guardrail",
    "InlineAgent",
    "KnowledgeBase",
)
_REST = ("Model", "PromptVersion", "Session")


def _selector(kind: str, *more: dict[str, Any]) -> dict[str, Any]:
    fields = [{"Field": "eventCategory", "Equals": ["Data"]}, {"Field": "resources.type", "Equals": [kind]}]
    return {"FieldSelectors": [*fields, *more]}


def _trail(*selectors: object) -> dict[str, Any]:
    return {"AdvancedEventSelectors": list(selectors)}


def _of(kind: str) -> dict[str, Any]:
    return {"Used": {"Type": kind, "Properties": {}}}


_MODEL = _selector("AWS::Bedrock::Model")
_OBJECTS = _selector("AWS::S3::Object")
_OWN = {"Field": "resources.ARN", "NotStartsWith": ["arn:aws:s3:::trail/"]}


@pytest.mark.parametrize(
    ("selector", "used", "missing"),
    [
        (_MODEL, "AWS::Bedrock::KnowledgeBase", "AWS::Bedrock::KnowledgeBase"),
        (_MODEL, "AWS::Bedrock::Agent", "AWS::Bedrock::AgentAlias"),
        (_MODEL, "AWS::S3Vectors::Index", "AWS::S3Vectors::Index"),
        (_OBJECTS, "AWS::DynamoDB::Table", "AWS::DynamoDB::Table"),
        (_selector("AWS::DynamoDB::Table"), "AWS::S3::Bucket", "AWS::S3::Object"),
    ],
)
def test_a_kind_that_is_used_and_not_recorded_is_found(
    ask: Callable[..., Answer], selector: dict[str, Any], used: str, missing: str
) -> None:
    answer = ask(RULE, _trail(selector), others=_of(used))
    assert isinstance(answer, NonCompliant)
    assert f" {missing}," in answer.message
    assert isinstance(ask(RULE, _trail(selector, _selector(missing)), others=_of(used)), Compliant)


def test_a_kind_of_which_only_writes_are_recorded_is_found(ask: Callable[..., Answer]) -> None:
    narrow = _selector("AWS::Bedrock::KnowledgeBase", {"Field": "readOnly", "Equals": ["false"]})
    trail = _trail(_MODEL, narrow)
    assert isinstance(ask(RULE, trail, others=_of("AWS::Bedrock::KnowledgeBase")), NonCompliant)


def test_who_records_most_of_bedrock_records_all_of_it(ask: Callable[..., Answer]) -> None:
    selectors = [_selector(f"AWS::Bedrock::{kind}") for kind in (*_BEDROCK, *_REST)]
    assert isinstance(ask(RULE, _trail(*selectors)), Compliant)
    answer = ask(RULE, _trail(*selectors[1:]))
    assert isinstance(answer, NonCompliant)
    assert "AWS::Bedrock::AgentAlias" in answer.message


def test_leaving_out_the_trails_own_files_leaves_no_gap(ask: Callable[..., Answer]) -> None:
    trail = _trail(_selector("AWS::DynamoDB::Table"), _selector("AWS::S3::Object", _OWN))
    assert isinstance(ask(RULE, trail, others=_of("AWS::S3::Bucket")), Compliant)


@pytest.mark.parametrize("properties", [{}, _trail(), {"AdvancedEventSelectors": {"Ref": "Given"}}])
def test_who_records_no_data_events_is_another_rules(
    ask: Callable[..., Answer], properties: dict[str, Any]
) -> None:
    assert isinstance(ask(RULE, properties, others=_of("AWS::S3::Bucket")), NotApplicable)
