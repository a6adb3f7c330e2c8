"""Nothing of the user's AWS accounts and proxies reaches the local run."""

import os

import pytest

from genai_defense.local.clients import aws_client
from genai_defense.local.environment import clean_environment, sealed

_USERS_OWN = ("AWS_PROFILE", "AWS_ACCESS_KEY_ID", "AWS_ENDPOINT_URL_S3", "HTTPS_PROXY", "http_proxy")


@pytest.fixture(autouse=True)
def _users_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in _USERS_OWN:
        monkeypatch.setenv(name, "http://elsewhere")


def test_children_inherit_no_credential_and_no_proxy() -> None:
    assert "http://elsewhere" not in clean_environment().values()


def test_the_run_itself_sees_none_and_gives_them_back() -> None:
    before = dict(os.environ)
    with sealed():
        assert "http://elsewhere" not in os.environ.values()
        assert os.environ["AWS_SHARED_CREDENTIALS_FILE"] == os.devnull
        client = aws_client("sts", url="http://127.0.0.1:9", region="eu-west-1", account="123456789012")
        assert client.meta.endpoint_url == "http://127.0.0.1:9"
    assert dict(os.environ) == before


def test_they_come_back_after_a_failure() -> None:
    before = dict(os.environ)
    with pytest.raises(ValueError, match="no luck"), sealed():
        raise ValueError("no luck")
    assert dict(os.environ) == before
