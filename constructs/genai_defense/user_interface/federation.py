"""Users whom another identity provider knows: the company's own directory, through OIDC or SAML."""

from dataclasses import dataclass
from typing import TypeAlias

from aws_cdk import SecretValue
from aws_cdk import aws_cognito as cognito
from constructs import Construct


@dataclass(frozen=True, kw_only=True)
class OidcFederation:
    """An OpenID Connect provider.

    Attributes:
        name: What Cognito calls it, 3 to 32 characters.
        issuer_url: Its issuer, `https://…`; Cognito reads the endpoints from its discovery document.
        client_id: The user pool's client id there.
        client_secret_arn: Secrets Manager secret with the client secret as its whole text; CloudFormation
            reads it at deployment, and it stands in no template.
    """

    name: str
    issuer_url: str
    client_id: str
    client_secret_arn: str


@dataclass(frozen=True, kw_only=True)
class SamlFederation:
    """A SAML 2.0 provider.

    Attributes:
        name: What Cognito calls it, 3 to 32 characters.
        metadata_url: Its metadata document, `https://…`.
    """

    name: str
    metadata_url: str


Federation: TypeAlias = OidcFederation | SamlFederation


def add_provider(
    scope: Construct, construct_id: str, *, user_pool: cognito.IUserPool, federation: Federation
) -> cognito.IUserPoolIdentityProvider:
    """Let the users of a provider into the pool; their e-mail address is taken from the provider.

    Args:
        scope: Parent construct.
        construct_id: Id below the parent.
        user_pool: The pool.
        federation: The provider.
    """
    attributes = cognito.AttributeMapping(
        email=cognito.ProviderAttribute.other("email"),
    )
    if isinstance(federation, OidcFederation):
        return cognito.UserPoolIdentityProviderOidc(
            scope,
            construct_id,
            user_pool=user_pool,
            name=federation.name,
            issuer_url=federation.issuer_url,
            client_id=federation.client_id,
            client_secret=SecretValue.secrets_manager(federation.client_secret_arn).unsafe_unwrap(),
            attribute_request_method=cognito.OidcAttributeRequestMethod.GET,
            scopes=["openid", "email"],
            attribute_mapping=attributes,
        )
    return cognito.UserPoolIdentityProviderSaml(
        scope,
        construct_id,
        user_pool=user_pool,
        name=federation.name,
        metadata=cognito.UserPoolIdentityProviderSamlMetadata.url(federation.metadata_url),
        idp_signout=True,
        request_signing_algorithm=cognito.SigningAlgorithm.RSA_SHA256,
        attribute_mapping=attributes,
    )
