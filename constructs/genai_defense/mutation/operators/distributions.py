"""CloudFront: protocols, TLS, web ACL, origins, headers, logs."""

from collections.abc import Iterator

from genai_defense.mutation.factories import CONVENTIONAL, changed, dropped
from genai_defense.mutation.operator import Site, Weakening, operator
from genai_defense.mutation.places import places
from genai_defense.mutation.shapes import is_object

_DISTRIBUTION = "AWS::CloudFront::Distribution"
_BEHAVIORS = ("DistributionConfig.DefaultCacheBehavior", "DistributionConfig.CacheBehaviors.*")
_ORIGIN = "DistributionConfig.Origins.*"
_CUSTOM = f"{_ORIGIN}.CustomOriginConfig"
_DROPPED = {
    "ResponseHeadersPolicyId": "sends no security headers",
    "TrustedKeyGroups": "serves unsigned addresses",
    "FunctionAssociations": "runs no function",
    "LambdaFunctionAssociations": "runs no function",
}


@operator(id="distribution-http", mutant_class=CONVENTIONAL, resource_types=(_DISTRIBUTION,))
def http(site: Site) -> Iterator[Weakening]:
    """Each behaviour."""
    for pattern in _BEHAVIORS:
        for place in places(site.properties, pattern):
            if is_object(place.value) and place.value.get("ViewerProtocolPolicy") != "allow-all":
                yield site.weakening(
                    f"{place.label or 'The default'} answers on HTTP.",
                    site.edit((*place.path, "ViewerProtocolPolicy"), "allow-all"),
                )


@operator(id="distribution-behaviour-bare", mutant_class=CONVENTIONAL, resource_types=(_DISTRIBUTION,))
def bare(site: Site) -> Iterator[Weakening]:
    """Each protection of each behaviour."""
    for pattern in _BEHAVIORS:
        for place in places(site.properties, pattern):
            for name, what in _DROPPED.items():
                if is_object(place.value) and place.value.get(name):
                    yield site.weakening(
                        f"{place.label or 'The default'} {what}.", site.edit((*place.path, name))
                    )


@operator(id="distribution-default-certificate", mutant_class=CONVENTIONAL, resource_types=(_DISTRIBUTION,))
def certificate(site: Site) -> Iterator[Weakening]:
    """CloudFront's own certificate takes TLS 1.0."""
    for place in places(site.properties, "DistributionConfig.ViewerCertificate"):
        if is_object(place.value) and place.value.get("CloudFrontDefaultCertificate") is not True:
            yield site.weakening(
                "It has CloudFront's certificate.",
                site.edit(place.path, {"CloudFrontDefaultCertificate": True}),
                site.edit(("DistributionConfig", "Aliases"), []),
            )


TLS = changed(
    "distribution-old-tls",
    CONVENTIONAL,
    _DISTRIBUTION,
    "DistributionConfig.ViewerCertificate.MinimumProtocolVersion",
    "TLSv1",
    "It takes TLS 1.0.",
)
WEB_ACL = dropped(
    "distribution-web-acl-detached",
    CONVENTIONAL,
    _DISTRIBUTION,
    "DistributionConfig.WebACLId",
    "No web ACL looks at requests.",
)
LOGS = dropped(
    "distribution-log-off",
    CONVENTIONAL,
    _DISTRIBUTION,
    "DistributionConfig.Logging",
    "Requests are not logged.",
)
CONTROL = dropped(
    "distribution-origin-uncontrolled",
    CONVENTIONAL,
    _DISTRIBUTION,
    f"{_ORIGIN}.OriginAccessControlId",
    "{} must be public to be read.",
)
ORIGIN_HTTP = changed(
    "distribution-origin-http",
    CONVENTIONAL,
    _DISTRIBUTION,
    f"{_CUSTOM}.OriginProtocolPolicy",
    "http-only",
    "It talks to {} in the clear.",
)
ORIGIN_TLS = changed(
    "distribution-origin-old-tls",
    CONVENTIONAL,
    _DISTRIBUTION,
    f"{_CUSTOM}.OriginSSLProtocols",
    ["TLSv1", "TLSv1.1", "TLSv1.2"],
    "It takes TLS 1.0 of {}.",
)
PROOF = dropped(
    "distribution-origin-without-proof",
    CONVENTIONAL,
    _DISTRIBUTION,
    f"{_ORIGIN}.OriginCustomHeaders",
    "{} cannot tell who calls.",
)
COUNTRIES = dropped(
    "distribution-everywhere",
    CONVENTIONAL,
    _DISTRIBUTION,
    "DistributionConfig.Restrictions",
    "Every country is served.",
)
UNSIGNED = changed(
    "origin-unsigned",
    CONVENTIONAL,
    "AWS::CloudFront::OriginAccessControl",
    "OriginAccessControlConfig.SigningBehavior",
    "never",
    "Requests to the origin are not signed.",
)
