"""A filter of DNS names, since the network firewall does not see what the VPC's resolver asks."""

from collections.abc import Sequence

import aws_cdk as cdk
import jsii
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk import aws_logs as logs
from aws_cdk import aws_route53resolver as resolver
from constructs import Construct

from genai_defense.checks.acknowledge import acknowledge
from genai_defense.egress.domains import AllowedDomain
from genai_defense.egress.service_names import service_names

_FIRST_PRIORITY = 101
# Addresses only: a record of free text carries more out, and nothing here asks for one.
_ADDRESS_TYPES = ("A", "AAAA")


class NameFirewall(Construct):
    """Lets a VPC resolve the allowed domains and its own private endpoints, and not one name more.

    A name is looked up by the VPC's resolver, outside of every route and firewall of the VPC, so a query for
    `secret.evil.example` carries the secret out of a network that has no way out at all. Only questions for
    addresses (A, AAAA) of known names are asked; everything else, known names included, is answered with no
    data. A known name may be an alias of another one (CNAME): the whole chain is trusted, since its names
    change with their owner. Each question is logged. When the filter fails, so does the question: a VPC is
    closed then unless somebody sets `FirewallFailOpen`, for which CloudFormation has no resource.

    The names of private endpoints are read from the whole app when it is synthesized.

    Args:
        scope: Parent construct.
        construct_id: Id below the parent.
        vpc: The VPC whose resolver is filtered.
        encryption_key: Key for the query log; its policy must admit CloudWatch Logs
            (`DataKey.allow_log_groups`).
        allowed_domains: The domains that the network firewall lets through. Default: none.
        retention: How long the query log is kept. Default: one year.
        removal_policy: `RETAIN` (default) forbids to take the filter off the VPC, and keeps the log.
            `DESTROY` drops both, so that `cdk destroy` ends clean.

    Attributes:
        rule_group: The rules.
        association: What puts them before the VPC's resolver.
        query_log_group: Every question, with what was done about it.

    Source: https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resolver-dns-firewall-overview.html and
    https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resolver-dns-firewall-vpc-configuration.html
    (read 2026-11-24).
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        vpc: ec2.IVpc,
        encryption_key: kms.IKey,
        allowed_domains: Sequence[AllowedDomain] = (),
        retention: logs.RetentionDays = logs.RetentionDays.ONE_YEAR,
        removal_policy: cdk.RemovalPolicy = cdk.RemovalPolicy.RETAIN,
    ) -> None:
        super().__init__(scope, construct_id)
        known = resolver.CfnFirewallDomainList(
            self, "Known", domains=cdk.Lazy.list(_Names(self, allowed_domains))
        )
        everything = resolver.CfnFirewallDomainList(self, "Everything", domains=["*"])
        self.rule_group = resolver.CfnFirewallRuleGroup(
            self,
            "Rules",
            firewall_rules=[*_allow(known.attr_id), _block(everything.attr_id)],
        )
        kept = removal_policy is not cdk.RemovalPolicy.DESTROY
        self.association = resolver.CfnFirewallRuleGroupAssociation(
            self,
            "Association",
            firewall_rule_group_id=self.rule_group.attr_id,
            vpc_id=vpc.vpc_id,
            priority=_FIRST_PRIORITY,
            mutation_protection="ENABLED" if kept else "DISABLED",
        )
        self.query_log_group = logs.LogGroup(
            self,
            "Queries",
            encryption_key=encryption_key,
            retention=retention,
            removal_policy=removal_policy,
        )
        if not kept:
            acknowledge(
                self.association,
                "OwaspLlm-NameFilterIsProtected",
                reason="The settings say that a deployment may be destroyed (deletable), which a protected "
                "association would prevent; they are for development and hold no user's data.",
            )
        self._log(vpc)

    def _log(self, vpc: ec2.IVpc) -> None:
        stack = cdk.Stack.of(self)
        access = logs.ResourcePolicy(
            self,
            "LogDelivery",
            policy_statements=[
                iam.PolicyStatement(
                    principals=[
                        iam.ServicePrincipal(
                            "delivery.logs.amazonaws.com",
                            conditions={
                                "StringEquals": {"aws:SourceAccount": stack.account},
                                "ArnLike": {"aws:SourceArn": stack.format_arn(service="logs", resource="*")},
                            },
                        )
                    ],
                    actions=["logs:CreateLogStream", "logs:PutLogEvents"],
                    resources=[self.query_log_group.log_group_arn],
                ),
            ],
        )
        logging = resolver.CfnResolverQueryLoggingConfig(
            self,
            "QueryLogging",
            # The ":*" that LogGroupArn ends with is no part of the name.
            destination_arn=stack.format_arn(
                service="logs",
                resource="log-group",
                resource_name=self.query_log_group.log_group_name,
                arn_format=cdk.ArnFormat.COLON_RESOURCE_NAME,
            ),
        )
        logging.node.add_dependency(access)
        resolver.CfnResolverQueryLoggingConfigAssociation(
            self,
            "QueryLoggingOfVpc",
            resolver_query_log_config_id=logging.attr_id,
            resource_id=vpc.vpc_id,
        )


@jsii.implements(cdk.IStableListProducer)
class _Names:
    """The allowed domains, and the endpoints of the finished app."""

    def __init__(self, scope: Construct, allowed_domains: Sequence[AllowedDomain]) -> None:
        self._scope = scope
        self._domains = {f"*.{each.name}" if each.subdomains else each.name for each in allowed_domains}

    def produce(self) -> list[str]:
        """Names in order, each once."""
        own = service_names(self._scope.node.root, cdk.Stack.of(self._scope).region)
        return sorted({*own, *self._domains})


def _allow(domain_list_id: str) -> list[resolver.CfnFirewallRuleGroup.FirewallRuleProperty]:
    return [
        resolver.CfnFirewallRuleGroup.FirewallRuleProperty(
            action="ALLOW",
            priority=priority,
            firewall_domain_list_id=domain_list_id,
            firewall_domain_redirection_action="TRUST_REDIRECTION_DOMAIN",
            qtype=qtype,
        )
        for priority, qtype in enumerate(_ADDRESS_TYPES, start=1)
    ]


def _block(domain_list_id: str) -> resolver.CfnFirewallRuleGroup.FirewallRuleProperty:
    # "No such name" would also be remembered for the addresses of a known name, so the answer is "no data".
    return resolver.CfnFirewallRuleGroup.FirewallRuleProperty(
        action="BLOCK",
        block_response="NODATA",
        priority=1 + len(_ADDRESS_TYPES),
        firewall_domain_list_id=domain_list_id,
    )
