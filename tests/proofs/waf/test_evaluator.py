"""Rules are asked by priority; counting goes on, the first other action ends; managed groups are named."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.proofs.waf import ManagedGroup, NotEvaluableError, Request, WebAclEvaluator

EMPTY: dict[str, Any] = {}
MakeAcl = Callable[..., WebAclEvaluator]
MakeRule = Callable[..., dict[str, Any]]


def _path(wanted: str) -> dict[str, Any]:
    return {
        "ByteMatchStatement": {
            "FieldToMatch": {"UriPath": EMPTY},
            "PositionalConstraint": "CONTAINS",
            "SearchString": wanted,
            "TextTransformations": [{"Priority": 0, "Type": "NONE"}],
        }
    }


def _group(name: str, priority: int = 0, override: str = "None", **group: Any) -> dict[str, Any]:
    return {
        "Name": name,
        "Priority": priority,
        "OverrideAction": {override: {}},
        "Statement": {"ManagedRuleGroupStatement": {"VendorName": "AWS", "Name": name, **group}},
    }


def test_the_lowest_priority_is_asked_first(web_acl: MakeAcl, make_rule: MakeRule) -> None:
    allow = make_rule("Allow", _path("/"), 1, Action={"Allow": EMPTY})
    block = make_rule("Block", _path("/"), 2)
    assert web_acl(block, allow).evaluate(Request()).rule == "Allow"


def test_without_a_match_the_default_action_holds(web_acl: MakeAcl, make_rule: MakeRule) -> None:
    rule = make_rule("Block", _path("nowhere"))
    assert web_acl(rule).evaluate(Request()).passes
    closed = web_acl(rule, DefaultAction={"Block": EMPTY}).evaluate(Request())
    assert (closed.action, closed.rule, closed.status) == ("BLOCK", None, 403)


def test_counting_ends_nothing_and_labels_what_comes_by(web_acl: MakeAcl, make_rule: MakeRule) -> None:
    count = make_rule(
        "Count", _path("/"), 0, Action={"Count": EMPTY}, RuleLabels=[{"Name": "team:seen:here"}]
    )
    label = make_rule("Label", {"LabelMatchStatement": {"Scope": "LABEL", "Key": "seen:here"}}, 1)
    verdict = web_acl(count, label).evaluate(Request())
    assert (verdict.rule, verdict.counted) == ("Label", ("Count",))
    assert verdict.labels == ("awswaf:111122223333:webacl:acl:team:seen:here",)
    assert web_acl(count).evaluate(Request()).passes


@pytest.mark.parametrize(
    ("scope", "key", "expected"),
    [
        ("LABEL", "here", True),
        ("LABEL", "awswaf:111122223333:webacl:acl:team:seen:here", True),
        ("LABEL", "team:seen", False),
        ("LABEL", "ere", False),
        ("NAMESPACE", "team:seen:", True),
        ("NAMESPACE", "seen", True),
        ("NAMESPACE", "see", False),
        ("NAMESPACE", "here", False),
    ],
)
def test_labels_are_told_by_whole_parts(
    web_acl: MakeAcl, make_rule: MakeRule, scope: str, key: str, *, expected: bool
) -> None:
    labels = [{"Name": "team:seen:here"}]
    count = make_rule("Count", _path("/"), 0, Action={"Count": EMPTY}, RuleLabels=labels)
    look = make_rule("Look", {"LabelMatchStatement": {"Scope": scope, "Key": key}}, 1)
    assert (web_acl(count, look).evaluate(Request()).rule == "Look") is expected


def test_a_known_country_is_a_label_for_later_rules(web_acl: MakeAcl, make_rule: MakeRule) -> None:
    geo = make_rule("Geo", {"GeoMatchStatement": {"CountryCodes": ["FR"]}}, 0)
    wanted = {"Scope": "LABEL", "Key": "awswaf:clientip:geo:country:DE"}
    german = make_rule("German", {"LabelMatchStatement": wanted}, 1)
    assert web_acl(geo, german).evaluate(Request(country="DE")).rule == "German"


@pytest.mark.parametrize("action", ["Captcha", "Challenge"])
def test_a_client_without_token_does_not_get_by_a_challenge(
    web_acl: MakeAcl, make_rule: MakeRule, action: str
) -> None:
    verdict = web_acl(make_rule("Ask", _path("/"), Action={action: {}})).evaluate(Request())
    assert (verdict.action, verdict.passes) == (action.upper(), False)


def test_a_block_answers_as_it_is_told(web_acl: MakeAcl, make_rule: MakeRule) -> None:
    block = {"Block": {"CustomResponse": {"ResponseCode": 429}}}
    assert web_acl(make_rule("Busy", _path("/"), Action=block)).evaluate(Request()).status == 429


def test_managed_groups_are_named_as_not_evaluated(web_acl: MakeAcl, make_rule: MakeRule) -> None:
    counted = [{"Name": "SizeRestrictions_BODY", "ActionToUse": {"Count": EMPTY}}]
    acl = web_acl(
        _group("Common", 0, RuleActionOverrides=counted),
        _group("Watched", 1, override="Count"),
        _group("Elsewhere", 2, ScopeDownStatement=_path("/admin")),
        make_rule("Block", _path("/x"), 3),
        _group("Later", 4),
    )
    assert acl.evaluate(Request(path="/x")).not_evaluated == (
        ManagedGroup(name="AWS/Common", counted=("SizeRestrictions_BODY",)),
        ManagedGroup(name="AWS/Watched", counted=("*",)),
    )


def test_what_would_be_if_a_managed_rule_matched(web_acl: MakeAcl) -> None:
    counted = [{"Name": "SizeRestrictions_BODY", "ActionToUse": {"Count": EMPTY}}]
    acl = web_acl(
        _group("Common", 0, RuleActionOverrides=counted, ExcludedRules=[{"Name": "Old"}]),
        _group("Watched", 1, override="Count"),
    )

    def suppose(group: str, rule: str) -> tuple[str | None, tuple[str, ...]]:
        verdict = acl.evaluate(Request(), supposed={group: [rule]})
        return verdict.rule, verdict.counted

    assert suppose("Common", "SizeRestrictions_BODY") == (None, ("Common/SizeRestrictions_BODY",))
    assert suppose("Common", "Old") == (None, ("Common/Old",))
    assert suppose("Common", "NoUserAgent_HEADER") == ("Common/NoUserAgent_HEADER", ())
    assert suppose("Watched", "Anything") == (None, ("Watched/Anything",))


def test_an_action_that_is_not_known_is_refused(web_acl: MakeAcl, make_rule: MakeRule) -> None:
    with pytest.raises(NotEvaluableError, match="Rule Odd: the action"):
        web_acl(make_rule("Odd", _path("/"), Action={"Ponder": EMPTY})).evaluate(Request())
    with pytest.raises(NotEvaluableError, match="label scope 'MOOD'"):
        web_acl(make_rule("L", {"LabelMatchStatement": {"Scope": "MOOD", "Key": "x"}})).evaluate(Request())
