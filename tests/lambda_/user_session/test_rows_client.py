"""The client of a user's rows signs as the session and as nobody else."""

from datetime import UTC, datetime
from typing import Any

from botocore.config import Config

from user_session import SessionCredentials, rows_client


def test_it_signs_as_the_session() -> None:
    session = SessionCredentials("ASIAEXAMPLE", "secret", "token", datetime(2026, 11, 24, tzinfo=UTC))
    client: Any = rows_client(session, config=Config(region_name="eu-west-1"))
    signing = client._request_signer._credentials  # noqa: SLF001 - botocore shows a client's signer nowhere else
    assert (signing.access_key, signing.secret_key, signing.token) == ("ASIAEXAMPLE", "secret", "token")
