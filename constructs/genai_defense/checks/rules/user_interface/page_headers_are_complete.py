"""A page that is protected by headers has all of them, and each at its strictest that fits."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown
from genai_defense.checks.content_security import directives_of
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, Value, dig

_HEADERS = "ResponseHeadersPolicyConfig.SecurityHeadersConfig"
_ALL = (
    "ContentSecurityPolicy",
    "ContentTypeOptions",
    "FrameOptions",
    "ReferrerPolicy",
    "StrictTransportSecurity",
)
_TELLING = ("unsafe-url", "no-referrer-when-downgrade")


@rule(
    id="OwaspLlm-PageHeadersAreComplete",
    boundary=Boundary.USER_INTERFACE,
    level=Level.WARNING,
    info="One security header is missing among the others, or undoes another one.",
    explanation="A browser guesses what a download is, shows the page in a frame of somebody else, or tells"
    " other sites the address of a conversation.",
    remedy="Add ContentTypeOptions, FrameOptions DENY and a ReferrerPolicy such as no-referrer beside"
    " the others.",
    source=Source(
        "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/understanding-response-headers-policies.html",
        "2026-11-24",
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM02", "LLM05"),
        owasp_agentic=("ASI01",),
        mitre_atlas=("AML.T0077",),
        nist_csf=("PR.PS", "PR.DS"),
        nist_ai_600_1=("Information Security",),
        aws_gensec=("GENSEC02-BP01",),
    ),
    resource_types=("AWS::CloudFront::ResponseHeadersPolicy",),
)
def page_headers_are_complete(policy: Resource, _graph: TemplateGraph) -> Answer:
    """Whoever sends two or three of the five chose them; of four, one was forgotten."""
    headers = policy.get(_HEADERS)
    if isinstance(headers, Opaque):
        return Unknown(_HEADERS, headers.why)
    if not isinstance(headers, dict):
        return NotApplicable()
    missing = [name for name in _ALL if headers.get(name) is None]
    if len(missing) == 1:
        return NonCompliant(f"{_HEADERS}.{missing[0]}", f"{missing[0]} alone is not sent")
    if fault := _fault(headers):
        return fault
    return NotApplicable() if missing else Compliant("all five security headers are sent")


def _fault(headers: dict[str, Value]) -> Answer | None:
    tells = dig(headers.get("ReferrerPolicy"), "ReferrerPolicy")
    if isinstance(tells, str) and tells in _TELLING:
        return NonCompliant(f"{_HEADERS}.ReferrerPolicy", f"{tells} tells other sites whole addresses")
    frame = dig(headers.get("FrameOptions"), "FrameOption")
    allowed = directives_of(headers.get("ContentSecurityPolicy")).get("frame-ancestors")
    if frame == "SAMEORIGIN" and allowed == ["'none'"]:
        return NonCompliant(f"{_HEADERS}.FrameOptions", "SAMEORIGIN lets in whom frame-ancestors shuts out")
    return None
