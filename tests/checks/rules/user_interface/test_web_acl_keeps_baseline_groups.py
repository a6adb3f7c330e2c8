"""AWS's baseline groups stand in the web ACL and act."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown

RULE = "OwaspLlm-WebAclKeepsBaselineGroups"
EMPTY: dict[str, Any] = {}
GROUPS = (
    "AWSManagedRulesAmazonIpReputationList",
    "AWSManagedRulesAnonymousIpList",
    "AWSManagedRulesCommonRuleSet",
    "AWSManagedRulesKnownBadInputsRuleSet",
)


def _rules(*names: str, vendor: str = "AWS") -> list[Any]:
    return [
        {
            "Statement": {"ManagedRuleGroupStatement": {"VendorName": vendor, "Name": name}},
            "OverrideAction": {"None": EMPTY},
        }
        for name in names
    ]


def test_all_four_are_compliant_and_single_rules_may_be_overridden(ask: Callable[..., Answer]) -> None:
    rules = _rules(*GROUPS)
    changed = [{"Name": "SizeRestrictions_BODY", "ActionToUse": {"Count": EMPTY}}]
    rules[2]["Statement"]["ManagedRuleGroupStatement"]["RuleActionOverrides"] = changed
    assert isinstance(ask(RULE, {"Rules": rules}), Compliant)


@pytest.mark.parametrize("missing", GROUPS)
def test_without_one_of_them_it_is_not(ask: Callable[..., Answer], missing: str) -> None:
    answer = ask(RULE, {"Rules": _rules(*(name for name in GROUPS if name != missing))})
    assert isinstance(answer, NonCompliant)
    assert missing in answer.message


def test_a_group_of_the_same_name_by_somebody_else_is_another(ask: Callable[..., Answer]) -> None:
    assert isinstance(ask(RULE, {"Rules": _rules(*GROUPS, vendor="Somebody")}), NonCompliant)


@pytest.mark.parametrize("action", [{"Count": EMPTY}, None])
def test_a_group_that_only_counts_is_not(ask: Callable[..., Answer], action: object) -> None:
    rules = _rules(*GROUPS)
    rules[1]["OverrideAction"] = action
    answer = ask(RULE, {"Rules": rules})
    assert isinstance(answer, NonCompliant)
    assert answer.property == "Rules.1.OverrideAction"


def test_a_token_is_unknown(ask: Callable[..., Answer]) -> None:
    assert isinstance(ask(RULE, {"Rules": {"Ref": "Given"}}), Unknown)
    assert isinstance(ask(RULE, {"Rules": [*_rules(*GROUPS[1:]), {"Ref": "Given"}]}), Unknown)
    rules = _rules(*GROUPS)
    rules[0]["OverrideAction"] = {"Ref": "Given"}
    assert isinstance(ask(RULE, {"Rules": rules}), Unknown)
