"""The rule groups that AWS keeps, and what each of them costs."""

from dataclasses import dataclass
from typing import Literal

from aws_cdk import aws_wafv2 as wafv2

# In every web ACL, at no fee of their own.
BASELINE_GROUPS = (
    "AWSManagedRulesAmazonIpReputationList",
    "AWSManagedRulesAnonymousIpList",
    "AWSManagedRulesCommonRuleSet",
    "AWSManagedRulesKnownBadInputsRuleSet",
)
# Rules that only count, since one of ours blocks in their place.
REPLACED_RULES = {"AWSManagedRulesCommonRuleSet": ("SizeRestrictions_BODY",)}
# What cannot answer a silent challenge: calls of the page's own script, and what a page is made of.
_NO_CHALLENGE = r"\/api\/|\.(css|gif|ico|jpe?g|js|json|png|svg|ttf|webp|woff2?)$"

BotControl = Literal["none", "common", "targeted"]


@dataclass(frozen=True, kw_only=True)
class ChargedProtection:
    """Groups that AWS charges for by themselves. List prices, without web ACL and requests.

    Attributes:
        anti_ddos: Challenge and block what takes part in a flood (`AWSManagedRulesAntiDDoSRuleSet`). About 20
            USD a month and 0.15 USD per million requests. It learns what is normal where clients are seen,
            at the distribution. Default: off.
        bot_control: `common` blocks clients that say that they are bots (10 USD a month, 1 USD per million
            requests), scripts without a browser among them; `targeted` also looks for those that do not say
            so (10 USD per million). Default: `none`.
        account_takeover_login_path: Path of a sign-in endpoint behind this entry that takes JSON with
            `username` and `password`; attempts there are compared with stolen credentials
            (`AWSManagedRulesATPRuleSet`, 10 USD a month and 1 USD per thousand attempts). AWS does not offer
            it for user pools, whose own threat protection does this. Default: none.

    Source: https://aws.amazon.com/waf/pricing/,
        https://docs.aws.amazon.com/waf/latest/developerguide/waf-managed-protections.html (read 2026-11-24).
    """

    anti_ddos: bool = False
    bot_control: BotControl = "none"
    account_takeover_login_path: str | None = None


def first_groups(charged: ChargedProtection) -> list[wafv2.CfnWebACL.ManagedRuleGroupStatementProperty]:
    """The group that has to see every request to know what is normal."""
    if not charged.anti_ddos:
        return []
    challenge = wafv2.CfnWebACL.ClientSideActionProperty(
        usage_of_action="ENABLED",
        sensitivity="HIGH",
        exempt_uri_regular_expressions=[wafv2.CfnWebACL.RegexProperty(regex_string=_NO_CHALLENGE)],
    )
    config = wafv2.CfnWebACL.ManagedRuleGroupConfigProperty(
        aws_managed_rules_anti_d_do_s_rule_set=wafv2.CfnWebACL.AWSManagedRulesAntiDDoSRuleSetProperty(
            client_side_action_config=wafv2.CfnWebACL.ClientSideActionConfigProperty(challenge=challenge),
            sensitivity_to_block="LOW",
        ),
    )
    return [_group("AWSManagedRulesAntiDDoSRuleSet", config)]


def last_groups(charged: ChargedProtection) -> list[wafv2.CfnWebACL.ManagedRuleGroupStatementProperty]:
    """The baseline, then the groups that cost by the request: these see only what is left."""
    groups = [_group(name) for name in BASELINE_GROUPS]
    if charged.bot_control != "none":
        level = wafv2.CfnWebACL.AWSManagedRulesBotControlRuleSetProperty(
            inspection_level=charged.bot_control.upper()
        )
        config = wafv2.CfnWebACL.ManagedRuleGroupConfigProperty(aws_managed_rules_bot_control_rule_set=level)
        groups.append(_group("AWSManagedRulesBotControlRuleSet", config))
    if charged.account_takeover_login_path is not None:
        groups.append(_group("AWSManagedRulesATPRuleSet", _sign_in_at(charged.account_takeover_login_path)))
    return groups


def _sign_in_at(path: str) -> wafv2.CfnWebACL.ManagedRuleGroupConfigProperty:
    field = wafv2.CfnWebACL.FieldIdentifierProperty
    return wafv2.CfnWebACL.ManagedRuleGroupConfigProperty(
        aws_managed_rules_atp_rule_set=wafv2.CfnWebACL.AWSManagedRulesATPRuleSetProperty(
            login_path=path,
            request_inspection=wafv2.CfnWebACL.RequestInspectionProperty(
                payload_type="JSON",
                username_field=field(identifier="/username"),
                password_field=field(identifier="/password"),
            ),
        ),
    )


def _group(
    name: str, config: wafv2.CfnWebACL.ManagedRuleGroupConfigProperty | None = None
) -> wafv2.CfnWebACL.ManagedRuleGroupStatementProperty:
    counted = [
        wafv2.CfnWebACL.RuleActionOverrideProperty(
            name=rule,
            action_to_use=wafv2.CfnWebACL.RuleActionProperty(count={}),
        )
        for rule in REPLACED_RULES.get(name, ())
    ]
    return wafv2.CfnWebACL.ManagedRuleGroupStatementProperty(
        vendor_name="AWS",
        name=name,
        rule_action_overrides=counted or None,
        managed_rule_group_configs=[config] if config else None,
    )
