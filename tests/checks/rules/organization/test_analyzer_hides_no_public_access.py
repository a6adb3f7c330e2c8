"""What everybody can reach is a finding that somebody reads."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown

RULE = "OwaspLlm-AnalyzerHidesNoPublicAccess"
Ask = Callable[..., Answer]


def archiving(*filters: Any) -> dict[str, Any]:
    return {"Type": "ACCOUNT", "ArchiveRules": [{"RuleName": "known", "Filter": list(filters)}]}


@pytest.mark.parametrize(
    "properties",
    [
        {"Type": "ACCOUNT"},
        archiving({"Property": "isPublic", "Eq": ["false"]}),
        archiving(
            {"Property": "isPublic", "Eq": ["true"]}, {"Property": "resource", "Eq": ["arn:aws:s3:::page"]}
        ),
        archiving({"Property": "principal.AWS", "Eq": ["111122223333"]}),
    ],
)
def test_a_sound_one_is_compliant(ask: Ask, properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), Compliant)


@pytest.mark.parametrize(
    ("properties", "where"),
    [
        (archiving({"Property": "isPublic", "Eq": ["true"]}), "ArchiveRules.0"),
        (
            archiving(
                {"Property": "isPublic", "Eq": ["true"]},
                {"Property": "resourceType", "Eq": ["AWS::S3::Bucket"]},
            ),
            "ArchiveRules.0",
        ),
    ],
)
def test_a_weak_one_is_not(ask: Ask, properties: dict[str, Any], where: str) -> None:
    answer = ask(RULE, properties)
    assert isinstance(answer, NonCompliant)
    assert answer.property == where


@pytest.mark.parametrize(
    "properties",
    [
        {"Type": "ACCOUNT", "ArchiveRules": {"Ref": "Given"}},
        archiving({"Ref": "Given"}),
    ],
)
def test_a_token_is_unknown(ask: Ask, properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), Unknown)
