"""How long things are kept, and when people are called."""

from typing import Annotated, Literal

from aws_cdk import aws_logs as logs
from pydantic import Field, StringConstraints

from genai_defense.settings.section import Section
from genai_defense.settings.types import LOG_RETENTION, LogDays


class RetentionSettings(Section):
    """How long things are kept.

    Attributes:
        audit_days: Object Lock on audit records and trail, 1 to 3,650 days.
        audit_lock: `governance` (a privileged role may lift it) or `compliance` (nobody can, root included).
        conversation_days: Conversations expire after 1 to 365 days.
        restore_test: Whether AWS Backup restores a copy of each table every week, to see that it can; it is
            billed per restore.
        log_days: CloudWatch Logs retention: 1, 3, 7, 14, 30, 60, 90, 180, 365, 731, 1096, 1827 or 3653 days.
    """

    audit_days: Annotated[int, Field(ge=1, le=3650)]
    audit_lock: Literal["governance", "compliance"]
    conversation_days: Annotated[int, Field(ge=1, le=365)]
    restore_test: bool = True
    log_days: LogDays

    @property
    def log_retention(self) -> logs.RetentionDays:
        """`log_days` as the CDK names it."""
        return LOG_RETENTION[self.log_days]


class AlarmSettings(Section):
    """When people are called.

    Attributes:
        email: Address that is subscribed to the alarm topic; unset subscribes nobody.
        refused_per_five_minutes: Refused requests in five minutes that count as an attack.
        tokens_per_hour: Tokens spent by all users in an hour that call somebody.
    """

    email: Annotated[str, StringConstraints(pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$")] | None = None
    refused_per_five_minutes: Annotated[int, Field(ge=1)]
    tokens_per_hour: Annotated[int, Field(ge=1)]
