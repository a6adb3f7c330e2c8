"""Nobody reads or changes a conversation on its way."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown
from genai_defense.checks.distribution import behaviors
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, dig, shown


@rule(
    id="OwaspLlm-DistributionIsHttpsOnly",
    boundary=Boundary.USER_INTERFACE,
    level=Level.ERROR,
    info="The distribution answers over plain HTTP.",
    explanation="Whoever sits between user and edge reads questions, answers and tokens, and can put words"
    " into the model's mouth.",
    remedy="Set ViewerProtocolPolicy of every behavior to https-only or redirect-to-https.",
    source=Source(
        "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-https-viewers-to-cloudfront.html",
        "2026-11-24",
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM02", "LLM05"),
        owasp_agentic=("ASI03",),
        mitre_atlas=("AML.T0024",),
        nist_csf=("PR.DS",),
        nist_ai_600_1=("Information Security", "Data Privacy"),
        aws_gensec=("GENSEC01-BP01",),
    ),
    resource_types=("AWS::CloudFront::Distribution",),
)
def distribution_is_https_only(distribution: Resource, _graph: TemplateGraph) -> Answer:
    """A behavior that says nothing is refused by CloudFront, so only a value counts."""
    for path, behavior in behaviors(distribution):
        policy = dig(behavior, "ViewerProtocolPolicy")
        where = f"{path}.ViewerProtocolPolicy"
        if isinstance(policy, Opaque):
            return Unknown(where, policy.why)
        if policy not in {"https-only", "redirect-to-https"}:
            return NonCompliant(where, f"ViewerProtocolPolicy is {shown(policy)}")
    return Compliant("every behavior takes HTTPS only, or redirects to it")
