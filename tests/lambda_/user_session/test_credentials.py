"""Session credentials: tagged with their user, cached until shortly before their end, never mixed up."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, cast

import pytest
from botocore.exceptions import ClientError

from user_session import SessionCredentials, UserCredentials

if TYPE_CHECKING:
    from collections.abc import Callable

    from mypy_boto3_sts import STSClient

ROLE = "arn:aws:iam::123456789012:role/conversations"
START = datetime(2026, 11, 23, 18, 0, 0, tzinfo=UTC)


@dataclass
class _Sts:
    """Stands for the STS client; each session says whose it is."""

    calls: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    now: datetime = START

    def assume_role(self, **arguments: Any) -> dict[str, Any]:
        self.calls.append(arguments)
        (tag,) = arguments["Tags"]
        return {
            "Credentials": {
                "AccessKeyId": f"key-of-{tag['Value']}",
                "SecretAccessKey": "hush-hush",
                "SessionToken": f"session-{len(self.calls)}",
                "Expiration": self.now + timedelta(seconds=arguments["DurationSeconds"]),
            }
        }

    def credentials(self) -> UserCredentials:
        return UserCredentials(cast("STSClient", self), ROLE, "chat", now=lambda: self.now)


def test_the_session_carries_the_user_as_its_tag() -> None:
    sts = _Sts()
    session = sts.credentials().of("user-1")
    assert session.access_key_id == "key-of-user-1"
    assert sts.calls == [
        {
            "RoleArn": ROLE,
            "RoleSessionName": "chat-user-1",
            "DurationSeconds": 900,
            "Tags": [{"Key": "user_id", "Value": "user-1"}],
        }
    ]


def test_a_session_is_used_again_for_its_user_and_for_nobody_else() -> None:
    sts = _Sts()
    credentials = sts.credentials()
    assert credentials.of("user-1") is credentials.of("user-1")
    assert credentials.of("user-2").access_key_id == "key-of-user-2"
    assert len(sts.calls) == 2


@pytest.mark.parametrize(("minutes", "calls"), [(0, 1), (12.9, 1), (13, 2), (20, 2)])
def test_a_session_is_renewed_two_minutes_before_its_end(minutes: float, calls: int) -> None:
    sts = _Sts()
    credentials = sts.credentials()
    credentials.of("user-1")
    sts.now = START + timedelta(minutes=minutes)
    credentials.of("user-1")
    assert len(sts.calls) == calls


def test_the_cache_keeps_the_last_256_users() -> None:
    sts = _Sts()
    credentials = sts.credentials()
    for index in range(257):
        credentials.of(f"user-{index}")
    credentials.of("user-256")
    assert len(sts.calls) == 257
    credentials.of("user-0")
    assert len(sts.calls) == 258


def test_a_long_user_id_still_makes_a_session_name() -> None:
    sts = _Sts()
    sts.credentials().of("u" * 128)
    assert len(sts.calls[0]["RoleSessionName"]) == 64
    assert sts.calls[0]["Tags"] == [{"Key": "user_id", "Value": "u" * 128}]


def test_a_refusal_is_passed_on_and_not_cached(stubbed: Callable[[str], tuple[Any, Any]]) -> None:
    client, stubber = stubbed("sts")
    stubber.add_client_error("assume_role", "AccessDenied")
    stubber.add_client_error("assume_role", "AccessDenied")
    credentials = UserCredentials(client, ROLE, "chat")
    for _ in range(2):
        with pytest.raises(ClientError):
            credentials.of("user-1")


def test_credentials_do_not_show_in_a_repr() -> None:
    assert "hush-hush" not in repr(_Sts().credentials().of("user-1"))
    assert "hush-hush" not in repr(SessionCredentials("a", "hush-hush", "c", START))
