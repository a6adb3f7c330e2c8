"""Where a page is protected by headers, every path of its distribution is."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable
from genai_defense.checks.distribution import behaviors
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import dig

_NAME = "ResponseHeadersPolicyId"


@rule(
    id="OwaspLlm-EveryBehaviorSendsHeaders",
    boundary=Boundary.USER_INTERFACE,
    level=Level.WARNING,
    info="A behavior of the distribution sends no security headers, though the default one does.",
    explanation="A file or an answer under that path runs in the origin of the chatbot, without the content"
    " security policy that all else has.",
    remedy="Set ResponseHeadersPolicyId on the behavior as well.",
    source=Source(
        "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/adding-response-headers.html",
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
    resource_types=("AWS::CloudFront::Distribution",),
)
def every_behavior_sends_headers(distribution: Resource, _graph: TemplateGraph) -> Answer:
    """A distribution whose pages have none has a rule of its own."""
    (_, default), *others = behaviors(distribution)
    if dig(default, _NAME) is None or not others:
        return NotApplicable()
    for path, behavior in others:
        if dig(behavior, _NAME) is None:
            return NonCompliant(f"{path}.{_NAME}", "the behavior sends no security headers")
    return Compliant("every behavior has a response headers policy")
