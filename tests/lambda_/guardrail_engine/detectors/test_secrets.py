"""Secrets: real-looking credentials are found, placeholders and look-alikes pass."""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING

import pytest

from guardrail_engine import Action, Detector, Reason, Screening
from guardrail_engine.detectors.secrets import DETECTOR, RULE_NAMES

if TYPE_CHECKING:
    from collections.abc import Callable


def _jwt() -> str:
    def part(content: dict[str, str]) -> str:
        return base64.urlsafe_b64encode(json.dumps(content).encode()).rstrip(b"=").decode()

    return f"{part({'alg': 'HS256', 'typ': 'JWT'})}.{part({'sub': 'somebody'})}.{'s1G' * 12}"


# Split and joined, so that no scanner of this repository takes a planted secret for a real one.
SECRETS = {
    "aws-access-key": "AKIA" + "Q7RTZ3PLMN4XWV2K",
    "aws-secret-key": "aws_secret_access_key = " + "wJalrXUtnFEMI/K7MDENG/bPxRfiCYzQ8tLm3vNs"[:40],
    "aws-bedrock-key": "ABSK" + "QmVkcm9ja0FQSUtleS1" * 4,
    "private-key": "-----BEGIN RSA " + "PRIVATE KEY-----\nMIIEow",
    "putty-key": "PuTTY-User-Key-" + "File-3: ssh-ed25519",
    "jwt": _jwt(),
    "github-token": "ghp_" + "a1B2c3D4e5F6a7B8c9D0" * 2,
    "github-pat": "github_pat_" + "1A2b3C4d5E6f7G8h9I0j1K" + "_" + "z9Y8x7W6v5" * 5 + "u4T3s2R1q",
    "gitlab-token": "glpat-" + "x7Fz2KqLm9PwR4tYv8Bn",
    "slack-token": "xoxb-" + "123456789012-123456789012-aBcDeFgHiJkLmNoP",
    "slack-app-token": "xapp-1-A1B2C3D4E5-1234567890123-" + "0a1b2c3d" * 8,
    "slack-webhook": "hooks.slack.com/services/" + "T0A1B2C3D/B4E5F6G7H/aBcDeFgHiJkLmNoPqRsTuVwX",
    "stripe-key": "sk_live_" + "51H8xQz2LmNvBcXsW",
    "google-key": "AIza" + "SyB4c7D9e1F3g5H7j9K1l3M5n7P9q1R3s5T",
    "google-oauth": "GOCSPX-" + "a1B2c3D4e5F6g7H8i9J0k1L2m3N4",
    "anthropic-key": "sk-ant-" + "api03-" + "aB3dE5fG7hJ9kL1mN3pQ5rS7tU9v",
    "openai-key": "sk-proj-" + "aB3dE5fG7hJ9kL1mN3pQ5rS7tU9vW1xY3z",
    "huggingface-token": "hf_" + "aBcDeFgHiJkLmNoPqRsTuVwXyZaBcDeFgH",
    "npm-token": "npm_" + "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8",
    "pypi-token": "pypi-" + "AgEIcHlwaS5vcmc" + "CJGI4ZWYx" * 6,
    "sendgrid-key": "SG." + "a1B2c3D4e5F6g7H8i9J0k1" + "." + "z9Y8x7W6v5U4t3S2r1Q0p9O8n7M6l5K4j3I2h1G0f9E",
    "digitalocean-token": "dop_v1_" + "0a1b2c3d" * 8,
    "vault-token": "hvs." + "CAESIJ7a1B2c3D4e5F6g7H8i",
    "databricks-token": "dapi" + "0a1b2c3d" * 4,
    "telegram-token": "123456789:" + "AAa1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6Q",
    "azure-storage-key": "AccountKey=" + "a1B2c3D4e5" * 8 + "f6G7h8" + "==",
    "connection-string": "postgres://app:" + "s9Xk2vPq@db.internal.corp:5432/main",
    "connection-password": "Server=sql1;Database=shop;User Id=app;" + "Password=s9Xk2vPq",
}

