"""The filter in front of a public entry, in either scope."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import starmap

from aws_cdk import ArnFormat, Aws, Fn, RemovalPolicy, Stack
from aws_cdk import aws_kms as kms
from aws_cdk import aws_logs as logs
from aws_cdk import aws_wafv2 as wafv2
from constructs import Construct

from genai_defense.user_interface.blocked_addresses import BlockedAddresses, WebAclScope
from genai_defense.user_interface.managed_rule_groups import ChargedProtection, first_groups, last_groups
from genai_defense.user_interface.origin_proof import ORIGIN_HEADER, OriginProof
from genai_defense.user_interface.request_limits import RequestLimits
from genai_defense.user_interface.web_acl_rules import (
    Statement,
    from_blocked_address,
    limiting_rules,
    without_origin_proof,
)

SECRET_HEADERS = ("authorization", "cookie", ORIGIN_HEADER)
# The kinds of entries of whose bodies WAF may look at more than 16 KB.
_ENTRIES: Mapping[WebAclScope, tuple[str, ...]] = {
    "CLOUDFRONT": ("CLOUDFRONT",),
    "REGIONAL": ("API_GATEWAY", "COGNITO_USER_POOL"),
}


class EntryWebAcl(Construct):
    """A web ACL in front of a distribution, an API stage or a user pool; its scope is that of the addresses.

    A request passes when no rule stops it. In order: the proof that it came through the distribution (where
    it has to), the blocked addresses, the flood group, the rates of one client, the size of the body,
    AWS's managed groups. A body of which WAF does not see the end counts as too large, so it cannot hide
    behind the limit; that rule replaces the Common group's own, which stops at 8 KB and so would refuse a
    long message in a script of several bytes a character.

    A client is an address. Behind the distribution, whose addresses all requests share, it is an access
    token, and a blocked address is looked for among the forwarded ones.

    Every request is logged, without its secret headers and its query string (which carries sign-in codes);
    what a rule matched in a body is replaced before it is logged.

    Args:
        scope: Parent construct.
        construct_id: Id below the parent.
        encryption_key: Key of the log group; its policy must admit CloudWatch Logs
            (`DataKey.allow_log_groups`).
        blocked_addresses: Addresses that are refused; one pair of sets may serve all web ACLs of its scope.
        retention: How long the log is kept. Default: one year.
        limits: Rates and size. Default: those of `RequestLimits`.
        charged: Groups that AWS charges for by themselves. Default: none.
        origin_proof: What the distribution sends as `x-origin-verify`; every request without it is refused.
            Whoever may read the web ACL sees the secret. Default: the entry is met directly.
        removal_policy: What `cdk destroy` does to the log. Default: it stays.

    Attributes:
        web_acl: The web ACL.
        log_group: Its log. The name starts with `aws-waf-logs-`, which WAF demands.

    Source: https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-list.html,
        https://docs.aws.amazon.com/waf/latest/developerguide/data-protection-masking.html (read 2026-11-24).
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        encryption_key: kms.IKey,
        blocked_addresses: BlockedAddresses,
        retention: logs.RetentionDays = logs.RetentionDays.ONE_YEAR,
        limits: RequestLimits = RequestLimits(),  # noqa: B008 - immutable
        charged: ChargedProtection = ChargedProtection(),  # noqa: B008 - immutable
        origin_proof: OriginProof | None = None,
        removal_policy: RemovalPolicy = RemovalPolicy.RETAIN,
    ) -> None:
        super().__init__(scope, construct_id)
        behind_distribution = origin_proof is not None
        before: dict[str, Statement] = {}
        if origin_proof is not None:
            before["OriginProofMissing"] = without_origin_proof(origin_proof)
        before["BlockedAddress"] = from_blocked_address(
            blocked_addresses, behind_distribution=behind_distribution
        )
        limiting = limiting_rules(limits, behind_distribution=behind_distribution)
        ordered = [
            *starmap(_Ordered, before.items()),
            *_managed(first_groups(charged)),
            *starmap(_Ordered, limiting.items()),
            *_managed(last_groups(charged)),
        ]
        self.web_acl = wafv2.CfnWebACL(
            self,
            "WebAcl",
            scope=blocked_addresses.web_acl_scope,
            default_action=wafv2.CfnWebACL.DefaultActionProperty(allow=wafv2.CfnWebACL.AllowActionProperty()),
            visibility_config=_visibility("WebAcl"),
            association_config=_inspect(limits, blocked_addresses.web_acl_scope),
            data_protection_config=_protected_data(),
            rules=[rule.at(priority) for priority, rule in enumerate(ordered)],
        )
        self.log_group = self._log(encryption_key, retention, removal_policy)

    @property
    def arn(self) -> str:
        """ARN of the web ACL."""
        return self.web_acl.attr_arn

    def protect(
        self, scope: Construct, construct_id: str, *, resource_arn: str
    ) -> wafv2.CfnWebACLAssociation:
        """Put this web ACL in front of a Regional entry.

        Args:
            scope: Where the association is created: the stack of the entry.
            construct_id: Id below `scope`.
            resource_arn: ARN of an API Gateway stage, user pool, load balancer or AppSync API in this Region.

        Raises:
            ValueError: When this web ACL is of the scope CLOUDFRONT: a distribution names it itself.
        """
        if self.web_acl.scope != "REGIONAL":
            raise ValueError(
                f"EntryWebAcl {self.node.path}: its scope is {self.web_acl.scope}; an association takes "
                "REGIONAL only. Give its ARN to the distribution as web_acl_id.",
            )
        return wafv2.CfnWebACLAssociation(
            scope, construct_id, resource_arn=resource_arn, web_acl_arn=self.arn
        )

    def _log(
        self, encryption_key: kms.IKey, retention: logs.RetentionDays, removal_policy: RemovalPolicy
    ) -> logs.LogGroup:
        stack_uuid = Fn.select(2, Fn.split("/", Aws.STACK_ID))
        group = logs.LogGroup(
            self,
            "Log",
            log_group_name=Fn.join("-", ["aws-waf-logs", stack_uuid, self.node.addr[-8:]]),
            encryption_key=encryption_key,
            retention=retention,
            removal_policy=removal_policy,
        )
        # WAF refuses the ":*" that LogGroupArn ends with.
        destination = Stack.of(self).format_arn(
            service="logs",
            resource="log-group",
            resource_name=group.log_group_name,
            arn_format=ArnFormat.COLON_RESOURCE_NAME,
        )
        field = wafv2.CfnLoggingConfiguration.FieldToMatchProperty
        wafv2.CfnLoggingConfiguration(
            self,
            "Logging",
            resource_arn=self.web_acl.attr_arn,
            log_destination_configs=[destination],
            redacted_fields=[
                *(field(single_header={"Name": header}) for header in SECRET_HEADERS),
                field(query_string={}),
            ],
        )
        return group


