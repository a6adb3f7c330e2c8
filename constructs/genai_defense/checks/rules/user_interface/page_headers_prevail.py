"""What the distribution says about security stands, whatever the origin says."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, dig, flag

_HEADERS = "ResponseHeadersPolicyConfig.SecurityHeadersConfig"


@rule(
    id="OwaspLlm-PageHeadersPrevail",
    boundary=Boundary.USER_INTERFACE,
    level=Level.WARNING,
    info="A security header of the distribution yields to one of the origin.",
    explanation="An answer that a model wrote, or a file that somebody put into the bucket, brings its own"
    " content security policy, or none that holds.",
    remedy="Set Override of each security header to true.",
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
def page_headers_prevail(policy: Resource, _graph: TemplateGraph) -> Answer:
    """CloudFront asks for Override with each header; XSSProtection does nothing in today's browsers."""
    headers = policy.get(_HEADERS)
    if isinstance(headers, Opaque):
        return Unknown(_HEADERS, headers.why)
    present = (
        {name: each for name, each in headers.items() if name != "XSSProtection"}
        if isinstance(headers, dict)
        else {}
    )
    for name, each in present.items():
        path = f"{_HEADERS}.{name}.Override"
        override = flag(each if isinstance(each, Opaque) else dig(each, "Override"), default=False)
        if isinstance(override, Opaque):
            return Unknown(path, override.why)
        if not override:
            return NonCompliant(path, f"{name} of the origin counts")
    return Compliant(f"{len(present)} security headers prevail") if present else NotApplicable()
