"""Functions that call models start a trace."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown

RULE = "OwaspLlm-ModelCallerIsTraced"
OTHERS: dict[str, Any] = {
    "Role": {
        "Type": "AWS::IAM::Role",
        "Properties": {
            "Policies": [
                {
                    "PolicyDocument": {
                        "Statement": [
                            {
                                "Effect": "Allow",
                                "Action": "bedrock:InvokeModel",
                                "Resource": "arn:aws:bedrock:us-east-1::foundation-model/a.b-v1:0",
                            }
                        ]
                    }
                }
            ]
        },
    },
    "Plain": {"Type": "AWS::IAM::Role", "Properties": {}},
}
Case = tuple[dict[str, Any], str | None]
Weak = tuple[str, dict[str, Any], str | None]
SOUND: list[Case] = [({"Role": {"Fn::GetAtt": ["Role", "Arn"]}, "TracingConfig": {"Mode": "Active"}}, None)]
UNRESOLVED: list[Case] = [
    ({"Role": {"Fn::GetAtt": ["Role", "Arn"]}, "TracingConfig": {"Mode": {"Ref": "Given"}}}, None)
]
OTHER_MATTERS: list[Case] = [({}, None), ({"Role": {"Fn::GetAtt": ["Plain", "Arn"]}}, None)]
WEAK: list[Weak] = [
    ("TracingConfig.Mode", {"Role": {"Fn::GetAtt": ["Role", "Arn"]}}, None),
    (
        "TracingConfig.Mode",
        {"Role": {"Fn::GetAtt": ["Role", "Arn"]}, "TracingConfig": {"Mode": "PassThrough"}},
        None,
    ),
]


@pytest.mark.parametrize(("properties", "kind"), SOUND)
def test_what_is_sound_is_compliant(
    ask: Callable[..., Answer], properties: dict[str, Any], kind: str | None
) -> None:
    assert isinstance(ask(RULE, properties, resource_type=kind, others=OTHERS), Compliant)


@pytest.mark.parametrize(("properties", "kind"), UNRESOLVED)
def test_a_token_is_unknown(ask: Callable[..., Answer], properties: dict[str, Any], kind: str | None) -> None:
    assert isinstance(ask(RULE, properties, resource_type=kind, others=OTHERS), Unknown)


@pytest.mark.parametrize(("properties", "kind"), OTHER_MATTERS)
def test_what_it_does_not_speak_about(
    ask: Callable[..., Answer], properties: dict[str, Any], kind: str | None
) -> None:
    assert isinstance(ask(RULE, properties, resource_type=kind, others=OTHERS), NotApplicable)


@pytest.mark.parametrize(("where", "properties", "kind"), WEAK)
def test_what_is_weak_is_found(
    ask: Callable[..., Answer], where: str, properties: dict[str, Any], kind: str | None
) -> None:
    answer = ask(RULE, properties, resource_type=kind, others=OTHERS)
    assert isinstance(answer, NonCompliant)
    assert answer.property == where
