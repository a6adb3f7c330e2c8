"""Sign-in for the chatbot's users."""

from collections.abc import Sequence

from aws_cdk import Duration, RemovalPolicy, Stack
from aws_cdk import aws_cognito as cognito
from constructs import Construct

from genai_defense.checks.acknowledge import acknowledge
from genai_defense.unique_name import unique_name
from genai_defense.user_interface.federation import Federation, add_provider

RESOURCE_SERVER = "chatbot"
SEND_SCOPE = "send"


class ChatbotUserPool(Construct):
    """A Cognito user pool that nobody enters with a password alone.

    Administrators create the users. A second factor is required: a TOTP code after the password, or a passkey
    that verifies its user, which Cognito counts as both factors at once (and which only a user may enrol who
    has TOTP as well, so that a lost device locks nobody out). Threat protection blocks compromised passwords
    and risky sign-ins. Groups are roles (`role-…`) and tenants (`tenant-…`). Clients are `WebClient`.

    Args:
        scope: Parent construct.
        construct_id: Id below the parent.
        roles: Names of roles, lower-case letters, digits and hyphens; each becomes the group `role-<name>`.
            Default: none.
        tenants: Names of tenants, likewise `tenant-<name>`; a user belongs to one. Default: none.
        federation: Another identity provider whose users may come in. It answers for their second factor,
            Cognito adds none; they come without role and tenant. Default: none.
        removal_policy: What `cdk destroy` does to the pool. Default: the pool stays and is protected against
            deletion.

    Attributes:
        user_pool: The pool, on the PLUS plan.
        provider: The other identity provider, if there is one.
        resource_server: Where the scope is defined.
        domain: Where users sign in, managed login of the second version. Its prefix is unique to the stack.
        send_scope: The OAuth scope `chatbot/send`, which the chat API asks for.

    Source: https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pool-settings-threat-protection.html,
        https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-mfa.html,
        https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_WebAuthnConfigurationType.html
        (read 2026-11-24).
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        roles: Sequence[str] = (),
        tenants: Sequence[str] = (),
        federation: Federation | None = None,
        removal_policy: RemovalPolicy = RemovalPolicy.RETAIN,
    ) -> None:
        super().__init__(scope, construct_id)
        # A sign-in prefix is unique over all AWS accounts. It is also the passkeys' relying party, so the
        # pool must know it before the domain exists.
        prefix = unique_name(self, "chatbot")
        self.user_pool = self._create_pool(prefix, removal_policy)
        if removal_policy is RemovalPolicy.DESTROY:
            acknowledge(
                self.user_pool,
                "OwaspLlm-UserPoolIsProtectedFromDeletion",
                reason="The profile says that `cdk destroy` takes the data along (deletable), which a "
                "protected pool would prevent. Its users are those of a trial; profiles that keep data "
                "protect the pool.",
            )
        self.send_scope = cognito.OAuthScope.custom(f"{RESOURCE_SERVER}/{SEND_SCOPE}")
        send = cognito.ResourceServerScope(
            scope_name=SEND_SCOPE, scope_description="Send a message to the chatbot"
        )
        self.resource_server = self.user_pool.add_resource_server(
            "ChatApi", identifier=RESOURCE_SERVER, scopes=[send]
        )
        self.domain = self.user_pool.add_domain(
            "SignIn",
            cognito_domain=cognito.CognitoDomainOptions(domain_prefix=prefix),
            managed_login_version=cognito.ManagedLoginVersion.NEWER_MANAGED_LOGIN,
        )
        self.provider = (
            add_provider(self, "Provider", user_pool=self.user_pool, federation=federation)
            if federation
            else None
        )
        self._let_passkeys_count_as_two_factors()
        self._block_risks()
        self._add_groups("role", roles)
        self._add_groups("tenant", tenants)

    def _create_pool(self, prefix: str, removal_policy: RemovalPolicy) -> cognito.UserPool:
        return cognito.UserPool(
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
            sign_in_policy=cognito.SignInPolicy(
                allowed_first_auth_factors=cognito.AllowedFirstAuthFactors(password=True, passkey=True)
            ),
            passkey_relying_party_id=f"{prefix}.auth.{Stack.of(self).region}.amazoncognito.com",
            passkey_user_verification=cognito.PasskeyUserVerification.REQUIRED,
            deletion_protection=removal_policy is not RemovalPolicy.DESTROY,
            removal_policy=removal_policy,
        )

    def _add_groups(self, kind: str, names: Sequence[str]) -> None:
        for name in names:
            cognito.CfnUserPoolGroup(
                self,
                f"{kind}-{name}",
                user_pool_id=self.user_pool.user_pool_id,
                group_name=f"{kind}-{name}",
            )

    def _let_passkeys_count_as_two_factors(self) -> None:
        # Without this, a pool that requires a second factor would take no passkey at all.
        resource = self.user_pool.node.default_child
        if not isinstance(resource, cognito.CfnUserPool):
            raise TypeError(f"{self.user_pool.node.path}: the CDK no longer makes a CfnUserPool here.")
        resource.web_authn_factor_configuration = "MULTI_FACTOR_WITH_USER_VERIFICATION"

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