def _inspect(limits: RequestLimits, scope: WebAclScope) -> wafv2.CfnWebACL.AssociationConfigProperty:
    limit = wafv2.CfnWebACL.RequestBodyAssociatedResourceTypeConfigProperty(
        default_size_inspection_limit=limits.inspected,
    )
    return wafv2.CfnWebACL.AssociationConfigProperty(request_body=dict.fromkeys(_ENTRIES[scope], limit))


@dataclass(frozen=True)
class _Ordered:
    """A rule before its priority is known: one of ours blocks, a managed group acts as AWS chose."""

    name: str
    statement: Statement

    def at(self, priority: int) -> wafv2.CfnWebACL.RuleProperty:
        managed = self.statement.managed_rule_group_statement is not None
        block = wafv2.CfnWebACL.RuleActionProperty(block=wafv2.CfnWebACL.BlockActionProperty())
        return wafv2.CfnWebACL.RuleProperty(
            name=self.name,
            priority=priority,
            statement=self.statement,
            action=None if managed else block,
            override_action=wafv2.CfnWebACL.OverrideActionProperty(none={}) if managed else None,
            visibility_config=_visibility(self.name),
        )


def _managed(groups: Iterable[wafv2.CfnWebACL.ManagedRuleGroupStatementProperty]) -> Iterator[_Ordered]:
    return (_Ordered(group.name, Statement(managed_rule_group_statement=group)) for group in groups)


def _protected_data() -> wafv2.CfnWebACL.DataProtectionConfigProperty:
    # The redaction of the log spares what a rule reports to have matched; this does not.
    protect = wafv2.CfnWebACL.FieldToProtectProperty
    return wafv2.CfnWebACL.DataProtectionConfigProperty(
        data_protections=[
            wafv2.CfnWebACL.DataProtectProperty(action="SUBSTITUTION", field=field)
            for field in (
                protect(field_type="SINGLE_HEADER", field_keys=list(SECRET_HEADERS)),
                protect(field_type="QUERY_STRING"),
                protect(field_type="BODY"),
            )
        ],
    )


def _visibility(metric: str) -> wafv2.CfnWebACL.VisibilityConfigProperty:
    # Sampled requests would show bodies and headers outside the redacted log.
    return wafv2.CfnWebACL.VisibilityConfigProperty(
        cloud_watch_metrics_enabled=True,
        sampled_requests_enabled=False,
        metric_name=metric,
    )
