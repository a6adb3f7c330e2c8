"""What a web ACL is made of; what it does with requests is in test_web_acl_requests.py."""

import json
from collections.abc import Callable
from typing import Any

import aws_cdk as cdk
import pytest
from aws_cdk import aws_kms as kms
from aws_cdk.assertions import Template

from genai_defense.user_interface import (
    BlockedAddresses,
    ChargedProtection,
    EntryWebAcl,
    OriginProof,
    RequestLimits,
)

Synth = Callable[[], Template]
RulesOf = Callable[[Template], dict[str, dict[str, Any]]]
MANAGED = [
    "AWSManagedRulesAmazonIpReputationList",
    "AWSManagedRulesAnonymousIpList",
    "AWSManagedRulesCommonRuleSet",
    "AWSManagedRulesKnownBadInputsRuleSet",
]


@pytest.fixture
def web_acl(stack: cdk.Stack, log_key: kms.Key, blocked: BlockedAddresses) -> EntryWebAcl:
    return EntryWebAcl(stack, "WebAcl", encryption_key=log_key, blocked_addresses=blocked)


@pytest.mark.usefixtures("web_acl")
def test_our_own_rules_come_before_what_aws_keeps(template: Synth, rules_of: RulesOf) -> None:
    assert list(rules_of(template())) == [
        "BlockedAddress",
        "RatePerAddress",
        "ChatRatePerAddress",
        "BodyTooLarge",
        *MANAGED,
    ]


@pytest.mark.usefixtures("web_acl")
def test_aws_managed_groups_block_and_are_not_only_counted(template: Synth, rules_of: RulesOf) -> None:
    managed = [rule for rule in rules_of(template()).values() if "OverrideAction" in rule]
    assert [rule["OverrideAction"] for rule in managed] == [{"None": {}}] * len(MANAGED)
    overrides = {
        override["Name"]: override["ActionToUse"]
        for rule in managed
        for override in rule["Statement"]["ManagedRuleGroupStatement"].get("RuleActionOverrides", [])
    }
    assert overrides == {"SizeRestrictions_BODY": {"Count": {}}}, "its place is taken by BodyTooLarge"


@pytest.mark.usefixtures("web_acl")
def test_every_rule_of_ours_blocks(template: Synth, rules_of: RulesOf) -> None:
    own = [rule for rule in rules_of(template()).values() if "OverrideAction" not in rule]
    assert [rule["Action"] for rule in own] == [{"Block": {}}] * 4


@pytest.mark.parametrize("generation", [1, 2])
def test_behind_the_distribution_the_proof_comes_first(
    stack: cdk.Stack,
    log_key: kms.Key,
    blocked: BlockedAddresses,
    rules_of: RulesOf,
    generation: int,
) -> None:
    proof = OriginProof(stack, "Proof", encryption_key=log_key, generation=generation)
    EntryWebAcl(stack, "WebAcl", encryption_key=log_key, blocked_addresses=blocked, origin_proof=proof)
    rules = rules_of(Template.from_stack(stack))
    assert list(rules)[:4] == ["OriginProofMissing", "BlockedAddress", "RatePerToken", "ChatRatePerToken"]
    proven = rules["OriginProofMissing"]["Statement"]["NotStatement"]["Statement"]
    matches = [
        entry["ByteMatchStatement"] for entry in proven.get("OrStatement", {}).get("Statements", [proven])
    ]
    assert len(matches) == generation, "the previous secret holds until the next deployment"
    for match in matches:
        assert match["FieldToMatch"] == {"SingleHeader": {"Name": "x-origin-verify"}}
        assert match["PositionalConstraint"] == "EXACTLY"
        assert "{{resolve:secretsmanager:" in json.dumps(match["SearchString"]), "never the value itself"


