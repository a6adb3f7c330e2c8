"""The functions of the response: one decides, one acts, one restores. None has what another one needs."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aws_cdk import Duration, Fn, Stack
from aws_cdk import aws_cognito as cognito
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk import aws_sns as sns
from constructs import Construct

from genai_defense.application.kill_switch import KillSwitch
from genai_defense.application.private_function import FunctionHosting, PrivateFunction
from genai_defense.data import AuditBucket, ResponseTable, StandingTable
from genai_defense.organization.control_function import ControlFunction
from genai_defense.organization.kit_metrics import NAMESPACE
from genai_defense.organization.response_policy import ResponsePolicy

if TYPE_CHECKING:
    # Its package imports this one.
    from genai_defense.user_interface import BlockedAddresses

RECORDS_PREFIX = "response"
"""Where the records lie in the audit bucket (lambda/responder/records.py)."""
_TIMEOUT = Duration.seconds(30)
_OUTSIDE = (
    "It changes the list of blocked addresses of the distribution's web ACL, which AWS WAF takes in "
    "us-east-1 alone, wherever the VPC is. It is given ids and reasons, no content, and has no way into the "
    "VPC; its policy names each table, user pool, parameter and list."
)
_ACTING = ("responder", "function_environment", "response_rows", "standing_rows")


@dataclass(frozen=True, kw_only=True)
class ResponseReach:
    """What the responder may act on, and whom it tells.

    Attributes:
        user_pool: Whose users it may disable.
        standing: How users stand.
        kill_switch: What stops the chatbot.
        blocked_addresses: The sets that it may fill, of each web ACL's scope.
        audit: Where it records what it does.
        topic: Whom it tells.
        topic_key: Key of the topic.
    """

    user_pool: cognito.IUserPool
    standing: StandingTable
    kill_switch: KillSwitch
    blocked_addresses: Sequence["BlockedAddresses"]
    audit: AuditBucket
    topic: sns.ITopic
    topic_key: kms.IKey


class ResponseFunctions(Construct):
    """Decides, acts and restores.

    Args:
        scope: Parent construct.
        construct_id: Id below the parent.
        hosting: Where they run.
        policy: When what is done.
        table: Counters, and what is in force.
        reach: What they may act on.

    Attributes:
        decision: Counts and decides; it may act on nothing.
        responder: Acts and tells; it may give nothing back.
        restore: Gives back; it may take nothing.
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        hosting: FunctionHosting,
        policy: ResponsePolicy,
        table: ResponseTable,
        reach: ResponseReach,
    ) -> None:
        super().__init__(scope, construct_id)
        self._reach = reach
        self._table = table
        self.decision = PrivateFunction(
            self,
            "Decision",
            packages=("response_decision", "function_environment", "response_rows"),
            hosting=hosting,
            timeout=_TIMEOUT,
            environment={
                **_thresholds(policy),
                "RESPONSE_TABLE_NAME": table.table.table_name,
                "POWERTOOLS_SERVICE_NAME": "response_decision",
                "POWERTOOLS_METRICS_NAMESPACE": NAMESPACE,
            },
        )
        table.grant_count(self.decision.policy)
        self.responder = self._responder(hosting, policy)
        self.restore = self._restore(hosting)

    def _responder(self, hosting: FunctionHosting, policy: ResponsePolicy) -> ControlFunction:
        reach = self._reach
        responder = ControlFunction(
            self,
            "Responder",
            packages=_ACTING,
            hosting=hosting,
            environment={
                **self._targets(),
                **_terms(policy),
                "TOPIC_ARN": reach.topic.topic_arn,
                "FINDINGS": "on" if policy.findings else "off",
            },
            outside_because=_OUTSIDE,
        )
        self._table.grant_act(responder.policy)
        reach.standing.grant_set(responder.policy)
        self._grant_common(responder)
        self._grant_users(responder, "AdminDisableUser", "AdminListGroupsForUser", "AdminUserGlobalSignOut")
        responder.policy.add_statements(
            iam.PolicyStatement(sid="TellPeople", actions=["sns:Publish"], resources=[reach.topic.topic_arn]),
            iam.PolicyStatement(
                sid="KeyThroughTheTopic",
                actions=["kms:Decrypt", "kms:GenerateDataKey"],
                resources=[reach.topic_key.key_arn],
                conditions={"StringLike": {"kms:ViaService": "sns.*.amazonaws.com"}},
            ),
        )
        if policy.findings:
            account = Stack.of(self).account
            responder.policy.add_statements(
                iam.PolicyStatement(
                    sid="FileFindings",
                    actions=["securityhub:BatchImportFindings"],
                    resources=[
                        Stack.of(self).format_arn(
                            service="securityhub", resource="product", resource_name=f"{account}/default"
                        )
                    ],
                )
            )
        return responder

    def _restore(self, hosting: FunctionHosting) -> ControlFunction:
        restore = ControlFunction(
            self,
            "Restore",
            packages=("response_restore", *_ACTING),
            hosting=hosting,
            environment=self._targets() | {"PROTECTED_ROLES": "", "PROTECTED_NETWORKS": ""},
            outside_because=_OUTSIDE,
        )
        self._table.grant_restore(restore.policy)
        self._reach.standing.grant_restore(restore.policy)
        self._grant_common(restore)
        self._grant_users(restore, "AdminEnableUser")
        return restore

    def _targets(self) -> dict[str, str]:
        reach = self._reach
        sets = [
            Fn.join("", [version, "|", ip_set.ref])
            for blocked in reach.blocked_addresses
            for version, ip_set in (("4", blocked.ipv4), ("6", blocked.ipv6))
        ]
        return {
            "RESPONSE_TABLE_NAME": self._table.table.table_name,
            "STANDING_TABLE_NAME": reach.standing.table.table_name,
            "USER_POOL_ID": reach.user_pool.user_pool_id,
            "KILL_SWITCH_PARAMETER": reach.kill_switch.parameter.parameter_name,
            "AUDIT_BUCKET_NAME": reach.audit.bucket.bucket_name,
            "BLOCKED_SETS": Fn.join(",", sets),
        }

    def _grant_common(self, function: ControlFunction) -> None:
        reach = self._reach
        reach.audit.grant_write_records(function.policy, prefix=RECORDS_PREFIX)
        function.policy.add_statements(
            iam.PolicyStatement(
                sid="SetKillSwitch",
                actions=["ssm:PutParameter"],
                resources=[reach.kill_switch.parameter.parameter_arn],
            ),
            iam.PolicyStatement(
                sid="FillBlockedAddresses",
                actions=["wafv2:GetIPSet", "wafv2:UpdateIPSet"],
                resources=[
                    ip_set.attr_arn
                    for blocked in reach.blocked_addresses
                    for ip_set in (blocked.ipv4, blocked.ipv6)
                ],
            ),
        )

    def _grant_users(self, function: ControlFunction, *operations: str) -> None:
        function.policy.add_statements(
            iam.PolicyStatement(
                sid="ReachUsers",
                actions=sorted(f"cognito-idp:{name}" for name in ("ListUsers", *operations)),
                resources=[self._reach.user_pool.user_pool_arn],
            ),
        )


def _thresholds(policy: ResponsePolicy) -> dict[str, str]:
    names = (
        "window_minutes", "warn_after", "slow_after", "disable_after", "block_address_after_users",
        "block_address_after_hits", "kill_switch_after_users", "kill_switch_after_tenants",
    )  # fmt: skip
    return {name.upper(): str(getattr(policy, name)) for name in names}


def _terms(policy: ResponsePolicy) -> dict[str, str]:
    names = (
        "mode", "slowed_minutes", "pause_seconds", "blocked_minutes", "users_per_hour", "addresses_per_hour",
        "switches_per_day",
    )  # fmt: skip
    return {
        **{name.upper(): str(getattr(policy, name)) for name in names},
        "PROTECTED_ROLES": ",".join(policy.protected_roles),
        "PROTECTED_NETWORKS": ",".join(policy.protected_networks),
    }
