"""The page as the user pool knows it."""

from collections.abc import Sequence

from aws_cdk import Duration
from aws_cdk import aws_cognito as cognito
from constructs import Construct

from genai_defense.user_interface.chatbot_user_pool import ChatbotUserPool


class WebClient(Construct):
    """The public client of the page: authorization code flow only, short tokens, revocable.

    Cognito verifies PKCE where the client sends a challenge. A refresh token is good for one use: Cognito
    gives a new one with every renewal. The sign-in pages are managed login, second version, the only one
    that offers passkeys (`/passkeys/add` enrols one).

    It is a construct of its own, for its callback is the distribution, and the distribution names the user
    pool.

    Args:
        scope: Parent construct.
        construct_id: Id below the parent.
        sign_in: The user pool.
        callback_urls: Where Cognito may send the user back to after sign-in and sign-out, the page's own
            address first. https only; Cognito also takes http://localhost.

    Attributes:
        client: The client. Access and id tokens live 15 minutes, refresh tokens 8 hours.

    Source: https://docs.aws.amazon.com/cognito/latest/developerguide/authentication-flows-selection-managedlogin.html,
        https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-the-refresh-token.html
        (read 2026-11-24).
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        sign_in: ChatbotUserPool,
        callback_urls: Sequence[str],
    ) -> None:
        super().__init__(scope, construct_id)
        provider = sign_in.provider
        federated = (
            [cognito.UserPoolClientIdentityProvider.custom(provider.provider_name)] if provider else []
        )
        self.client = cognito.UserPoolClient(
            self,
            "Client",
            user_pool=sign_in.user_pool,
            generate_secret=False,
            o_auth=cognito.OAuthSettings(
                flows=cognito.OAuthFlows(authorization_code_grant=True),
                scopes=[cognito.OAuthScope.OPENID, sign_in.send_scope],
                callback_urls=list(callback_urls),
                logout_urls=list(callback_urls),
            ),
            supported_identity_providers=[cognito.UserPoolClientIdentityProvider.COGNITO, *federated],
            access_token_validity=Duration.minutes(15),
            id_token_validity=Duration.minutes(15),
            refresh_token_validity=Duration.hours(8),
            refresh_token_rotation_grace_period=Duration.seconds(10),
            auth_session_validity=Duration.minutes(3),
            enable_token_revocation=True,
            prevent_user_existence_errors=True,
        )
        self._offer_choice()
        # The scope must exist before a client may ask for it.
        self.client.node.add_dependency(sign_in.resource_server)
        if provider:
            self.client.node.add_dependency(provider)
        cognito.CfnManagedLoginBranding(
            self,
            "SignInPages",
            user_pool_id=sign_in.user_pool.user_pool_id,
            client_id=self.client.user_pool_client_id,
            use_cognito_provided_values=True,
        )

    def _offer_choice(self) -> None:
        """Let users choose between passkey and password, and close every other way to sign in.

        Left out, Cognito would allow SRP by itself, which its check for compromised passwords does not see.
        The choice-based flow can also be called directly; it asks for the second factor all the same, and
        its tokens do not carry the scope that the chat API demands.
        """
        resource = self.client.node.default_child
        if not isinstance(resource, cognito.CfnUserPoolClient):
            raise TypeError(f"{self.client.node.path}: the CDK no longer makes a CfnUserPoolClient here.")
        resource.explicit_auth_flows = ["ALLOW_USER_AUTH"]
