"""The filter in front of a Regional entry: an API stage or a user pool."""

from aws_cdk import ArnFormat, Aws, Fn, RemovalPolicy, Stack
from aws_cdk import aws_kms as kms
from aws_cdk import aws_logs as logs
from aws_cdk import aws_wafv2 as wafv2
from constructs import Construct

MANAGED_GROUPS = (
    "AWSManagedRulesAmazonIpReputationList",
    "AWSManagedRulesAnonymousIpList",
    "AWSManagedRulesCommonRuleSet",
    "AWSManagedRulesKnownBadInputsRuleSet",
)
# Rules that only count, since one of ours blocks in their place.
REPLACED_RULES = {"AWSManagedRulesCommonRuleSet": ("SizeRestrictions_BODY",)}


class RegionalWebAcl(Construct):
    """A web ACL that lets a request pass only when no managed group, the rate rule or the size rule stops it.

    A body that is larger than what WAF inspects counts as a match of the size rule, so it cannot hide behind
    the limit. It replaces the Common group's own size rule, which stops at 8 KB and so would refuse a long
    message in a script of several bytes a character. Every request is logged, without its Authorization
    header and cookies.

    Args:
        scope: Parent construct.
        construct_id: Id below the parent.
        encryption_key: Key of the log group; its policy must admit CloudWatch Logs
            (`DataKey.allow_log_groups`).
        retention: How long the log is kept. Default: one year.
        requests_per_five_minutes: Requests from one address in any five minutes, 10 to 2,000,000,000.
            Default: 300.
        max_body_bytes: Longest request body, 1 to 65,536 bytes. WAF inspects as much of a body on API
            Gateway, in steps of 16 KB; beyond the first step AWS charges for it. Default: 49,152, which
            holds a message of 4,000 characters however they are escaped.
        removal_policy: What `cdk destroy` does to the log. Default: it stays.

    Attributes:
        web_acl: The web ACL.
        log_group: Its log. The name starts with `aws-waf-logs-`, which WAF demands.

    Raises:
        ValueError: When a limit is outside its range.

    Source: https://docs.aws.amazon.com/waf/latest/developerguide/waf-oversize-request-components.html,
        https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-list.html (read
        2026-11-23).
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        encryption_key: kms.IKey,
        retention: logs.RetentionDays = logs.RetentionDays.ONE_YEAR,
        requests_per_five_minutes: int = 300,
        max_body_bytes: int = 49_152,
        removal_policy: RemovalPolicy = RemovalPolicy.RETAIN,
    ) -> None:
        super().__init__(scope, construct_id)
        self._require("requests_per_five_minutes", requests_per_five_minutes, low=10, high=2_000_000_000)
        self._require("max_body_bytes", max_body_bytes, low=1, high=65_536)
        own = (
            _blocking("RatePerAddress", 0, _rate_per_address(requests_per_five_minutes)),
            _blocking("BodyTooLarge", 1, _body_larger_than(max_body_bytes)),
        )
        managed = (
            _managed_group(name, priority) for priority, name in enumerate(MANAGED_GROUPS, start=len(own))
        )
        self.web_acl = wafv2.CfnWebACL(
            self,
            "WebAcl",
            scope="REGIONAL",
            default_action=wafv2.CfnWebACL.DefaultActionProperty(allow=wafv2.CfnWebACL.AllowActionProperty()),
            visibility_config=_visibility("WebAcl"),
            association_config=_inspect(max_body_bytes),
            rules=[*own, *managed],
        )
        stack_uuid = Fn.select(2, Fn.split("/", Aws.STACK_ID))
        self.log_group = logs.LogGroup(
            self,
            "Log",
            log_group_name=Fn.join("-", ["aws-waf-logs", stack_uuid, self.node.addr[-8:]]),
            encryption_key=encryption_key,
            retention=retention,
            removal_policy=removal_policy,
        )
        wafv2.CfnLoggingConfiguration(
            self,
            "Logging",
            resource_arn=self.web_acl.attr_arn,
            log_destination_configs=[self._destination()],
            redacted_fields=[
                wafv2.CfnLoggingConfiguration.FieldToMatchProperty(single_header={"Name": header})
                for header in ("authorization", "cookie")
            ],
        )

    def protect(
        self, scope: Construct, construct_id: str, *, resource_arn: str
    ) -> wafv2.CfnWebACLAssociation:
        """Put this web ACL in front of an entry.

        Args:
            scope: Where the association is created: the stack of the entry.
            construct_id: Id below `scope`.
            resource_arn: ARN of an API Gateway stage, user pool, load balancer or AppSync API in this Region.
        """
        return wafv2.CfnWebACLAssociation(
            scope, construct_id, resource_arn=resource_arn, web_acl_arn=self.web_acl.attr_arn
        )

    def _destination(self) -> str:
        # WAF refuses the ":*" that LogGroupArn ends with.
        return Stack.of(self).format_arn(
            service="logs",
            resource="log-group",
            resource_name=self.log_group.log_group_name,
            arn_format=ArnFormat.COLON_RESOURCE_NAME,
        )

    def _require(self, name: str, value: int, *, low: int, high: int) -> None:
        if not low <= value <= high:
            raise ValueError(
                f"RegionalWebAcl {self.node.path}: {name} is {value}; WAF allows {low} to {high}. "
                "Choose a value in that range.",
            )


def _rate_per_address(limit: int) -> wafv2.CfnWebACL.StatementProperty:
    return wafv2.CfnWebACL.StatementProperty(
        rate_based_statement=wafv2.CfnWebACL.RateBasedStatementProperty(
            limit=limit,
            aggregate_key_type="IP",
            evaluation_window_sec=300,
        ),
    )


def _body_larger_than(size: int) -> wafv2.CfnWebACL.StatementProperty:
    return wafv2.CfnWebACL.StatementProperty(
        size_constraint_statement=wafv2.CfnWebACL.SizeConstraintStatementProperty(
            comparison_operator="GT",
            size=size,
            field_to_match=wafv2.CfnWebACL.FieldToMatchProperty(
                body=wafv2.CfnWebACL.BodyProperty(oversize_handling="MATCH"),
            ),
            text_transformations=[wafv2.CfnWebACL.TextTransformationProperty(priority=0, type="NONE")],
        ),
    )


def _inspect(size: int) -> wafv2.CfnWebACL.AssociationConfigProperty:
    step = next(step for step in (16, 32, 48, 64) if size <= step * 1024)
    limit = wafv2.CfnWebACL.RequestBodyAssociatedResourceTypeConfigProperty(
        default_size_inspection_limit=f"KB_{step}",
    )
    return wafv2.CfnWebACL.AssociationConfigProperty(request_body={"API_GATEWAY": limit})


def _blocking(
    name: str, priority: int, statement: wafv2.CfnWebACL.StatementProperty
) -> wafv2.CfnWebACL.RuleProperty:
    return wafv2.CfnWebACL.RuleProperty(
        name=name,
        priority=priority,
        statement=statement,
        action=wafv2.CfnWebACL.RuleActionProperty(block=wafv2.CfnWebACL.BlockActionProperty()),
        visibility_config=_visibility(name),
    )


def _managed_group(name: str, priority: int) -> wafv2.CfnWebACL.RuleProperty:
    counted = [
        wafv2.CfnWebACL.RuleActionOverrideProperty(
            name=rule,
            action_to_use=wafv2.CfnWebACL.RuleActionProperty(count={}),
        )
        for rule in REPLACED_RULES.get(name, ())
    ]
    return wafv2.CfnWebACL.RuleProperty(
        name=name,
        priority=priority,
        statement=wafv2.CfnWebACL.StatementProperty(
            managed_rule_group_statement=wafv2.CfnWebACL.ManagedRuleGroupStatementProperty(
                vendor_name="AWS", name=name, rule_action_overrides=counted or None
            ),
        ),
        override_action=wafv2.CfnWebACL.OverrideActionProperty(none={}),
        visibility_config=_visibility(name),
    )


def _visibility(metric: str) -> wafv2.CfnWebACL.VisibilityConfigProperty:
    # Sampled requests would show bodies and headers outside the redacted log.
    return wafv2.CfnWebACL.VisibilityConfigProperty(
        cloud_watch_metrics_enabled=True,
        sampled_requests_enabled=False,
        metric_name=metric,
    )
