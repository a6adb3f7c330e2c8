"""Under which name users reach the chatbot, and how they sign in."""

from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from genai_defense.settings.section import Section
from genai_defense.settings.types import Host

Country = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]


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
