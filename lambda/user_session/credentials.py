"""Credentials that can touch one user's rows only, since the role's policy reads the session tag."""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

    from mypy_boto3_sts import STSClient

_LIFETIME: Final = timedelta(minutes=15)
"""The shortest session that STS gives (AWS STS API reference, AssumeRole, read 2026-11-23)."""
_MARGIN: Final = timedelta(minutes=2)
_MAX_USERS: Final = 256


@dataclass(frozen=True, slots=True, repr=False)
class SessionCredentials:
    """Temporary credentials; their repr shows nothing.

    Args:
        access_key_id: Key id.
        secret_access_key: Key.
        session_token: Token.
        expires_at: End of validity, UTC.
    """

    access_key_id: str
    secret_access_key: str
    session_token: str
    expires_at: datetime


def _utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(slots=True)
class UserCredentials:
    """A bounded cache of sessions, one a user.

    Args:
        client: STS.
        role_arn: Role to assume with the session tag ``user_id``.
        function: Name of the function, with which the session's name starts in the trail.
        now: Clock, UTC.
    """

    client: STSClient
    role_arn: str
    function: str
    now: Callable[[], datetime] = _utc_now
    _sessions: OrderedDict[str, SessionCredentials] = field(
        default_factory=OrderedDict[str, SessionCredentials]
    )
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def of(self, user_id: str) -> SessionCredentials:
        """The session of one user, renewed two minutes before its end.

        Raises:
            botocore.exceptions.ClientError: STS refused.
        """
        with self._lock:
            cached = self._sessions.get(user_id)
            if cached is None or self.now() >= cached.expires_at - _MARGIN:
                cached = self._assume(user_id)
                self._sessions[user_id] = cached
            self._sessions.move_to_end(user_id)
            while len(self._sessions) > _MAX_USERS:
                self._sessions.popitem(last=False)
            return cached

    def _assume(self, user_id: str) -> SessionCredentials:
        given = self.client.assume_role(
            RoleArn=self.role_arn,
            # 64 characters are the longest session name.
            RoleSessionName=f"{self.function}-{user_id}"[:64],
            DurationSeconds=int(_LIFETIME.total_seconds()),
            Tags=[{"Key": "user_id", "Value": user_id}],
        )["Credentials"]
        return SessionCredentials(
            given["AccessKeyId"], given["SecretAccessKey"], given["SessionToken"], given["Expiration"]
        )
