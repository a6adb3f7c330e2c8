"""Rules against known exploits stop them, and rules that may be mistaken stop where all others do."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown

RULE = "OwaspLlm-WebAclGroupRulesStop"
CAPTCHA: dict[str, Any] = {"Name": "Log4JRCE_BODY", "ActionToUse": {"Captcha": {}}}


def acl(*rules: object, **more: object) -> dict[str, Any]:
    """A web ACL with these rules."""
    return {"properties": {"DefaultAction": {"Allow": {}}, "Rules": list(rules), **more}}


def counting(name: str) -> dict[str, Any]:
    """An override that makes a rule count."""
    return {"Name": name, "ActionToUse": {"Count": {}}}


def group(**more: object) -> dict[str, Any]:
    """A managed group of AWS."""
    statement = {"VendorName": "AWS", "Name": "AWSManagedRulesKnownBadInputsRuleSet", **more}
    return {"OverrideAction": {"None": {}}, "Statement": {"ManagedRuleGroupStatement": statement}}


@pytest.mark.parametrize(
    "case",
    [
        acl(),
        acl(group()),
        acl(group(RuleActionOverrides=[counting("SizeRestrictions_BODY")])),
        acl(group(RuleActionOverrides=[CAPTCHA])),
    ],
)
def test_what_is_sound_is_left_alone(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), Compliant | NotApplicable)


@pytest.mark.parametrize(
    "case",
    [
        acl(group(RuleActionOverrides=[counting("Log4JRCE_BODY")])),
        acl(group(RuleActionOverrides=[counting("AnonymousIPList")])),
        acl(group(), group(ExcludedRules=[{"Name": "AWSManagedIPReputationList"}])),
    ],
)
def test_what_breaks_the_promise_is_found(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), NonCompliant)


@pytest.mark.parametrize("case", [acl(group(RuleActionOverrides={"Ref": "Given"}))])
def test_what_only_a_deployment_knows_is_unknown(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), Unknown)


@pytest.mark.parametrize(
    ("others", "kind"),
    [
        ((group(), group()), NonCompliant),
        ((group(),), Compliant),
        ((group(), group(RuleActionOverrides=[counting("CrossSiteScripting_BODY")])), Compliant),
    ],
)
def test_a_rule_that_may_be_mistaken_counts_alone_or_by_practice(
    ask: Callable[..., Answer], others: tuple[dict[str, Any], ...], kind: type[Answer]
) -> None:
    """Prompts look like cross-site scripting: whoever lets it count in several places chose to."""
    beside = {
        f"Acl{number}": {"Type": "AWS::WAFv2::WebACL", "Properties": {"Rules": [each]}}
        for number, each in enumerate(others)
    }
    mine = acl(group(RuleActionOverrides=[counting("CrossSiteScripting_BODY")]))
    assert isinstance(ask(RULE, **mine, others=beside), kind)
