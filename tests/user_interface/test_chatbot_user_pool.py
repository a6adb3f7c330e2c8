from collections.abc import Callable

import aws_cdk as cdk
import pytest
from aws_cdk.assertions import Match, Template

from genai_defense.user_interface import ChatbotUserPool, OidcFederation, SamlFederation

Synth = Callable[[], Template]


@pytest.fixture
def pool(stack: cdk.Stack) -> ChatbotUserPool:
    return ChatbotUserPool(stack, "SignIn", roles=["approver"], tenants=["acme"])


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


@pytest.mark.usefixtures("pool")
def test_a_passkey_that_verified_its_user_is_both_factors(template: Synth) -> None:
    template().has_resource_properties(
        "AWS::Cognito::UserPool",
        {
            "Policies": {"SignInPolicy": {"AllowedFirstAuthFactors": ["PASSWORD", "WEB_AUTHN"]}},
            "WebAuthnUserVerification": "required",
            "WebAuthnFactorConfiguration": "MULTI_FACTOR_WITH_USER_VERIFICATION",
        },
    )


@pytest.mark.usefixtures("pool")
def test_passkeys_belong_to_the_sign_in_pages(template: Synth) -> None:
    (pool,) = template().find_resources("AWS::Cognito::UserPool").values()
    (domain,) = template().find_resources("AWS::Cognito::UserPoolDomain").values()
    assert domain["Properties"]["ManagedLoginVersion"] == 2
    _, (prefix, suffix) = pool["Properties"]["WebAuthnRelyingPartyID"]["Fn::Join"]
    assert prefix == domain["Properties"]["Domain"]
    assert suffix == ".auth.eu-west-1.amazoncognito.com"


@pytest.mark.usefixtures("pool")
def test_groups_are_roles_and_tenants(template: Synth) -> None:
    groups = template().find_resources("AWS::Cognito::UserPoolGroup").values()
    assert {group["Properties"]["GroupName"] for group in groups} == {"role-approver", "tenant-acme"}


@pytest.mark.usefixtures("pool")
def test_nobody_else_vouches_for_users_unless_asked(template: Synth) -> None:
    template().resource_count_is("AWS::Cognito::UserPoolIdentityProvider", 0)


def test_an_oidc_provider_gives_its_secret_by_reference(stack: cdk.Stack, template: Synth) -> None:
    secret = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:directory-AbCdEf"
    federation = OidcFederation(
        name="Directory", issuer_url="https://id.example.com", client_id="chat", client_secret_arn=secret
    )
    pool = ChatbotUserPool(stack, "SignIn", federation=federation)
    assert pool.provider is not None
    template().has_resource_properties(
        "AWS::Cognito::UserPoolIdentityProvider",
        {
            "ProviderType": "OIDC",
            "ProviderDetails": {
                "oidc_issuer": "https://id.example.com",
                "client_secret": f"{{{{resolve:secretsmanager:{secret}:SecretString:::}}}}",
                "authorize_scopes": "openid email",
            },
        },
    )


def test_a_saml_provider_gets_signed_requests(stack: cdk.Stack, template: Synth) -> None:
    federation = SamlFederation(name="Directory", metadata_url="https://id.example.com/metadata")
    ChatbotUserPool(stack, "SignIn", federation=federation)
    template().has_resource_properties(
        "AWS::Cognito::UserPoolIdentityProvider",
        {
            "ProviderType": "SAML",
            "ProviderDetails": {
                "MetadataURL": "https://id.example.com/metadata",
                "RequestSigningAlgorithm": "rsa-sha256",
            },
        },
    )


@pytest.mark.parametrize("policy", [cdk.RemovalPolicy.RETAIN, cdk.RemovalPolicy.DESTROY])
def test_a_pool_that_can_be_deleted_says_why(
    stack: cdk.Stack, template: Synth, policy: cdk.RemovalPolicy
) -> None:
    pool = ChatbotUserPool(stack, "SignIn", removal_policy=policy)
    deletable = policy is cdk.RemovalPolicy.DESTROY
    template().has_resource_properties(
        "AWS::Cognito::UserPool", {"DeletionProtection": "INACTIVE" if deletable else "ACTIVE"}
    )
    resource = pool.user_pool.node.default_child
    assert resource is not None
    written = [str(entry.data) for entry in resource.node.metadata]
    assert any("UserPoolIsProtectedFromDeletion" in entry for entry in written) is deletable
