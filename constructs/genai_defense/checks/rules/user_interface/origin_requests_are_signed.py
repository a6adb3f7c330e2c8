"""A private origin sees by the signature that the distribution asks."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, shown

_PATH = "OriginAccessControlConfig.SigningBehavior"


@rule(
    id="OwaspLlm-OriginRequestsAreSigned",
    boundary=Boundary.USER_INTERFACE,
    level=Level.ERROR,
    info="The origin access control signs no request, or not every one.",
    explanation="The bucket or function must be open to everybody to be read at all: past the web ACL, the"
    " headers and the log.",
    remedy="Set SigningBehavior to always.",
    source=Source(
        "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-s3.html",
        "2026-11-24",
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM02",),
        owasp_agentic=("ASI01",),
        mitre_atlas=("AML.T0077",),
        nist_csf=("PR.PS", "PR.DS"),
        nist_ai_600_1=("Information Security",),
        aws_gensec=("GENSEC02-BP01",),
    ),
    resource_types=("AWS::CloudFront::OriginAccessControl",),
)
def origin_requests_are_signed(control: Resource, _graph: TemplateGraph) -> Answer:
    """With no-override a viewer's own Authorization header takes the place of the signature, by choice."""
    behavior = control.get(_PATH)
    if isinstance(behavior, Opaque):
        return Unknown(_PATH, behavior.why)
    if behavior in ("always", "no-override"):
        return Compliant(f"SigningBehavior is {behavior}")
    return NonCompliant(_PATH, f"SigningBehavior is {shown(behavior)}")
