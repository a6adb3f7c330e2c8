"""Web acl lets nobody past."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown

RULE = "OwaspLlm-WebAclLetsNobodyPast"
WORD: dict[str, Any] = {"FieldToMatch": {"SingleHeader": {"Name": "x-debug"}}, "SearchString": "1"}


def acl(*rules: object, **more: object) -> dict[str, Any]:
    """A web ACL with these rules."""
    return {"properties": {"DefaultAction": {"Allow": {}}, "Rules": list(rules), **more}}


def entry(statement: dict[str, Any], action: str = "Allow") -> dict[str, Any]:
    """A rule of a web ACL."""
    return {"Name": "Rule", "Priority": 0, "Action": {action: {}}, "Statement": statement}


@pytest.mark.parametrize(
    "case",
    [
        acl(entry({"ByteMatchStatement": WORD}), DefaultAction={"Block": {}}),
        acl(entry({"IPSetReferenceStatement": {"Arn": "arn"}})),
        acl(entry({"ByteMatchStatement": {**WORD, "FieldToMatch": {"UriPath": {}}}})),
        acl(entry({"ByteMatchStatement": {**WORD, "SearchString": {"Ref": "Given"}}})),
        acl(entry({"ByteMatchStatement": WORD}, "Count")),
        acl(
            entry(
                {
                    "AndStatement": {
                        "Statements": [
                            {"ByteMatchStatement": WORD},
                            {"IPSetReferenceStatement": {"Arn": "arn"}},
                        ]
                    }
                }
            )
        ),
    ],
)
def test_what_is_sound_is_left_alone(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), Compliant | NotApplicable)


@pytest.mark.parametrize(
    "case",
    [
        acl(entry({"ByteMatchStatement": WORD})),
        acl(
            entry(
                {
                    "OrStatement": {
                        "Statements": [
                            {"IPSetReferenceStatement": {"Arn": "arn"}},
                            {"ByteMatchStatement": WORD},
                        ]
                    }
                }
            )
        ),
    ],
)
def test_what_breaks_the_promise_is_found(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), NonCompliant)


@pytest.mark.parametrize("case", [acl({"Ref": "Given"}), acl({"Action": {"Ref": "Given"}})])
def test_what_only_a_deployment_knows_is_unknown(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), Unknown)
