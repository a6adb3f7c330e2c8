"""Whether the responder has blocked, slowed or warned a user; an access token alone does not say it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from guardrail.outcome import SLOWED, FailedClosedError
from standing_rows import USER_BLOCKED, Standing, StandingError, State, read_standing

if TYPE_CHECKING:
    from datetime import datetime

    from mypy_boto3_dynamodb import DynamoDBClient

    from guardrail.quota import Quota


class StandingUnavailableError(FailedClosedError):
    """Nobody knows how the user stands, so nothing is answered."""

    reason: ClassVar[str] = "STANDING_UNAVAILABLE"


class HeldError(Exception):
    """The user may not ask: at all, or not yet.

    Args:
        reason: ``USER_BLOCKED`` or ``SLOWED``.
        retry_after: In how many seconds they may; 0 is never without an operator.
    """

    def __init__(self, reason: str, retry_after: int = 0) -> None:
        super().__init__(reason)
        self.reason = reason
        self.retry_after = retry_after


@dataclass(frozen=True, slots=True, kw_only=True)
class UserStanding:
    """How users stand.

    Args:
        client: DynamoDB, with short timeouts and without retries.
        table_name: The standing table.
        quota: Counts the requests of slowed users.
    """

    client: DynamoDBClient
    table_name: str
    quota: Quota

    def check(self, user_id: str, now: datetime) -> bool:
        """Return when the user may ask, and whether they have been warned.

        Raises:
            HeldError: They may not, or not yet.
            StandingUnavailableError: The table did not answer, or with a row that cannot be read.
        """
        standing = self._read(user_id)
        if standing is None or not standing.holds(now.timestamp()):
            return False
        if standing.state is State.BLOCKED:
            raise HeldError(USER_BLOCKED)
        if standing.state is State.SLOWED:
            wait = self.quota.pace(user_id, standing.pause_seconds, now)
            if wait:
                raise HeldError(SLOWED, wait)
        return True

    def _read(self, user_id: str) -> Standing | None:
        try:
            return read_standing(self.client, self.table_name, user_id)
        except StandingError as error:
            raise StandingUnavailableError("read") from error
