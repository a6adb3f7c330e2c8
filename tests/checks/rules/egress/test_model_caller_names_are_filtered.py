"""Who may invoke a model resolves known names only."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown
from tests.checks.rules.application.model_callers import OTHERS, role
from tests.checks.rules.egress.networks import subnet

RULE = "OwaspLlm-ModelCallerNamesAreFiltered"
_CALLER = role("Inline", VpcConfig={"SubnetIds": [{"Ref": "Subnet"}]})
_LISTS = {
    name: {"Type": "AWS::Route53Resolver::FirewallDomainList", "Properties": {"Domains": domains}}
    for name, domains in {"Known": ["a.example.com"], "Every": ["*"], "Bad": ["evil.example.com"]}.items()
}
_INSIDE = {**OTHERS, **_LISTS, **subnet()}


def _rule(action: str, names: Any, priority: Any, **more: Any) -> dict[str, Any]:
    listed = {"Fn::GetAtt": [names, "Id"]} if isinstance(names, str) else names
    return {"Action": action, "FirewallDomainListId": listed, "Priority": priority, **more}


def _filtered(*rules: dict[str, Any], vpc: Any = None, group: Any = None) -> dict[str, Any]:
    association = {
        "FirewallRuleGroupId": group or {"Fn::GetAtt": ["Rules", "Id"]},
        "VpcId": vpc or {"Ref": "Vpc"},
        "Priority": 101,
    }
    return {
        **_INSIDE,
        "Rules": {
            "Type": "AWS::Route53Resolver::FirewallRuleGroup",
            "Properties": {"FirewallRules": list(rules)},
        },
        "Association": {
            "Type": "AWS::Route53Resolver::FirewallRuleGroupAssociation",
            "Properties": association,
        },
    }


_SOUND = (_rule("ALLOW", "Known", 1), _rule("BLOCK", "Every", 2))


@pytest.mark.parametrize("rules", [_SOUND, _SOUND[::-1], _SOUND[1:], (*_SOUND, _rule("ALLOW", "Every", 3))])
def test_an_allow_list_is_compliant(ask: Callable[..., Answer], rules: Any) -> None:
    assert isinstance(ask(RULE, _CALLER, others=_filtered(*rules)), Compliant)


@pytest.mark.parametrize(
    "rules",
    [
        (),
        (_rule("BLOCK", "Bad", 1),),
        (_rule("ALERT", "Every", 1),),
        (_rule("ALLOW", "Every", 1), _rule("BLOCK", "Every", 2)),
        (_rule("BLOCK", "Every", 1, Qtype="TXT"),),
        (_rule("BLOCK", {"Ref": "Given"}, 1),),
        (_rule("BLOCK", "Every", {"Ref": "Given"}),),
    ],
)
def test_a_list_of_bad_names_is_not(ask: Callable[..., Answer], rules: Any) -> None:
    assert isinstance(ask(RULE, _CALLER, others=_filtered(*rules)), NonCompliant)


def test_without_any_filter_every_name_is_answered(ask: Callable[..., Answer]) -> None:
    assert isinstance(ask(RULE, _CALLER, others=_INSIDE), NonCompliant)
    assert isinstance(ask(RULE, _CALLER, others=_filtered(*_SOUND, vpc="vpc-other")), NonCompliant)


@pytest.mark.parametrize(
    ("properties", "others"),
    [
        (role("Inline", VpcConfig={"SubnetIds": [{"Ref": "Given"}]}), _INSIDE),
        (_CALLER, _filtered(group={"Ref": "Given"})),
        (_CALLER, _filtered(group="rslvr-frg-1")),
    ],
)
def test_what_no_template_tells_is_unknown(
    ask: Callable[..., Answer], properties: dict[str, Any], others: dict[str, Any]
) -> None:
    assert isinstance(ask(RULE, properties, others=others), Unknown)


@pytest.mark.parametrize(
    "properties", [role("Reader", VpcConfig={"SubnetIds": ["subnet-1"]}), role("Inline")]
)
def test_others_are_not_asked(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties, others=_INSIDE), NotApplicable)
