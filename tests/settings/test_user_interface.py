"""A distribution is named whole or not at all; another provider is named by its kind."""

from typing import Any

import pytest
from pydantic import ValidationError

from genai_defense.settings.user_interface import DistributionSettings, OidcSettings, SignInSettings

CERTIFICATE = "arn:aws:acm:us-east-1:111122223333:certificate/11111111-2222-3333-4444-555555555555"


def test_a_name_comes_with_its_certificate() -> None:
    named = DistributionSettings(domain_name="chat.example.com", certificate_arn=CERTIFICATE)
    assert named.domain_name == "chat.example.com"


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"domain_name": "chat.example.com"}, "belong together"),
        ({"certificate_arn": CERTIFICATE}, "belong together"),
        ({"certificate_arn": CERTIFICATE.replace("us-east-1", "eu-west-1")}, "us-east-1"),
        ({"domain_name": "https://chat.example.com"}, "lower-case host name"),
        ({"countries": ["Germany"]}, "countries"),
        ({"price_class": "50"}, "'100', '200' or 'all'"),
        ({"origin_proof_generation": 0}, "greater than or equal to 1"),
    ],
)
def test_a_wrong_one_is_refused(given: dict[str, Any], says: str) -> None:
    with pytest.raises(ValidationError, match=says):
        DistributionSettings.model_validate(given)


OIDC = {
    "kind": "oidc",
    "name": "Directory",
    "issuer_url": "https://id.example.com/tenant",
    "client_id": "chat",
    "client_secret_arn": "arn:aws:secretsmanager:eu-west-1:111122223333:secret:directory-AbCdEf",
}


def test_approvers_and_support_are_there_without_a_word() -> None:
    assert (SignInSettings().roles, SignInSettings().tenants) == (("approver", "support"), ())


def test_another_provider_is_known_by_its_kind() -> None:
    assert isinstance(SignInSettings.model_validate({"federation": OIDC}).federation, OidcSettings)


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"roles": ["Approver"]}, "roles"),
        ({"tenants": ["acme corp"]}, "tenants"),
        ({"callback_urls": ["http://chat.example.com/"]}, "https://"),
        ({"federation": OIDC | {"kind": "ldap"}}, "'oidc', 'saml'"),
        ({"federation": OIDC | {"client_secret_arn": "hunter2"}}, "client_secret_arn"),
        ({"federation": OIDC | {"issuer_url": "http://id.example.com"}}, "https://"),
        ({"federation": {"kind": "saml", "name": "Directory"}}, "metadata_url"),
    ],
)
def test_a_wrong_sign_in_is_refused(given: dict[str, Any], says: str) -> None:
    with pytest.raises(ValidationError, match=says):
        SignInSettings.model_validate(given)
