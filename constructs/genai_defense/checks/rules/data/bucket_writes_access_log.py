"""Who read which object can be told afterwards."""

from genai_defense.checks.answer import Answer, NotApplicable, Unknown
from genai_defense.checks.log_buckets import logs_to
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.switches import named
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque


@rule(
    id="OwaspLlm-BucketWritesAccessLog",
    boundary=Boundary.DATA,
    level=Level.WARNING,
    info="The bucket writes no server access log.",
    explanation="After a leak nobody can say which documents or conversations were read, by whom and from"
    " where.",
    remedy="Name a bucket for logs in LoggingConfiguration.",
    source=Source("https://docs.aws.amazon.com/AmazonS3/latest/userguide/ServerLogs.html", "2026-11-24"),
    mapping=Risks(
        owasp_llm_2025=("LLM06", "LLM10"),
        owasp_agentic=("ASI10",),
        mitre_atlas=("AML.T0034",),
        nist_csf=("DE.CM", "DE.AE"),
        nist_ai_600_1=("Information Security",),
        aws_gensec=("GENSEC03-BP01",),
    ),
    resource_types=("AWS::S3::Bucket",),
)
def bucket_writes_access_log(resource: Resource, graph: TemplateGraph) -> Answer:
    """A bucket that takes such logs needs none of its own."""
    if any(logs_to(other, resource) for other in graph.referrers(resource)):
        return NotApplicable()
    if resource.get("AccessControl") == "LogDeliveryWrite":
        return NotApplicable()
    logging = resource.get("LoggingConfiguration")
    if isinstance(logging, Opaque):
        return Unknown("LoggingConfiguration", logging.why)
    return named(resource, "LoggingConfiguration", why="reads leave no trace")
