"""Where the chatbot runs and what it may reach."""

from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from genai_defense.settings.section import Section
from genai_defense.settings.types import VpcCidr, check_host


class NetworkSettings(Section):
    """Where the chatbot runs and what it may reach.

    Attributes:
        cidr: Private IPv4 network of the VPC, /16 to /22.
        availability_zones: Names of two or three zones, for example `us-east-1a`. Named, not looked up:
            synth is pure.
        egress: `none`: no route out exists. `inspected`: one way out, through AWS Network Firewall, which is
            paid by the hour in each zone (docs/egress.md).
        gateway_prefix_lists: Ids of AWS's prefix lists for S3 and DynamoDB in the Region (`aws ec2
            describe-managed-prefix-lists`); given, the functions' security groups open to these alone.
        allowed_domains: Hosts that `inspected` egress lets through (exact; a leading `*.` admits subdomains).
    """

    cidr: VpcCidr
    availability_zones: Annotated[tuple[str, ...], Field(min_length=2, max_length=3, strict=False)]
    egress: Literal["none", "inspected"] = "none"
    gateway_prefix_lists: Annotated[
        tuple[Annotated[str, StringConstraints(pattern=r"^pl-[0-9a-f]{8,17}$")], ...],
        Field(strict=False),
    ] = ()
    allowed_domains: Annotated[tuple[str, ...], Field(strict=False)] = ()

    @model_validator(mode="after")
    def _domains_and_mode_agree(self) -> Self:
        for domain in self.allowed_domains:
            try:
                check_host(domain.removeprefix("*."))
            except ValueError as error:
                raise ValueError(
                    f"allowed_domains: {domain!r} {error}, or *.example.com for its subdomains"
                ) from None
        if (self.egress == "inspected") != bool(self.allowed_domains):
            raise ValueError(
                'allowed_domains and egress belong together: "inspected" needs a domain, "none" takes none',
            )
        return self
