"""Load balancers: protocols, TLS, sign-in, logs, headers."""

from collections.abc import Iterator

from genai_defense.mutation.factories import CONVENTIONAL, changed, dropped
from genai_defense.mutation.operator import Site, Weakening, operator
from genai_defense.mutation.places import is_set, places
from genai_defense.mutation.shapes import is_array, is_object

_LISTENER = "AWS::ElasticLoadBalancingV2::Listener"
_BALANCER = "AWS::ElasticLoadBalancingV2::LoadBalancer"
_SIGN_IN = ("authenticate-cognito", "authenticate-oidc", "jwt-validation")
_WEAKER = {
    "access_logs.s3.enabled": "false",
    "connection_logs.s3.enabled": "false",
    "deletion_protection.enabled": "false",
    "routing.http.drop_invalid_header_fields.enabled": "false",
    "routing.http.desync_mitigation_mode": "monitor",
    "waf.fail_open.enabled": "true",
}


@operator(id="listener-http", mutant_class=CONVENTIONAL, resource_types=(_LISTENER,))
def http(site: Site) -> Iterator[Weakening]:
    """HTTPS becomes HTTP, TLS becomes TCP; what needs HTTPS goes as well."""
    weaker = {"HTTPS": "HTTP", "TLS": "TCP"}.get(str(site.get("Protocol")))
    if weaker is not None:
        names = ("Certificates", "SslPolicy", "MutualAuthentication", "AlpnPolicy")
        gone = [site.edit((name,)) for name in names if is_set(site.get(name))]
        yield site.weakening("It talks in the clear.", site.edit(("Protocol",), weaker), *gone)


@operator(id="listener-without-sign-in", mutant_class=CONVENTIONAL, resource_types=(_LISTENER,))
def sign_in(site: Site) -> Iterator[Weakening]:
    """The action that asks who calls goes, where another one follows it."""
    actions = site.get("DefaultActions")
    if is_array(actions):
        left = [a for a in actions if not (is_object(a) and a.get("Type") in _SIGN_IN)]
        if left and len(left) < len(actions):
            yield site.weakening("Nobody has to sign in.", site.edit(("DefaultActions",), left))


@operator(id="listener-redirect-to-http", mutant_class=CONVENTIONAL, resource_types=(_LISTENER,))
def redirect(site: Site) -> Iterator[Weakening]:
    """The redirect to HTTPS stays on HTTP."""
    for place in places(site.properties, "DefaultActions.*.RedirectConfig"):
        if is_object(place.value) and place.value.get("Protocol") == "HTTPS":
            weaker = {**place.value, "Protocol": "HTTP", "Port": "8080"}
            yield site.weakening("It redirects to HTTP.", site.edit(place.path, weaker))


TLS = changed(
    "listener-old-tls", CONVENTIONAL, _LISTENER, "SslPolicy", "ELBSecurityPolicy-2016-08", "It takes TLS 1.0."
)
TLS_DEFAULT = dropped(
    "listener-default-tls", CONVENTIONAL, _LISTENER, "SslPolicy", "It takes TLS 1.0, the default."
)
CERTIFICATES = changed(
    "listener-any-certificate",
    CONVENTIONAL,
    _LISTENER,
    "MutualAuthentication.Mode",
    "off",
    "No certificate of the caller is asked for.",
)
SCHEME = changed(
    "balancer-public",
    CONVENTIONAL,
    _BALANCER,
    "Scheme",
    lambda raw: "internet-facing" if raw == "internal" else None,
    "It is on the internet.",
)
TARGETS = changed(
    "targets-http",
    CONVENTIONAL,
    "AWS::ElasticLoadBalancingV2::TargetGroup",
    "Protocol",
    lambda raw: "HTTP" if raw == "HTTPS" else None,
    "It talks to its targets in the clear.",
)


@operator(id="balancer-attribute-weak", mutant_class=CONVENTIONAL, resource_types=(_BALANCER,))
def attribute(site: Site) -> Iterator[Weakening]:
    """Each attribute that protects."""
    for place in places(site.properties, "LoadBalancerAttributes.*"):
        entry = place.value if is_object(place.value) else {}
        key, weaker = str(entry.get("Key")), _WEAKER.get(str(entry.get("Key")))
        if weaker is not None and entry.get("Value") != weaker:
            yield site.weakening(f"{key} is {weaker}.", site.edit((*place.path, "Value"), weaker))
