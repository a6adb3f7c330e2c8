"""The page signs users in by code and PKCE only, with short tokens, and gets no other way."""

from collections.abc import Callable

import aws_cdk as cdk
import pytest
from aws_cdk.assertions import Match, Template

from genai_defense.user_interface import ChatbotUserPool, SamlFederation, WebClient

Synth = Callable[[], Template]
CALLBACKS = ["https://chat.example.com/"]


@pytest.fixture
def client(stack: cdk.Stack) -> WebClient:
    return WebClient(stack, "Web", sign_in=ChatbotUserPool(stack, "SignIn"), callback_urls=CALLBACKS)


@pytest.mark.usefixtures("client")
def test_it_takes_the_code_flow_only(template: Synth) -> None:
    template().has_resource_properties(
        "AWS::Cognito::UserPoolClient",
        {
            "AllowedOAuthFlows": ["code"],
            "AllowedOAuthScopes": ["openid", "chatbot/send"],
            "CallbackURLs": CALLBACKS,
            "LogoutURLs": CALLBACKS,
            "ExplicitAuthFlows": ["ALLOW_USER_AUTH"],
            "GenerateSecret": False,
            "PreventUserExistenceErrors": "ENABLED",
            "SupportedIdentityProviders": ["COGNITO"],
        },
    )


@pytest.mark.usefixtures("client")
def test_tokens_are_short_used_once_and_can_be_revoked(template: Synth) -> None:
    template().has_resource_properties(
        "AWS::Cognito::UserPoolClient",
        {
            "AccessTokenValidity": 15,
            "IdTokenValidity": 15,
            "RefreshTokenValidity": 480,
            "TokenValidityUnits": {"AccessToken": "minutes", "IdToken": "minutes", "RefreshToken": "minutes"},
            "RefreshTokenRotation": {"Feature": "ENABLED", "RetryGracePeriodSeconds": 10},
            "EnableTokenRevocation": True,
        },
    )


@pytest.mark.usefixtures("client")
def test_its_pages_are_the_ones_that_offer_passkeys(template: Synth) -> None:
    template().has_resource_properties(
        "AWS::Cognito::ManagedLoginBranding",
        {"ClientId": Match.any_value(), "UseCognitoProvidedValues": True},
    )


@pytest.mark.usefixtures("client")
def test_it_comes_after_the_scope_that_it_asks_for(template: Synth) -> None:
    (client,) = template().find_resources("AWS::Cognito::UserPoolClient").values()
    (server,) = template().find_resources("AWS::Cognito::UserPoolResourceServer")
    assert server in client["DependsOn"]


def test_users_of_another_provider_come_in_where_there_is_one(stack: cdk.Stack, template: Synth) -> None:
    federation = SamlFederation(name="Directory", metadata_url="https://id.example.com/metadata")
    WebClient(
        stack,
        "Web",
        sign_in=ChatbotUserPool(stack, "SignIn", federation=federation),
        callback_urls=CALLBACKS,
    )
    (client,) = template().find_resources("AWS::Cognito::UserPoolClient").values()
    assert len(client["Properties"]["SupportedIdentityProviders"]) == 2


def test_the_client_may_stand_in_another_stack(stack: cdk.Stack) -> None:
    """The distribution's stack: its address is the callback."""
    sign_in = ChatbotUserPool(stack, "SignIn")
    other = cdk.Stack(cdk.App.of(stack), "Other", env=cdk.Environment(region="eu-west-1"))
    WebClient(other, "Web", sign_in=sign_in, callback_urls=CALLBACKS)
    Template.from_stack(other).resource_count_is("AWS::Cognito::UserPoolClient", 1)