def test_charged_groups_stand_where_they_see_all_or_cost_least(
    edge_stack: cdk.Stack, rules_of: RulesOf
) -> None:
    EntryWebAcl(
        edge_stack,
        "WebAcl",
        encryption_key=kms.Key(edge_stack, "Key"),
        blocked_addresses=BlockedAddresses(edge_stack, "Blocked", web_acl_scope="CLOUDFRONT"),
        charged=ChargedProtection(
            anti_ddos=True, bot_control="targeted", account_takeover_login_path="/sign-in"
        ),
    )
    rules = rules_of(Template.from_stack(edge_stack))
    names = list(rules)
    assert names[1] == "AWSManagedRulesAntiDDoSRuleSet"
    assert names[-2:] == ["AWSManagedRulesBotControlRuleSet", "AWSManagedRulesATPRuleSet"]
    configs = [
        rules[name]["Statement"]["ManagedRuleGroupStatement"]["ManagedRuleGroupConfigs"][0]
        for name in (names[1], *names[-2:])
    ]
    challenge = configs[0]["AWSManagedRulesAntiDDoSRuleSet"]["ClientSideActionConfig"]["Challenge"]
    assert challenge["UsageOfAction"] == "ENABLED"
    assert r"\/api\/" in challenge["ExemptUriRegularExpressions"][0]["RegexString"]
    assert configs[1] == {"AWSManagedRulesBotControlRuleSet": {"InspectionLevel": "TARGETED"}}
    assert configs[2]["AWSManagedRulesATPRuleSet"]["LoginPath"] == "/sign-in"


@pytest.mark.parametrize("limits", [(1, "KB_16"), (16_385, "KB_32"), (49_152, "KB_48"), (65_536, "KB_64")])
def test_waf_inspects_as_much_as_may_come(
    stack: cdk.Stack,
    log_key: kms.Key,
    blocked: BlockedAddresses,
    template: Synth,
    limits: tuple[int, str],
) -> None:
    size, step = limits
    EntryWebAcl(
        stack,
        "WebAcl",
        encryption_key=log_key,
        blocked_addresses=blocked,
        limits=RequestLimits(max_body_bytes=size),
    )
    inspected = {"DefaultSizeInspectionLimit": step}
    template().has_resource_properties(
        "AWS::WAFv2::WebACL",
        {"AssociationConfig": {"RequestBody": {"API_GATEWAY": inspected, "COGNITO_USER_POOL": inspected}}},
    )


@pytest.mark.usefixtures("web_acl")
def test_the_log_shows_no_token_no_cookie_no_proof_and_no_sign_in_code(template: Synth) -> None:
    synthesized = template()
    (logging,) = synthesized.find_resources("AWS::WAFv2::LoggingConfiguration").values()
    assert logging["Properties"]["RedactedFields"] == [
        {"SingleHeader": {"Name": "authorization"}},
        {"SingleHeader": {"Name": "cookie"}},
        {"SingleHeader": {"Name": "x-origin-verify"}},
        {"QueryString": {}},
    ]
    (acl,) = synthesized.find_resources("AWS::WAFv2::WebACL").values()
    protected = acl["Properties"]["DataProtectionConfig"]["DataProtections"]
    assert {each["Action"] for each in protected} == {"SUBSTITUTION"}
    assert [each["Field"] for each in protected] == [
        {"FieldType": "SINGLE_HEADER", "FieldKeys": ["authorization", "cookie", "x-origin-verify"]},
        {"FieldType": "QUERY_STRING"},
        {"FieldType": "BODY"},
    ]


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


def test_protecting_an_entry_associates_it(stack: cdk.Stack, web_acl: EntryWebAcl, template: Synth) -> None:
    entry = "arn:aws:apigateway:eu-west-1::/restapis/abc/stages/v1"
    web_acl.protect(stack, "Association", resource_arn=entry)
    template().has_resource_properties("AWS::WAFv2::WebACLAssociation", {"ResourceArn": entry})


def test_a_distributions_web_acl_is_not_associated(edge_stack: cdk.Stack) -> None:
    acl = EntryWebAcl(
        edge_stack,
        "WebAcl",
        encryption_key=kms.Key(edge_stack, "Key"),
        blocked_addresses=BlockedAddresses(edge_stack, "Blocked", web_acl_scope="CLOUDFRONT"),
    )
    with pytest.raises(ValueError, match="Give its ARN to the distribution as web_acl_id"):
        acl.protect(edge_stack, "Association", resource_arn="arn:aws:cloudfront::1:distribution/E1")


@pytest.mark.usefixtures("web_acl")
def test_one_pair_of_sets_serves_several_web_acls(
    stack: cdk.Stack, log_key: kms.Key, blocked: BlockedAddresses, template: Synth
) -> None:
    EntryWebAcl(stack, "Other", encryption_key=log_key, blocked_addresses=blocked)
    template().resource_count_is("AWS::WAFv2::IPSet", 2)
