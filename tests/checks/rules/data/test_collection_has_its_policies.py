"""Key and network of a collection are both decided in the templates, or neither is."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown

RULE = "OwaspLlm-CollectionHasItsPolicies"


def _policies(*kinds: object) -> dict[str, Any]:
    return {
        f"Policy{number}": {"Type": "AWS::OpenSearchServerless::SecurityPolicy", "Properties": {"Type": kind}}
        for number, kind in enumerate(kinds)
    }


@pytest.mark.parametrize(("kind", "missing"), [("encryption", "network"), ("network", "encryption")])
def test_one_alone_is_found(ask: Callable[..., Answer], kind: str, missing: str) -> None:
    answer = ask(RULE, {"Name": "docs"}, others=_policies(kind))
    assert isinstance(answer, NonCompliant)
    assert answer.message.startswith(f"no {missing} policy")


def test_both_are_sound(ask: Callable[..., Answer]) -> None:
    assert isinstance(ask(RULE, {"Name": "docs"}, others=_policies("encryption", "network")), Compliant)
    own = {"Name": "docs", "EncryptionConfig": {"KmsKeyArn": "arn:k"}}
    assert isinstance(ask(RULE, own, others=_policies("network")), Compliant)


def test_neither_stands_elsewhere(ask: Callable[..., Answer]) -> None:
    assert isinstance(ask(RULE, {"Name": "docs"}), NotApplicable)


def test_a_token_is_unknown(ask: Callable[..., Answer]) -> None:
    assert isinstance(ask(RULE, {"Name": "docs"}, others=_policies("network", {"Ref": "Given"})), Unknown)
