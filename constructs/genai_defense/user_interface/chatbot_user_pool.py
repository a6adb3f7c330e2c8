"""Sign-in for the chatbot's users."""

from collections.abc import Sequence

from aws_cdk import Aws, Duration, Fn, RemovalPolicy
from aws_cdk import aws_cognito as cognito
from constructs import Construct

RESOURCE_SERVER = "chatbot"
SEND_SCOPE = "send"


class ChatbotUserPool(Construct):
    """A Cognito user pool that nobody enters with a password alone.

    Administrators create the users; a second factor (TOTP) is required; threat protection blocks compromised
    passwords and risky sign-ins. The one client is public, takes the authorization code flow only, and gets
    short tokens. Cognito verifies PKCE where the client sends a challenge.

    Args:
        scope: Parent construct.
        construct_id: Id below the parent.
        callback_urls: Where Cognito may send the user back to. https only; Cognito also takes http://localhost.
        removal_policy: What `cdk destroy` does to the pool. Default: the pool stays and is protected against
            deletion.

    Attributes:
        user_pool: The pool, on the PLUS plan.
        client: The public client. Access and id tokens live 15 minutes, refresh tokens 8 hours.
        domain: Where users sign in. Its prefix is unique to the stack.
        send_scope: The OAuth scope `chatbot/send`, which the chat API asks for.

    Source: https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pool-settings-threat-protection.html,
        https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-mfa.html (read
        2026-11-23).
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        callback_urls: Sequence[str],
        removal_policy: RemovalPolicy = RemovalPolicy.RETAIN,
    ) -> None:
        super().__init__(scope, construct_id)
        self.user_pool = cognito.UserPool(
            self,
            "UserPool",
            feature_plan=cognito.FeaturePlan.PLUS,
            standard_threat_protection_mode=cognito.StandardThreatProtectionMode.FULL_FUNCTION,
            self_sign_up_enabled=False,
            sign_in_aliases=cognito.SignInAliases(username=True, email=True),
            sign_in_case_sensitive=False,
            auto_verify=cognito.AutoVerifiedAttrs(email=True),
            account_recovery=cognito.AccountRecovery.EMAIL_ONLY,
            keep_original=cognito.KeepOriginalAttrs(email=True),
            mfa=cognito.Mfa.REQUIRED,
            mfa_second_factor=cognito.MfaSecondFactor(sms=False, otp=True),
            password_policy=cognito.PasswordPolicy(
                min_length=14,
                require_digits=True,
                require_lowercase=True,
                require_symbols=True,
                require_uppercase=True,
                password_history_size=12,
                temp_password_validity=Duration.days(1),
            ),
            deletion_protection=removal_policy is not RemovalPolicy.DESTROY,
            removal_policy=removal_policy,
        )
        self.send_scope = cognito.OAuthScope.custom(f"{RESOURCE_SERVER}/{SEND_SCOPE}")
        self._block_risks()
        self.client = self._add_client(list(callback_urls))
        # A sign-in prefix is unique over all AWS accounts, as the stack's id and the place in it are.
        stack_uuid = Fn.select(2, Fn.split("/", Aws.STACK_ID))
        prefix = Fn.join("-", ["chatbot", Fn.select(4, Fn.split("-", stack_uuid)), self.node.addr[-8:]])
        self.domain = self.user_pool.add_domain(
            "SignIn",
            cognito_domain=cognito.CognitoDomainOptions(domain_prefix=prefix),
        )

    def _add_client(self, callback_urls: list[str]) -> cognito.UserPoolClient:
        send = cognito.ResourceServerScope(
            scope_name=SEND_SCOPE, scope_description="Send a message to the chatbot"
        )
        server = self.user_pool.add_resource_server("ChatApi", identifier=RESOURCE_SERVER, scopes=[send])
        client = self.user_pool.add_client(
            "WebClient",
            generate_secret=False,
            o_auth=cognito.OAuthSettings(
                flows=cognito.OAuthFlows(authorization_code_grant=True),
                scopes=[cognito.OAuthScope.OPENID, cognito.OAuthScope.resource_server(server, send)],
                callback_urls=callback_urls,
                logout_urls=callback_urls,
            ),
            supported_identity_providers=[cognito.UserPoolClientIdentityProvider.COGNITO],
            access_token_validity=Duration.minutes(15),
            id_token_validity=Duration.minutes(15),
            refresh_token_validity=Duration.hours(8),
            auth_session_validity=Duration.minutes(3),
            enable_token_revocation=True,
            prevent_user_existence_errors=True,
        )
        # Left out, Cognito would allow SRP, which its check for compromised passwords does not see.
        resource = client.node.default_child
        if not isinstance(resource, cognito.CfnUserPoolClient):
            raise TypeError(f"{client.node.path}: the CDK no longer makes a CfnUserPoolClient here.")
        resource.explicit_auth_flows = ["ALLOW_REFRESH_TOKEN_AUTH"]
        return client

    def _block_risks(self) -> None:
        """Say what full-function threat protection does, instead of leaving it to Cognito."""
        risk = cognito.CfnUserPoolRiskConfigurationAttachment
        risk(
            self,
            "Risks",
            user_pool_id=self.user_pool.user_pool_id,
            client_id="ALL",
            account_takeover_risk_configuration=risk.AccountTakeoverRiskConfigurationTypeProperty(
                actions=risk.AccountTakeoverActionsTypeProperty(
                    high_action=risk.AccountTakeoverActionTypeProperty(event_action="BLOCK", notify=False),
                    medium_action=risk.AccountTakeoverActionTypeProperty(
                        event_action="MFA_REQUIRED", notify=False
                    ),
                    low_action=risk.AccountTakeoverActionTypeProperty(
                        event_action="MFA_REQUIRED", notify=False
                    ),
                ),
            ),
            compromised_credentials_risk_configuration=risk.CompromisedCredentialsRiskConfigurationTypeProperty(
                actions=risk.CompromisedCredentialsActionsTypeProperty(event_action="BLOCK"),
            ),
        )
