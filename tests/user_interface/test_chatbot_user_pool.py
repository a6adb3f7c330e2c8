from collections.abc import Callable

import aws_cdk as cdk
import pytest
from aws_cdk.assertions import Match, Template

from genai_defense.user_interface import ChatbotUserPool

Synth = Callable[[], Template]


@pytest.fixture
def pool(stack: cdk.Stack) -> ChatbotUserPool:
    return ChatbotUserPool(stack, "SignIn", callback_urls=["https://chat.example.com/"])


@pytest.mark.usefixtures("pool")
def test_a_password_alone_opens_nothing(template: Synth) -> None:
    template().has_resource_properties(
        "AWS::Cognito::UserPool",
        {"MfaConfiguration": "ON", "EnabledMfas": ["SOFTWARE_TOKEN_MFA"]},
    )


@pytest.mark.usefixtures("pool")
def test_risky_sign_ins_are_blocked(template: Synth) -> None:
    template().has_resource_properties(
        "AWS::Cognito::UserPool",
        {"UserPoolTier": "PLUS", "UserPoolAddOns": {"AdvancedSecurityMode": "ENFORCED"}},
    )


@pytest.mark.usefixtures("pool")
def test_compromised_passwords_and_high_risk_are_refused(template: Synth) -> None:
    template().has_resource_properties(
        "AWS::Cognito::UserPoolRiskConfigurationAttachment",
        {
            "ClientId": "ALL",
            "CompromisedCredentialsRiskConfiguration": {"Actions": {"EventAction": "BLOCK"}},
            "AccountTakeoverRiskConfiguration": {
                "Actions": {
                    "HighAction": {"EventAction": "BLOCK", "Notify": False},
                    "MediumAction": {"EventAction": "MFA_REQUIRED", "Notify": False},
                    "LowAction": {"EventAction": "MFA_REQUIRED", "Notify": False},
                },
            },
        },
    )


@pytest.mark.usefixtures("pool")
def test_only_administrators_create_users(template: Synth) -> None:
    template().has_resource_properties(
        "AWS::Cognito::UserPool",
        {"AdminCreateUserConfig": {"AllowAdminCreateUserOnly": True}},
    )


@pytest.mark.usefixtures("pool")
def test_passwords_are_long_and_not_reused(template: Synth) -> None:
    policy = {"MinimumLength": 14, "PasswordHistorySize": 12, "RequireSymbols": True, "RequireNumbers": True}
    template().has_resource_properties(
        "AWS::Cognito::UserPool",
        {"Policies": {"PasswordPolicy": Match.object_like(policy)}},
    )


@pytest.mark.usefixtures("pool")
def test_the_client_takes_the_code_flow_only(template: Synth) -> None:
    template().has_resource_properties(
        "AWS::Cognito::UserPoolClient",
        {
            "AllowedOAuthFlows": ["code"],
            "GenerateSecret": False,
            "ExplicitAuthFlows": ["ALLOW_REFRESH_TOKEN_AUTH"],
            "PreventUserExistenceErrors": "ENABLED",
        },
    )


@pytest.mark.usefixtures("pool")
def test_tokens_are_short_and_can_be_revoked(template: Synth) -> None:
    template().has_resource_properties(
        "AWS::Cognito::UserPoolClient",
        {
            "AccessTokenValidity": 15,
            "IdTokenValidity": 15,
            "RefreshTokenValidity": 480,
            "TokenValidityUnits": {"AccessToken": "minutes", "IdToken": "minutes", "RefreshToken": "minutes"},
            "EnableTokenRevocation": True,
        },
    )


def test_a_token_can_carry_the_scope_that_the_api_asks_for(pool: ChatbotUserPool, template: Synth) -> None:
    assert pool.send_scope.scope_name == "chatbot/send"
    template().has_resource_properties(
        "AWS::Cognito::UserPoolResourceServer",
        {"Identifier": "chatbot", "Scopes": [Match.object_like({"ScopeName": "send"})]},
    )


@pytest.mark.usefixtures("pool")
def test_the_pool_survives_a_destroy_by_default(template: Synth) -> None:
    template().has_resource(
        "AWS::Cognito::UserPool",
        {"Properties": {"DeletionProtection": "ACTIVE"}, "DeletionPolicy": "Retain"},
    )


@pytest.mark.usefixtures("pool")
def test_the_sign_in_prefix_differs_from_stack_to_stack(stack: cdk.Stack, template: Synth) -> None:
    (domain,) = template().find_resources("AWS::Cognito::UserPoolDomain").values()
    assert "AWS::StackId" in str(domain["Properties"]["Domain"])
    assert stack.stack_name not in str(domain["Properties"]["Domain"])
