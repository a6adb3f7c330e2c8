"""What the settings say about sign-in is what the user pool gets."""

import json
from pathlib import Path
from typing import Any

import aws_cdk as cdk
import pytest
from aws_cdk.assertions import Template

from genai_defense.settings import load_settings
from stacks.data import DataStack
from stacks.user_interface import UserInterfaceStack

ROOT = Path(__file__).resolve().parents[2]
SECRET = "arn:aws:secretsmanager:us-east-1:111122223333:secret:directory-AbCdEf"


def _template(sign_in: dict[str, Any]) -> Template:
    profiles = json.loads((ROOT / "cdk.json").read_text())["context"]["profiles"]
    settings = load_settings({"dev": profiles["dev"] | {"sign_in": sign_in}})
    app, env = cdk.App(), cdk.Environment(region=settings.region)
    data = DataStack(app, "Data", settings=settings, env=env)
    return Template.from_stack(UserInterfaceStack(app, "Ui", settings=settings, env=env, data=data))


def test_roles_and_tenants_become_groups() -> None:
    groups = _template({"roles": ["approver", "auditor"], "tenants": ["acme"]}).find_resources(
        "AWS::Cognito::UserPoolGroup"
    )
    names = {group["Properties"]["GroupName"] for group in groups.values()}
    assert names == {"role-approver", "role-auditor", "tenant-acme"}


@pytest.mark.parametrize(
    ("federation", "kind", "details"),
    [
        (
            {"kind": "saml", "name": "Directory", "metadata_url": "https://id.example.com/metadata"},
            "SAML",
            {"MetadataURL": "https://id.example.com/metadata"},
        ),
        (
            {
                "kind": "oidc",
                "name": "Directory",
                "issuer_url": "https://id.example.com",
                "client_id": "chat",
                "client_secret_arn": SECRET,
            },
            "OIDC",
            {
                "client_id": "chat",
                "client_secret": f"{{{{resolve:secretsmanager:{SECRET}:SecretString:::}}}}",
            },
        ),
    ],
)
def test_another_provider_comes_in_by_setting(
    federation: dict[str, str], kind: str, details: dict[str, str]
) -> None:
    _template({"federation": federation}).has_resource_properties(
        "AWS::Cognito::UserPoolIdentityProvider",
        {"ProviderName": "Directory", "ProviderType": kind, "ProviderDetails": details},
    )
