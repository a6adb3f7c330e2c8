"""Who came to the front door, and when, stands in a log."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Unresolved


@rule(
    id="OwaspLlm-DistributionWritesAccessLog",
    boundary=Boundary.USER_INTERFACE,
    level=Level.WARNING,
    info="The distribution writes no access log.",
    explanation="An attack that the edge answered, from its cache or with a refusal, leaves no line"
    " that says from where it came.",
    remedy="Set Logging with a bucket, or deliver its logs with an AWS::Logs::DeliverySource.",
    source=Source(
        "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/AccessLogs.html", "2026-11-24"
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM06", "LLM10"),
        owasp_agentic=("ASI08",),
        mitre_atlas=("AML.T0040",),
        nist_csf=("DE.CM",),
        nist_ai_600_1=("Information Security",),
        aws_gensec=("GENSEC03-BP01",),
    ),
    resource_types=("AWS::CloudFront::Distribution",),
)
def distribution_writes_access_log(distribution: Resource, graph: TemplateGraph) -> Answer:
    """Either way of delivery counts."""
    bucket = distribution.get("DistributionConfig.Logging.Bucket")
    if isinstance(bucket, Unresolved):
        return Unknown("DistributionConfig.Logging.Bucket", bucket.why)
    sources = [one for one in graph.referrers(distribution) if one.type == "AWS::Logs::DeliverySource"]
    if bucket or sources:
        return Compliant("each request leaves a line in the access log")
    return NonCompliant("DistributionConfig.Logging", "no log is delivered")
