"""The function's settings, read from its environment; none has a default that weakens."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from function_environment import FunctionEnvironment, SettingsError
from guardrail.address import SeenBy

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What the guardrail function needs to know.

    Args:
        chat_function_name: Name or ARN of the chat function.
        kill_switch_parameter: Name of the parameter that holds the kill switch.
        quota_table_name: DynamoDB table of the quotas.
        audit_bucket_name: S3 bucket of the audit records.
        requests_per_day: Requests that one user may send in a UTC day, at least 1.
        tokens_per_day: Model tokens (input and output) that one user may spend in a UTC day, at least 1.
        standing_table_name: DynamoDB table of how users stand.
        event_bus_name: Bus of the security events; None tells nobody.
        address_seen_by: Who sees a client's address.
        max_output_tokens: Most tokens of one answer, at least 1.
        allowed_link_hosts: Hosts that links of an answer may lead to; may be empty.
    """

    chat_function_name: str
    kill_switch_parameter: str
    quota_table_name: str
    audit_bucket_name: str
    requests_per_day: int
    tokens_per_day: int
    standing_table_name: str
    event_bus_name: str | None
    address_seen_by: SeenBy
    max_output_tokens: int
    allowed_link_hosts: frozenset[str]

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> Settings:
        """Read the variables named in capitals after the arguments.

        Raises:
            SettingsError: A variable is missing, empty or not a whole number of at least 1.
        """
        read = FunctionEnvironment(environment, function="guardrail")
        return cls(
            kill_switch_parameter=read.text("KILL_SWITCH_PARAMETER"),
            chat_function_name=read.text("CHAT_FUNCTION_NAME"),
            quota_table_name=read.text("QUOTA_TABLE_NAME"),
            audit_bucket_name=read.text("AUDIT_BUCKET_NAME"),
            requests_per_day=read.count("REQUESTS_PER_DAY", least=1),
            tokens_per_day=read.count("TOKENS_PER_DAY", least=1),
            standing_table_name=read.text("STANDING_TABLE_NAME"),
            event_bus_name=read.optional("EVENT_BUS_NAME"),
            address_seen_by=_seen_by(read.text("ADDRESS_SEEN_BY")),
            max_output_tokens=read.count("MAX_OUTPUT_TOKENS", least=1),
            allowed_link_hosts=read.hosts("ALLOWED_LINK_HOSTS"),
        )


def _seen_by(value: str) -> SeenBy:
    try:
        return SeenBy(value)
    except ValueError:
        raise SettingsError(
            f"ADDRESS_SEEN_BY is {value!r}. Allowed: {', '.join(SeenBy)}. Set it on the guardrail function."
        ) from None
