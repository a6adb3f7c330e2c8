"""An approval is on record; machines that wait for nobody are left alone."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown

RULE = "OwaspLlm-ApprovalIsLogged"
_WAIT = "arn:aws:states:::lambda:invoke.waitForTaskToken"


def _machine(wait: dict[str, Any], **logging: Any) -> dict[str, Any]:
    state = {"Type": "Task", "Resource": _WAIT, "End": True, **wait}
    definition = {"StartAt": "Ask", "States": {"Ask": state}}
    return {
        "DefinitionString": json.dumps(definition),
        **({"LoggingConfiguration": logging} if logging else {}),
    }


def test_a_log_of_everything_without_content_is_compliant(ask: Callable[..., Answer]) -> None:
    assert isinstance(ask(RULE, _machine({}, Level="ALL", IncludeExecutionData=False)), Compliant)


@pytest.mark.parametrize("logging", [{}, {"Level": "OFF"}, {"Level": "ERROR"}])
def test_a_log_with_gaps_is_not(ask: Callable[..., Answer], logging: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, _machine({}, **logging)), NonCompliant)


@pytest.mark.parametrize(("key", "kind"), [({"KmsKeyId": "arn:aws:kms:x"}, Compliant), ({}, NonCompliant)])
def test_content_in_the_log_needs_a_key(
    ask: Callable[..., Answer], key: dict[str, str], kind: type[Answer]
) -> None:
    destination = {"CloudWatchLogsLogGroup": {"LogGroupArn": {"Fn::GetAtt": ["Log", "Arn"]}}}
    machine = _machine({}, Level="ALL", IncludeExecutionData=True, Destinations=[destination])
    others = {"Log": {"Type": "AWS::Logs::LogGroup", "Properties": key}}
    assert isinstance(ask(RULE, machine, others=others), kind)


@pytest.mark.parametrize(
    "logging",
    [
        {"Level": {"Ref": "Given"}},
        {"Level": "ALL", "IncludeExecutionData": {"Ref": "Given"}},
        {"Level": "ALL", "IncludeExecutionData": True, "Destinations": {"Ref": "Given"}},
        {
            "Level": "ALL",
            "IncludeExecutionData": True,
            "Destinations": [{"CloudWatchLogsLogGroup": {"LogGroupArn": "arn:aws:logs:somewhere"}}],
        },
    ],
)
def test_tokens_are_unknown(ask: Callable[..., Answer], logging: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, _machine({}, **logging)), Unknown)


def test_other_machines_are_left_alone(ask: Callable[..., Answer]) -> None:
    passing = {"Definition": {"StartAt": "Do", "States": {"Do": {"Type": "Pass", "End": True}}}}
    assert isinstance(ask(RULE, passing), NotApplicable)


@pytest.mark.parametrize(
    "properties",
    [
        {},
        {"DefinitionString": {"Ref": "Given"}},
        {"DefinitionString": "{"},
        {"DefinitionS3Location": {"Bucket": "b", "Key": "k"}},
    ],
)
def test_a_definition_that_is_not_there_is_spoken_of_once(
    ask: Callable[..., Answer], properties: dict[str, Any]
) -> None:
    assert isinstance(ask(RULE, properties), NotApplicable)
    assert isinstance(ask("OwaspLlm-ApprovalWaitEnds", properties), Unknown)
