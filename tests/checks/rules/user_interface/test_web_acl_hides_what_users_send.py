"""The web ACL that alone shows what users send is found."""

from collections.abc import Callable
from typing import Any

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable

RULE = "OwaspLlm-WebAclHidesWhatUsersSend"
FIELDS = [{"Action": "SUBSTITUTION", "Field": {"FieldType": "BODY"}}]
HIDING: dict[str, Any] = {"DataProtectionConfig": {"DataProtections": FIELDS}}


def acls(*several: dict[str, Any]) -> dict[str, Any]:
    named = {f"Acl{number}": each for number, each in enumerate(several)}
    return {name: {"Type": "AWS::WAFv2::WebACL", "Properties": each} for name, each in named.items()}


def test_the_only_one_that_shows_is_found(ask: Callable[..., Answer]) -> None:
    assert isinstance(ask(RULE, {}, others=acls(HIDING, HIDING)), NonCompliant)


def test_all_that_hide_are_compliant(ask: Callable[..., Answer]) -> None:
    assert isinstance(ask(RULE, HIDING, others=acls(HIDING, HIDING)), Compliant)


def test_where_nobody_hides_none_is_asked(ask: Callable[..., Answer]) -> None:
    assert isinstance(ask(RULE, {}, others=acls({}, HIDING)), NotApplicable)
