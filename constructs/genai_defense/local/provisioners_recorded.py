"""Resource types of which the local run keeps the properties and acts on none."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from genai_defense.local.provisioner import (
    Props,
    Provisioner,
    Result,
    account_and_region,
    physical_name,
    stable_hex,
)


@dataclass(frozen=True, kw_only=True)
class Recorded:
    """The identity that a recorded type answers with.

    Attributes:
        ref: Template of the physical id; fields `account`, `region`, `name`, `hex`, and every property.
        attributes: `GetAtt` name to template; `{ref}` is the physical id.
        name: Property that holds the name; unset or absent makes one up.
    """

    ref: str
    attributes: Mapping[str, str] = field(default_factory=dict[str, str])
    name: str = "Name"

    def identify(self, logical_id: str, props: Props, stack_name: str) -> Result:
        """Physical id and attributes of one resource."""
        account, region = account_and_region()
        fields: dict[str, Any] = {
            **props,
            "account": account,
            "region": region,
            "name": props.get(self.name) or physical_name(stack_name, logical_id),
            "hex": stable_hex(account, stack_name, logical_id, length=32),
        }
        ref = self.ref.format_map(fields)
        return ref, {key: text.format_map({**fields, "ref": ref}) for key, text in self.attributes.items()}

    def provisioner(self) -> Provisioner:
        """Handlers that only identify."""
        return Provisioner(create=self.identify, delete=lambda _physical_id, _props: None)


_FIREWALL = "arn:aws:network-firewall:{region}:{account}:"
_RESOLVER = "arn:aws:route53resolver:{region}:{account}:"
_IDENTITY = {"Arn": "{ref}"}


def _resolver(prefix: str, kind: str) -> Recorded:
    return Recorded(ref=prefix + "-{hex:.17}", attributes={"Id": "{ref}", "Arn": _RESOLVER + kind + "/{ref}"})


RECORDED: Mapping[str, Recorded] = {
    "AWS::AccessAnalyzer::Analyzer": Recorded(
        ref="arn:aws:access-analyzer:{region}:{account}:analyzer/{name}",
        attributes=_IDENTITY,
        name="AnalyzerName",
    ),
    "AWS::Bedrock::EnforcedGuardrailConfiguration": Recorded(ref="{hex:.12}"),
    "AWS::Bedrock::ResourcePolicy": Recorded(ref="{ResourceArn}"),
    "AWS::Cognito::LogDeliveryConfiguration": Recorded(ref="{UserPoolId}-logs", attributes={"Id": "{ref}"}),
    "AWS::Cognito::ManagedLoginBranding": Recorded(
        ref="{hex}", attributes={"ManagedLoginBrandingId": "{ref}", "UserPoolId": "{UserPoolId}"}
    ),
    "AWS::Cognito::UserPoolRiskConfigurationAttachment": Recorded(ref="{UserPoolId}-{ClientId}"),
    "AWS::EC2::GatewayRouteTableAssociation": Recorded(
        ref="rtbassoc-{hex:.17}", attributes={"AssociationId": "{ref}"}
    ),
    "AWS::EC2::VPCBlockPublicAccessOptions": Recorded(ref="{account}", attributes={"AccountId": "{account}"}),
    "AWS::GuardDuty::Detector": Recorded(ref="{hex}", attributes={"Id": "{ref}"}),
    "AWS::Logs::QueryDefinition": Recorded(ref="{hex}", attributes={"QueryDefinitionId": "{ref}"}),
    "AWS::Macie::Session": Recorded(ref="{account}", attributes={"AwsAccountId": "{account}"}),
    "AWS::NetworkFirewall::FirewallPolicy": Recorded(
        ref=_FIREWALL + "firewall-policy/{name}",
        attributes={"FirewallPolicyArn": "{ref}", "FirewallPolicyId": "{hex}"},
        name="FirewallPolicyName",
    ),
    "AWS::NetworkFirewall::LoggingConfiguration": Recorded(ref="{FirewallArn}"),
    "AWS::NetworkFirewall::RuleGroup": Recorded(
        ref=_FIREWALL + "stateful-rulegroup/{name}",
        attributes={"RuleGroupArn": "{ref}", "RuleGroupId": "{hex}"},
        name="RuleGroupName",
    ),
    "AWS::Route53Resolver::FirewallDomainList": _resolver("rslvr-fdl", "firewall-domain-list"),
    "AWS::Route53Resolver::FirewallRuleGroup": _resolver("rslvr-frg", "firewall-rule-group"),
    "AWS::Route53Resolver::FirewallRuleGroupAssociation": _resolver(
        "rslvr-frgassoc", "firewall-rule-group-association"
    ),
    "AWS::Route53Resolver::ResolverQueryLoggingConfig": _resolver("rqlc", "resolver-query-log-config"),
    "AWS::Route53Resolver::ResolverQueryLoggingConfigAssociation": Recorded(
        ref="rqlca-{hex:.17}", attributes={"Id": "{ref}"}
    ),
    "AWS::Backup::RestoreTestingPlan": Recorded(
        ref="{name}",
        attributes={"RestoreTestingPlanArn": "arn:aws:backup:{region}:{account}:restore-testing-plan:{ref}"},
        name="RestoreTestingPlanName",
    ),
    "AWS::Backup::RestoreTestingSelection": Recorded(ref="{name}", name="RestoreTestingSelectionName"),
    "AWS::SecurityHub::Hub": Recorded(
        ref="arn:aws:securityhub:{region}:{account}:hub/default", attributes={"ARN": "{ref}"}
    ),
    "AWS::WAFv2::LoggingConfiguration": Recorded(ref="{ResourceArn}"),
    "AWS::XRay::Group": Recorded(
        ref="arn:aws:xray:{region}:{account}:group/{name}", attributes={"GroupARN": "{ref}"}, name="GroupName"
    ),
}

PROVISIONERS = {kind: recorded.provisioner() for kind, recorded in RECORDED.items()}
