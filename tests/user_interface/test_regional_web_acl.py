import inspect
import json
from collections.abc import Callable
from typing import Any

import aws_cdk as cdk
import pytest
from aws_cdk import aws_kms as kms
from aws_cdk.assertions import Template

from genai_defense.limits import MAX_MESSAGE_CHARS
from genai_defense.user_interface import RegionalWebAcl

Synth = Callable[[], Template]


@pytest.fixture
def web_acl(stack: cdk.Stack, log_key: kms.Key) -> RegionalWebAcl:
    return RegionalWebAcl(stack, "WebAcl", encryption_key=log_key)


def _rules(template: Template) -> dict[str, dict[str, Any]]:
    (acl,) = template.find_resources("AWS::WAFv2::WebACL").values()
    return {rule["Name"]: rule for rule in acl["Properties"]["Rules"]}


@pytest.mark.usefixtures("web_acl")
def test_aws_managed_groups_block_and_are_not_only_counted(template: Synth) -> None:
    managed = {name: rule for name, rule in _rules(template()).items() if name.startswith("AWSManagedRules")}
    assert set(managed) == {
        "AWSManagedRulesAmazonIpReputationList",
        "AWSManagedRulesAnonymousIpList",
        "AWSManagedRulesCommonRuleSet",
        "AWSManagedRulesKnownBadInputsRuleSet",
    }
    for rule in managed.values():
        assert rule["OverrideAction"] == {"None": {}}
    overrides = {
        override["Name"]: override["ActionToUse"]
        for rule in managed.values()
        for override in rule["Statement"]["ManagedRuleGroupStatement"].get("RuleActionOverrides", [])
    }
    assert overrides == {"SizeRestrictions_BODY": {"Count": {}}}, "its place is taken by BodyTooLarge"


@pytest.mark.usefixtures("web_acl")
def test_one_address_cannot_ask_without_end(template: Synth) -> None:
    rule = _rules(template())["RatePerAddress"]
    assert rule["Statement"]["RateBasedStatement"] == {
        "AggregateKeyType": "IP",
        "EvaluationWindowSec": 300,
        "Limit": 300,
    }
    assert rule["Action"] == {"Block": {}}


@pytest.mark.usefixtures("web_acl")
def test_a_body_beyond_what_waf_inspects_counts_as_too_large(template: Synth) -> None:
    statement = _rules(template())["BodyTooLarge"]["Statement"]["SizeConstraintStatement"]
    assert statement["FieldToMatch"] == {"Body": {"OversizeHandling": "MATCH"}}
    assert (statement["ComparisonOperator"], statement["Size"]) == ("GT", 49_152)


@pytest.mark.parametrize("text", ["a", "ü", "語", "😀"])
def test_a_message_of_full_length_fits_however_it_is_escaped(text: str) -> None:
    """WAF must not refuse what the API's schema allows."""
    default = inspect.signature(RegionalWebAcl.__init__).parameters["max_body_bytes"].default
    assert len(json.dumps({"message": text * MAX_MESSAGE_CHARS}, ensure_ascii=True)) <= default


@pytest.mark.parametrize(
    ("size", "limit"), [(1, "KB_16"), (16_385, "KB_32"), (49_152, "KB_48"), (65_536, "KB_64")]
)
def test_waf_inspects_as_much_as_may_come(
    stack: cdk.Stack,
    log_key: kms.Key,
    template: Synth,
    size: int,
    limit: str,
) -> None:
    RegionalWebAcl(stack, "WebAcl", encryption_key=log_key, max_body_bytes=size)
    template().has_resource_properties(
        "AWS::WAFv2::WebACL",
        {"AssociationConfig": {"RequestBody": {"API_GATEWAY": {"DefaultSizeInspectionLimit": limit}}}},
    )


@pytest.mark.usefixtures("web_acl")
def test_every_rule_has_a_priority_of_its_own(template: Synth) -> None:
    priorities = [rule["Priority"] for rule in _rules(template()).values()]
    assert sorted(priorities) == list(range(len(priorities)))


@pytest.mark.usefixtures("web_acl")
def test_the_log_shows_no_token(template: Synth) -> None:
    (logging,) = template().find_resources("AWS::WAFv2::LoggingConfiguration").values()
    redacted = [field["SingleHeader"]["Name"] for field in logging["Properties"]["RedactedFields"]]
    assert redacted == ["authorization", "cookie"]


@pytest.mark.usefixtures("web_acl")
def test_samples_do_not_bypass_the_redaction(template: Synth) -> None:
    (acl,) = template().find_resources("AWS::WAFv2::WebACL").values()
    views = [
        acl["Properties"]["VisibilityConfig"],
        *(rule["VisibilityConfig"] for rule in acl["Properties"]["Rules"]),
    ]
    assert not any(view["SampledRequestsEnabled"] for view in views)


@pytest.mark.usefixtures("web_acl")
def test_the_log_group_is_one_that_waf_accepts(template: Synth) -> None:
    synthesized = template()
    (group,) = synthesized.find_resources("AWS::Logs::LogGroup").values()
    assert group["Properties"]["LogGroupName"]["Fn::Join"][1][0] == "aws-waf-logs"
    (logging,) = synthesized.find_resources("AWS::WAFv2::LoggingConfiguration").values()
    assert ":*" not in str(logging["Properties"]["LogDestinationConfigs"])


def test_protecting_an_entry_associates_it(
    stack: cdk.Stack, web_acl: RegionalWebAcl, template: Synth
) -> None:
    entry = "arn:aws:apigateway:eu-west-1::/restapis/abc/stages/v1"
    web_acl.protect(stack, "Association", resource_arn=entry)
    template().has_resource_properties("AWS::WAFv2::WebACLAssociation", {"ResourceArn": entry})


@pytest.mark.parametrize(
    ("argument", "value"),
    [("requests_per_five_minutes", 9), ("max_body_bytes", 0), ("max_body_bytes", 65_537)],
)
def test_a_limit_that_waf_refuses_is_refused_here(
    stack: cdk.Stack, log_key: kms.Key, argument: str, value: int
) -> None:
    with pytest.raises(ValueError, match=rf"{argument} is {value}; WAF allows"):
        RegionalWebAcl(stack, "WebAcl", encryption_key=log_key, **{argument: value})  # type: ignore[arg-type] # one int by name
