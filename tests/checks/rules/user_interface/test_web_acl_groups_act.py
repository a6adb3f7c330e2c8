"""A group beside the baseline that only counts is found, unless its labels are used."""

from collections.abc import Callable
from typing import Any

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown

RULE = "OwaspLlm-WebAclGroupsAct"
LABEL = {"LabelMatchStatement": {"Scope": "LABEL", "Key": "awswaf:managed:aws:bot-control:bot:verified"}}


def group(name: str, action: object) -> dict[str, Any]:
    statement = {"ManagedRuleGroupStatement": {"VendorName": "AWS", "Name": name}}
    return {"Name": name, "OverrideAction": action, "Statement": statement}


def test_a_group_that_only_counts_is_found(ask: Callable[..., Answer]) -> None:
    answer = ask(RULE, {"Rules": [group("AWSManagedRulesAntiDDoSRuleSet", {"Count": {}})]})
    assert isinstance(answer, NonCompliant)
    assert answer.property == "Rules.0.OverrideAction"


def test_a_rule_on_its_labels_makes_it_act(ask: Callable[..., Answer]) -> None:
    counting = group("AWSManagedRulesBotControlRuleSet", {"Count": {}})
    acting: dict[str, Any] = {"Action": {"Block": {}}, "Statement": {"NotStatement": {"Statement": LABEL}}}
    assert isinstance(ask(RULE, {"Rules": [counting, acting]}), Compliant)


def test_a_group_that_acts_is_compliant(ask: Callable[..., Answer]) -> None:
    assert isinstance(ask(RULE, {"Rules": [group("AWSManagedRulesLinuxRuleSet", {"None": {}})]}), Compliant)


def test_the_baseline_has_a_rule_of_its_own(ask: Callable[..., Answer]) -> None:
    properties = {"Rules": [group("AWSManagedRulesCommonRuleSet", {"Count": {}})]}
    assert isinstance(ask(RULE, properties), NotApplicable)


def test_a_token_is_unknown(ask: Callable[..., Answer]) -> None:
    assert isinstance(ask(RULE, {"Rules": [group("AWSManagedRulesLinuxRuleSet", {"Ref": "Given"})]}), Unknown)
