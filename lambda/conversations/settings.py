"""The function's settings, read from its environment."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from function_environment import FunctionEnvironment

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What the conversations function needs to know.

    Args:
        conversation_table_name: DynamoDB table of the conversations.
        quota_table_name: DynamoDB table of the quotas.
        standing_table_name: DynamoDB table of who is blocked.
        rows_role_arn: Role whose rows are bound to the session tag ``user_id``.
        review_queue_url: SQS queue of the feedback.
        requests_per_day: Requests that one user may send in a UTC day, at least 1.
        tokens_per_day: Tokens that one user may spend in a UTC day, at least 1.
    """

    conversation_table_name: str
    quota_table_name: str
    standing_table_name: str
    rows_role_arn: str
    review_queue_url: str
    requests_per_day: int
    tokens_per_day: int

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> Settings:
        """Read the variables named in capitals after the arguments.

        Raises:
            SettingsError: A variable is missing, empty or not a whole number of at least 1.
        """
        read = FunctionEnvironment(environment, function="conversations")
        return cls(
            conversation_table_name=read.text("CONVERSATION_TABLE_NAME"),
            quota_table_name=read.text("QUOTA_TABLE_NAME"),
            standing_table_name=read.text("STANDING_TABLE_NAME"),
            rows_role_arn=read.text("ROWS_ROLE_ARN"),
            review_queue_url=read.text("REVIEW_QUEUE_URL"),
            requests_per_day=read.count("REQUESTS_PER_DAY", least=1),
            tokens_per_day=read.count("TOKENS_PER_DAY", least=1),
        )