LOOK_ALIKES = [
    "AKIAIOSFODNN7EXAMPLE",
    "The prefix AKIA marks a long-lived key",
    "aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
    "-----BEGIN PUBLIC KEY-----",
    "-----BEGIN CERTIFICATE-----",
    "eyJhbGciOi is how a token starts",
    "eyJub3RhbGciOiJ4In0.eyJub3RhbGciOiJ4In0.abcdefghijklmnopqrstu",
    "ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
    "sk-your-api-key-goes-here-and-nowhere-else-please",
    "sk-learn-is-the-short-name-of-a-python-library-for-machines",
    "task-management-for-distributed-teams-in-three-time-zones-2026",
    "postgres://user:password@localhost:5432/db",
    "postgres://user:${PASSWORD}@db.internal:5432/db",
    "https://example.com:8080/path@2x",
    "mysql://root:<password>@host/db",
    "commit 3f2a9c1d5e7b8a6f4c2d1e0b9a8f7c6d5e4b3a29",
    "uuid 123e4567-e89b-12d3-a456-426614174000",
    "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "Server=sql1;Database=shop;Integrated Security=true",
    "pip install hf_transfer npm_config",
    "xoxo, see you",
]


@pytest.mark.parametrize(("rule", "secret"), SECRETS.items())
def test_each_kind_of_secret_is_found_in_a_sentence(
    rule: str, secret: str, found_in_original: Callable[[Detector, str], list[tuple[str, str]]]
) -> None:
    found = dict(found_in_original(DETECTOR, f'my key is "{secret}" and it fails'))
    assert f"secret.{rule}" in found


def test_every_rule_has_a_secret_in_this_file() -> None:
    assert set(RULE_NAMES) == SECRETS.keys()


@pytest.mark.parametrize("secret", SECRETS.values(), ids=SECRETS.keys())
def test_a_secret_is_refused_in_a_request_and_in_an_answer(
    secret: str, request_of: Callable[[str], Screening], answer_of: Callable[[str], Screening]
) -> None:
    assert request_of(f"use {secret} now").reason is Reason.SECRET_IN_REQUEST
    assert answer_of(f"use {secret} now").reason is Reason.SECRET_LEAK


@pytest.mark.parametrize("text", LOOK_ALIKES)
def test_a_look_alike_passes(text: str, request_of: Callable[[str], Screening]) -> None:
    assert request_of(text).action is Action.ALLOW


@pytest.mark.parametrize("secret", [SECRETS["aws-access-key"], SECRETS["stripe-key"], SECRETS["private-key"]])
def test_an_encoded_secret_is_found_too(secret: str, answer_of: Callable[[str], Screening]) -> None:
    encoded = base64.b64encode(f"the key is {secret}".encode()).decode()
    assert answer_of(f"Here: {encoded}").reason is Reason.SECRET_LEAK
    assert answer_of(secret[::-1]).reason is Reason.SECRET_LEAK
    assert answer_of("\u200b".join(secret)).reason is Reason.SECRET_LEAK
    assert answer_of(f"{secret} ".encode().hex()).reason is Reason.SECRET_LEAK


def test_the_span_covers_the_secret_and_nothing_else(
    found_in_original: Callable[[Detector, str], list[tuple[str, str]]],
) -> None:
    secret = SECRETS["stripe-key"]
    assert found_in_original(DETECTOR, f"key: {secret}.") == [("secret.stripe-key", secret)]


def test_a_placeholder_before_a_real_secret_does_not_hide_it(
    found_in_original: Callable[[Detector, str], list[tuple[str, str]]],
) -> None:
    secret = SECRETS["aws-access-key"]
    assert found_in_original(DETECTOR, f"AKIAIOSFODNN7EXAMPLE {secret}") == [
        ("secret.aws-access-key", secret)
    ]
