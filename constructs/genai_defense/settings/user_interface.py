"""Under which name users reach the chatbot, how they sign in, and what stands in front of it."""

from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from genai_defense.settings.section import Section
from genai_defense.settings.types import Host, HttpsUrl

Country = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
Rate = Annotated[int, Field(ge=10, le=2_000_000_000)]


class DistributionSettings(Section):
    """Under which name and from where the distribution is reached.

    Attributes:
        domain_name: Host name of the chatbot, such as `chat.example.com`; you set its DNS record to the
            distribution. Unset, the chatbot is reached under CloudFront's own name, and AWS fixes TLS 1.0 as
            the least version there: set it, with its certificate, wherever real users come.
        certificate_arn: ARN of the ACM certificate of `domain_name`, which CloudFront takes from us-east-1
            only; one is not set without the other.
        countries: Two-letter codes (ISO 3166-1) of the countries that may reach the chatbot; empty admits
            all.
        price_class: Where CloudFront has edges for it: `100` (North America, Europe, Israel), `200` (and
            Asia, Africa, the Middle East) or `all`.
        origin_proof_generation: Number of the secret by which the API knows the distribution; raise it by
            one and deploy to rotate the secret, at most one step a deployment.
    """

    domain_name: Host | None = None
    certificate_arn: (
        Annotated[str, StringConstraints(pattern=r"^arn:aws:acm:us-east-1:\d{12}:certificate/[0-9a-f-]{36}$")]
        | None
    ) = None
    countries: Annotated[tuple[Country, ...], Field(strict=False)] = ()
    price_class: Literal["100", "200", "all"] = "100"
    origin_proof_generation: Annotated[int, Field(ge=1, le=10_000)] = 1

    @model_validator(mode="after")
    def _name_and_certificate_belong_together(self) -> Self:
        if (self.domain_name is None) != (self.certificate_arn is None):
            raise ValueError("domain_name and certificate_arn belong together: set both or neither")
        return self


_GroupName = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,62}$")]
_ProviderName = Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9_-]{2,31}$")]


class OidcSettings(Section):
    """Another identity provider, by OpenID Connect.

    Attributes:
        kind: `oidc`.
        name: What Cognito calls it, 3 to 32 characters.
        issuer_url: Its issuer.
        client_id: The user pool's client id there.
        client_secret_arn: Secrets Manager secret whose text is the client secret.
    """

    kind: Literal["oidc"]
    name: _ProviderName
    issuer_url: HttpsUrl
    client_id: Annotated[str, Field(min_length=1, max_length=256)]
    client_secret_arn: Annotated[
        str,
        StringConstraints(pattern=r"^arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:\d{12}:secret:[\w/+=.@-]+$"),
    ]


class SamlSettings(Section):
    """Another identity provider, by SAML 2.0.

    Attributes:
        kind: `saml`.
        name: What Cognito calls it, 3 to 32 characters.
        metadata_url: Its metadata document.
    """

    kind: Literal["saml"]
    name: _ProviderName
    metadata_url: HttpsUrl


class SignInSettings(Section):
    """Who may sign in, and as what.

    Attributes:
        roles: Roles that users can have; each becomes the Cognito group `role-<name>`. `support` uses
            the sample tools, `approver` decides on their actions that wait for a human.
        tenants: Tenants that users can belong to, each the group `tenant-<name>`; a user is in one at most.
        federation: Another identity provider whose users may come in: `{"kind": "oidc", "name", "issuer_url",
            "client_id", "client_secret_arn"}` or `{"kind": "saml", "name", "metadata_url"}`. It answers for
            their second factor, and they come without role and tenant.
        callback_urls: Where else than to the distribution Cognito may send a user back to; https only.
    """

    roles: Annotated[tuple[_GroupName, ...], Field(strict=False)] = ("approver", "support")
    tenants: Annotated[tuple[_GroupName, ...], Field(strict=False)] = ()
    federation: Annotated[OidcSettings | SamlSettings, Field(discriminator="kind")] | None = None
    callback_urls: Annotated[tuple[HttpsUrl, ...], Field(strict=False)] = ()


class WebAclSettings(Section):
    """The web ACLs of the distribution, the API stage and the user pool.

    Attributes:
        requests_per_five_minutes: Requests of one address to the distribution, and of one token to the API,
            in any five minutes, 10 to 2,000,000,000. An office behind one address is one client.
        chat_requests_per_five_minutes: Of these, requests on the chat path, 10 to 2,000,000,000.
        sign_in_requests_per_five_minutes: Requests of one address to the user pool, 10 to 2,000,000,000.
        anti_ddos: Let AWS's anti-DDoS group watch the distribution. About 20 USD a month and 0.15 USD per
            million requests.
        bot_control: `common` (10 USD a month, 1 USD per million requests) stops bots that say what they are,
            `targeted` (10 USD per million) those that do not; both also stop scripts without a browser.
        account_takeover_login_path: Path of a sign-in endpoint of yours behind the distribution (JSON with
            `username` and `password`) whose attempts are compared with stolen credentials: 10 USD a month and
            1 USD per thousand attempts. Unset: Cognito's own threat protection alone watches the sign-in,
            for which AWS does not offer this group.
    """

    requests_per_five_minutes: Rate = 1500
    chat_requests_per_five_minutes: Rate = 300
    sign_in_requests_per_five_minutes: Rate = 300
    anti_ddos: bool = True
    bot_control: Literal["none", "common", "targeted"] = "none"
    account_takeover_login_path: Annotated[str, StringConstraints(pattern=r"^/[!-~]{1,255}$")] | None = None
