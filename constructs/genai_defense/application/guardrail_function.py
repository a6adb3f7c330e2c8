"""The only function that the API calls: it decides what may pass, in both directions."""

from dataclasses import dataclass

from aws_cdk import Duration
from constructs import Construct

from genai_defense.application.chat_function import METRICS_NAMESPACE, ChatFunction
from genai_defense.application.kill_switch import KillSwitch
from genai_defense.application.private_function import FunctionHosting, PrivateFunction
from genai_defense.application.streaming import STREAMING_ENVIRONMENT, STREAMING_PACKAGE
from genai_defense.data import AuditBucket, QuotaTable, StandingTable
from genai_defense.limits import least_tokens_per_day
from genai_defense.organization.security_bus import GUARDRAIL_SOURCE, SecurityBus

AUDIT_PREFIX = "audit"
# A streamed answer may take longer than the 29 s that API Gateway waits for one in one piece; for such a one,
# lambda/guardrail/runtime.py makes all its waits fit into 25 s.
GUARDRAIL_TIMEOUT = Duration.seconds(75)


@dataclass(frozen=True, kw_only=True)
class UserQuota:
    """What one user may spend in a day (UTC).

    Attributes:
        requests_per_day: At least 1.
        tokens_per_day: Input and output together, at least `least_tokens_per_day` of the longest answer.
    """

    requests_per_day: int
    tokens_per_day: int

    def require_room(self, *, max_output_tokens: int) -> None:
        """Refuse a quota under which not even one long message could be answered.

        Raises:
            ValueError: It allows no such request.
        """
        least = least_tokens_per_day(max_output_tokens)
        if self.requests_per_day < 1 or self.tokens_per_day < least:
            raise ValueError(
                f"UserQuota allows no long message: requests_per_day is {self.requests_per_day} (at least 1),"
                f" tokens_per_day is {self.tokens_per_day} (at least {least}).",
            )


class GuardrailFunction(Construct):
    """Heeds the kill switch, counts, screens the request, asks the chat function, screens the answer.

    When one of these steps does not work, the user gets a refusal and never an answer.

    Args:
        scope: Parent construct.
        construct_id: Id below the parent.
        hosting: Where it runs.
        kill_switch: What stops it.
        chat: The function behind.
        quota_table: Where spending is counted.
        quota: What one user may spend.
        audit: Where records are kept.
        standing: How users stand; a blocked one gets nothing.

    Attributes:
        private: The function with its role, policy and security group.

    Raises:
        ValueError: The quota would not let one long message through.
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        hosting: FunctionHosting,
        kill_switch: KillSwitch,
        chat: ChatFunction,
        quota_table: QuotaTable,
        quota: UserQuota,
        audit: AuditBucket,
        standing: StandingTable,
    ) -> None:
        super().__init__(scope, construct_id)
        quota.require_room(max_output_tokens=chat.max_output_tokens)
        self.private = PrivateFunction(
            self,
            "Private",
            packages=(
                "guardrail",
                "api_reply",
                "caller_identity",
                "function_environment",
                "guardrail_engine",
                "quota_rows",
                "standing_rows",
                STREAMING_PACKAGE,
            ),
            hosting=hosting,
            timeout=GUARDRAIL_TIMEOUT,
            environment={
                **STREAMING_ENVIRONMENT,
                "KILL_SWITCH_PARAMETER": kill_switch.parameter.parameter_name,
                "CHAT_FUNCTION_NAME": chat.private.function.function_name,
                "QUOTA_TABLE_NAME": quota_table.table.table_name,
                "AUDIT_BUCKET_NAME": audit.bucket.bucket_name,
                "STANDING_TABLE_NAME": standing.table.table_name,
                "EVENT_BUS_NAME": "",
                "ADDRESS_SEEN_BY": "api",
                "REQUESTS_PER_DAY": str(quota.requests_per_day),
                "TOKENS_PER_DAY": str(quota.tokens_per_day),
                "MAX_OUTPUT_TOKENS": str(chat.max_output_tokens),
                "ALLOWED_LINK_HOSTS": ",".join(chat.allowed_link_hosts),
                "POWERTOOLS_SERVICE_NAME": "guardrail",
                "POWERTOOLS_METRICS_NAMESPACE": METRICS_NAMESPACE,
            },
        )
        kill_switch.grant_read(self.private.policy)
        chat.grant_invoke(self.private.policy)
        quota_table.grant_count(self.private.policy)
        audit.grant_write_records(self.private.policy, prefix=AUDIT_PREFIX)
        standing.grant_read(self.private.policy)

    def tell(self, bus: SecurityBus) -> None:
        """Tell `bus` what was stopped, without content.

        The way to EventBridge's endpoint is the stack's: its policy must name this role and the bus.
        """
        self.private.function.add_environment("EVENT_BUS_NAME", bus.bus.event_bus_name)
        bus.grant_put(self.private.policy, source=GUARDRAIL_SOURCE)

    def behind_distribution(self) -> None:
        """Say that clients reach the API through a distribution only, which then sees their addresses.

        Say it where the API's web ACL asks for the origin's proof, and nowhere else: a client that reaches
        the API by itself could choose its address.
        """
        self.private.function.add_environment("ADDRESS_SEEN_BY", "distribution")
