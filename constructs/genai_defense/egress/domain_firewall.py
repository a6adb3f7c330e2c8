"""A firewall that knows the hosts which may be reached, and drops the rest."""

from collections.abc import Mapping, Sequence

from aws_cdk import Fn, Names, RemovalPolicy, Stack
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk import aws_logs as logs
from aws_cdk import aws_networkfirewall as nfw
from constructs import Construct

from genai_defense.egress.domains import AllowedDomain
from genai_defense.egress.rules import suricata_rules

# A rule group's capacity can never be changed, so it is the same whatever the number of domains.
_RULE_CAPACITY = 1000
_MOST_DOMAINS = 450


class DomainFirewall(Construct):
    """One AWS Network Firewall with an endpoint in each zone, its policy, its rules and its logs.

    Stateless inspection forwards everything to the stateful engine. That one runs in strict order; what no
    rule decides is dropped and logged, and a connection that breaks midstream is dropped (`DROP`, it fails
    closed). Alert and flow records go to log groups that `encryption_key` encrypts. Rules and policy are
    encrypted with a key that AWS owns: CloudFormation offers no setting for another one.

    Args:
        scope: Parent construct.
        construct_id: Id below the parent.
        vpc: The VPC.
        subnets: The firewall's own subnet for each zone, by zone name.
        home_networks: IPv4 ranges whose connections may be passed; `$HOME_NET` in the rules.
        allowed_domains: One to 450 domains.
        encryption_key: Key for the logs; its policy must admit CloudWatch Logs (`DataKey.allow_log_groups`).
        retention: How long logs are kept. Default: one year.
        removal_policy: `RETAIN` (default) protects the firewall against deletion and against another policy,
            and keeps the logs. `DESTROY` drops both protections, so that `cdk destroy` ends clean.

    Attributes:
        firewall: The firewall.
        policy: Its policy.
        rule_group: Its rules.
        alert_log_group: What the rules dropped.
        flow_log_group: Every connection that passed through.

    Raises:
        ValueError: There is no domain, or there are too many.

    Source: https://docs.aws.amazon.com/network-firewall/latest/APIReference/API_FirewallPolicy.html (read
    2026-11-23).
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        vpc: ec2.IVpc,
        subnets: Mapping[str, ec2.CfnSubnet],
        home_networks: Sequence[str],
        allowed_domains: Sequence[AllowedDomain],
        encryption_key: kms.IKey,
        retention: logs.RetentionDays = logs.RetentionDays.ONE_YEAR,
        removal_policy: RemovalPolicy = RemovalPolicy.RETAIN,
    ) -> None:
        super().__init__(scope, construct_id)
        if not 1 <= len(set(allowed_domains)) <= _MOST_DOMAINS:
            raise ValueError(
                f"DomainFirewall {self.node.path}: {len(set(allowed_domains))} allowed domains given, "
                f"but 1 to {_MOST_DOMAINS} are possible. Without any, leave the firewall out: then there "
                "is no way out at all.",
            )
        self.rule_group = self._rules(allowed_domains, home_networks)
        self.policy = self._policy()
        protected = removal_policy is not RemovalPolicy.DESTROY
        self.firewall = nfw.CfnFirewall(
            self,
            "Firewall",
            firewall_name=Names.unique_resource_name(self, max_length=128, separator="-"),
            firewall_policy_arn=self.policy.attr_firewall_policy_arn,
            vpc_id=vpc.vpc_id,
            subnet_mappings=[
                nfw.CfnFirewall.SubnetMappingProperty(subnet_id=subnet.attr_subnet_id, ip_address_type="IPV4")
                for subnet in subnets.values()
            ],
            delete_protection=protected,
            firewall_policy_change_protection=protected,
            # A zone is added or taken away by the same template that routes through it.
            subnet_change_protection=False,
        )
        self.alert_log_group, self.flow_log_group = (
            logs.LogGroup(
                self,
                construct_id,
                encryption_key=encryption_key,
                retention=retention,
                removal_policy=removal_policy,
            )
            for construct_id in ("Alerts", "Flows")
        )
        self._send_logs()

    def endpoint_id(self, availability_zone: str) -> str:
        """Return the id of the firewall's endpoint in one zone.

        `EndpointIds` comes in no particular order (`["us-east-1b:vpce-2", "us-east-1a:vpce-1"]`), so an index
        would sooner or later route a zone through another one. The id is found by the zone's name instead:
        the list is joined, split at `us-east-1a:`, and cut at the next comma. A zone without endpoint fails
        the deployment. A firewall of its own per zone would give lists of one, but is what Security Hub's
        NetworkFirewall.1 warns of.

        Args:
            availability_zone: Literal name of the zone.

        Source: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-networkfirewall-firewall.html
        (read 2026-11-23).
        """
        listed = Fn.join(",", self.firewall.attr_endpoint_ids)
        from_zone_on = Fn.select(1, Fn.split(f"{availability_zone}:", listed))
        return Fn.select(0, Fn.split(",", from_zone_on))

    def _rules(self, domains: Sequence[AllowedDomain], home_networks: Sequence[str]) -> nfw.CfnRuleGroup:
        return nfw.CfnRuleGroup(
            self,
            "Rules",
            rule_group_name=Names.unique_resource_name(self, max_length=128, separator="-"),
            type="STATEFUL",
            capacity=_RULE_CAPACITY,
            rule_group=nfw.CfnRuleGroup.RuleGroupProperty(
                rule_variables=nfw.CfnRuleGroup.RuleVariablesProperty(
                    ip_sets={"HOME_NET": nfw.CfnRuleGroup.IPSetProperty(definition=list(home_networks))},
                ),
                rules_source=nfw.CfnRuleGroup.RulesSourceProperty(rules_string=suricata_rules(domains)),
                stateful_rule_options=nfw.CfnRuleGroup.StatefulRuleOptionsProperty(rule_order="STRICT_ORDER"),
            ),
        )

    def _policy(self) -> nfw.CfnFirewallPolicy:
        return nfw.CfnFirewallPolicy(
            self,
            "Policy",
            firewall_policy_name=Names.unique_resource_name(self, max_length=128, separator="-"),
            firewall_policy=nfw.CfnFirewallPolicy.FirewallPolicyProperty(
                stateless_default_actions=["aws:forward_to_sfe"],
                stateless_fragment_default_actions=["aws:forward_to_sfe"],
                stateful_engine_options=nfw.CfnFirewallPolicy.StatefulEngineOptionsProperty(
                    rule_order="STRICT_ORDER",
                    stream_exception_policy="DROP",
                ),
                # The plain "established" actions drop a TLS greeting that comes in two packets, as
                # post-quantum ones do.
                stateful_default_actions=[
                    "aws:drop_established_app_layer_to_server",
                    "aws:alert_established_app_layer_to_server",
                ],
                stateful_rule_group_references=[
                    nfw.CfnFirewallPolicy.StatefulRuleGroupReferenceProperty(
                        resource_arn=self.rule_group.attr_rule_group_arn,
                        priority=1,
                    ),
                ],
            ),
        )

    def _send_logs(self) -> None:
        stack = Stack.of(self)
        delivery = iam.ServicePrincipal(
            "delivery.logs.amazonaws.com",
            conditions={
                "StringEquals": {"aws:SourceAccount": stack.account},
                "ArnLike": {"aws:SourceArn": stack.format_arn(service="logs", resource="*")},
            },
        )
        groups = {"ALERT": self.alert_log_group, "FLOW": self.flow_log_group}
        access = logs.ResourcePolicy(
            self,
            "LogDelivery",
            policy_statements=[
                iam.PolicyStatement(
                    principals=[delivery],
                    actions=["logs:CreateLogStream", "logs:PutLogEvents"],
                    resources=[group.log_group_arn for group in groups.values()],
                ),
            ],
        )
        logging = nfw.CfnLoggingConfiguration(
            self,
            "Logging",
            firewall_arn=self.firewall.attr_firewall_arn,
            logging_configuration=nfw.CfnLoggingConfiguration.LoggingConfigurationProperty(
                log_destination_configs=[
                    nfw.CfnLoggingConfiguration.LogDestinationConfigProperty(
                        log_type=log_type,
                        log_destination_type="CloudWatchLogs",
                        log_destination={"logGroup": group.log_group_name},
                    )
                    for log_type, group in groups.items()
                ],
            ),
        )
        logging.node.add_dependency(access)
