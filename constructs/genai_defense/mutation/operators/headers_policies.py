"""Response headers of CloudFront: what keeps a page from running what a model wrote."""

from collections.abc import Iterator

from genai_defense.mutation.factories import CONVENTIONAL, at_most, changed, dropped
from genai_defense.mutation.operator import Site, Weakening, operator
from genai_defense.mutation.places import places

_POLICY = "AWS::CloudFront::ResponseHeadersPolicy"
_SECURITY = "ResponseHeadersPolicyConfig.SecurityHeadersConfig"
_CSP = f"{_SECURITY}.ContentSecurityPolicy.ContentSecurityPolicy"
_NAMES = (
    "ContentSecurityPolicy",
    "ContentTypeOptions",
    "FrameOptions",
    "ReferrerPolicy",
    "StrictTransportSecurity",
)

HEADERS = tuple(
    dropped(
        f"header-{name.lower()}-removed", CONVENTIONAL, _POLICY, f"{_SECURITY}.{name}", f"{name} is not sent."
    )
    for name in _NAMES
)
CONTENT, TYPE, FRAME, REFERRER, TRANSPORT = HEADERS
OVERRIDES = tuple(
    changed(
        f"header-{name.lower()}-yields",
        CONVENTIONAL,
        _POLICY,
        f"{_SECURITY}.{name}.Override",
        value=False,
        sentence=f"{name} of the origin counts.",
    )
    for name in _NAMES
)
CONTENT_YIELDS, TYPE_YIELDS, FRAME_YIELDS, REFERRER_YIELDS, TRANSPORT_YIELDS = OVERRIDES
TRANSPORT_SHORT = changed(
    "header-transport-short",
    CONVENTIONAL,
    _POLICY,
    f"{_SECURITY}.StrictTransportSecurity.AccessControlMaxAgeSec",
    at_most(60),
    "Browsers forget HTTPS after a minute.",
)
CORS = changed(
    "header-cors-anybody",
    CONVENTIONAL,
    _POLICY,
    "ResponseHeadersPolicyConfig.CorsConfig.AccessControlAllowOrigins.Items",
    ["*"],
    "Any page reads its answers.",
)
SAME_FRAME = changed(
    "header-frame-same-origin",
    CONVENTIONAL,
    _POLICY,
    f"{_SECURITY}.FrameOptions.FrameOption",
    lambda raw: "SAMEORIGIN" if raw == "DENY" else None,
    "Pages of its origin may frame it.",
)
UNSAFE_REFERRER = changed(
    "header-referrer-unsafe",
    CONVENTIONAL,
    _POLICY,
    f"{_SECURITY}.ReferrerPolicy.ReferrerPolicy",
    "unsafe-url",
    "Other sites read whole addresses.",
)


def _directives(text: str) -> list[str]:
    return [part.strip() for part in text.split(";") if part.strip()]


@operator(id="csp-directive-out", mutant_class=CONVENTIONAL, resource_types=(_POLICY,))
def directive_out(site: Site) -> Iterator[Weakening]:
    """Each directive of a written policy that says something else than the one that stands in for it."""
    for place in places(site.properties, _CSP):
        parts = _directives(place.value) if isinstance(place.value, str) else []
        default = next((part.split()[1:] for part in parts if part.startswith("default-src ")), None)
        for part in parts if len(parts) > 1 else ():
            name, *sources = part.split()
            if sources == default and name.endswith("-src") and name != "default-src":
                continue
            left = "; ".join(one for one in parts if one is not part)
            yield site.weakening(f"{name} is gone.", site.edit(place.path, left))


@operator(id="csp-source-added", mutant_class=CONVENTIONAL, resource_types=(_POLICY,))
def source_added(site: Site) -> Iterator[Weakening]:
    """Inline code and its evaluation, any host, for each directive that it is known for."""
    for place in places(site.properties, _CSP):
        parts = _directives(place.value) if isinstance(place.value, str) else []
        for index, part in enumerate(parts):
            name, *sources = part.split()
            extra = (
                ["'unsafe-inline'", "'unsafe-eval'", "*"] if name in ("default-src", "script-src") else ["*"]
            )
            if not name.endswith(("-src", "-ancestors", "-uri", "-action")):
                continue
            for source in extra:
                if source in sources:
                    continue
                kept = [one for one in sources if one != "'none'"]
                wider = [*parts[:index], " ".join([name, *kept, source]), *parts[index + 1 :]]
                yield site.weakening(f"{name} takes {source}.", site.edit(place.path, "; ".join(wider)))
