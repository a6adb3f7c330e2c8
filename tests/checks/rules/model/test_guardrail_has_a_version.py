"""A version names the guardrail."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown

RULE = "OwaspLlm-GuardrailHasAVersion"
Weak = tuple[str, dict[str, Any], str | None]
WEAK: list[Weak] = [("", {}, None)]


@pytest.mark.parametrize(("where", "properties", "kind"), WEAK)
def test_what_is_weak_is_found(
    ask: Callable[..., Answer], where: str, properties: dict[str, Any], kind: str | None
) -> None:
    answer = ask(RULE, properties, resource_type=kind)
    assert isinstance(answer, NonCompliant)
    assert answer.property == where


@pytest.mark.parametrize(
    ("identifier", "kind"),
    [
        ({"Ref": "Subject"}, Compliant),
        ({"Fn::GetAtt": ["Subject", "GuardrailId"]}, Compliant),
        ({"Ref": "Other"}, NonCompliant),
        ({"Ref": "Given"}, Unknown),
    ],
)
def test_a_version_of_it_counts(ask: Callable[..., Answer], identifier: object, kind: type) -> None:
    version = {"Type": "AWS::Bedrock::GuardrailVersion", "Properties": {"GuardrailIdentifier": identifier}}
    others = {"Version": version, "Other": {"Type": "AWS::Bedrock::Guardrail"}}
    assert isinstance(ask(RULE, {}, others=others), kind)
