"""The function's settings, read from its environment; none has a default that weakens."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


class SettingsError(ValueError):
    """A variable is missing or not allowed; the function then refuses every request."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What the guardrail function needs to know.

    Args:
        chat_function_name: Name or ARN of the chat function.
        quota_table_name: DynamoDB table of the quotas.
        audit_bucket_name: S3 bucket of the audit records.
        requests_per_day: Requests that one user may send in a UTC day, at least 1.
        tokens_per_day: Model tokens (input and output) that one user may spend in a UTC day, at least 1.
        max_output_tokens: Most tokens of one answer, at least 1.
        allowed_link_hosts: Hosts that links of an answer may lead to; may be empty.
    """

    chat_function_name: str
    quota_table_name: str
    audit_bucket_name: str
    requests_per_day: int
    tokens_per_day: int
    max_output_tokens: int
    allowed_link_hosts: frozenset[str]

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> Settings:
        """Read the variables named in capitals after the arguments.

        Raises:
            SettingsError: A variable is missing, empty or not a whole number of at least 1.
        """
        if "ALLOWED_LINK_HOSTS" not in environment:
            raise SettingsError(
                "ALLOWED_LINK_HOSTS is not set. Allowed: host names parted by commas, or an empty string for "
                "none. Set it on the guardrail function."
            )
        hosts = (host.strip().lower() for host in environment["ALLOWED_LINK_HOSTS"].split(","))
        return cls(
            chat_function_name=_text(environment, "CHAT_FUNCTION_NAME"),
            quota_table_name=_text(environment, "QUOTA_TABLE_NAME"),
            audit_bucket_name=_text(environment, "AUDIT_BUCKET_NAME"),
            requests_per_day=_count(environment, "REQUESTS_PER_DAY"),
            tokens_per_day=_count(environment, "TOKENS_PER_DAY"),
            max_output_tokens=_count(environment, "MAX_OUTPUT_TOKENS"),
            allowed_link_hosts=frozenset(filter(None, hosts)),
        )


def _text(environment: Mapping[str, str], name: str) -> str:
    value = environment.get(name, "").strip()
    if not value:
        raise SettingsError(
            f"{name} is not set. Allowed: a name that is not empty. Set it on the guardrail function."
        )
    return value


def _count(environment: Mapping[str, str], name: str) -> int:
    value = _text(environment, name)
    if not (value.isascii() and value.isdigit() and int(value) >= 1):
        raise SettingsError(
            f"{name} is {value!r}. Allowed: a whole number of at least 1. Set it on the guardrail function."
        )
    return int(value)
