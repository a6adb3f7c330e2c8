"""What answers are made of cannot be exchanged without a trace."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown
from genai_defense.checks.buckets import locked_days
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, Reference, Unresolved

_BUCKET = "DataSourceConfiguration.S3Configuration.BucketArn"


@rule(
    id="OwaspLlm-KnowledgeIsLocked",
    boundary=Boundary.DATA,
    level=Level.WARNING,
    info="The bucket that a knowledge base reads locks nothing.",
    explanation="Who poisons a document removes the version that was right, and afterwards nobody can say"
    " what the chatbot answered from.",
    remedy="Lock the bucket: ObjectLockConfiguration with a DefaultRetention.",
    source=Source("https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html", "2026-11-24"),
    mapping=Risks(
        owasp_llm_2025=("LLM04", "LLM08"),
        owasp_agentic=("ASI06",),
        mitre_atlas=("AML.T0070",),
        nist_csf=("PR.DS", "RC.RP"),
        nist_ai_600_1=("Information Integrity", "Information Security"),
        aws_gensec=("GENSEC06-BP01",),
    ),
    resource_types=("AWS::Bedrock::DataSource",),
)
def knowledge_is_locked(source: Resource, _graph: TemplateGraph) -> Answer:
    """A bucket from elsewhere, and a source that is no bucket, are not judged."""
    bucket = source.get(_BUCKET)
    if isinstance(bucket, Unresolved) and source.get("DataSourceConfiguration.S3Configuration") is not None:
        return Unknown(_BUCKET, bucket.why)
    if not isinstance(bucket, Reference):
        return NotApplicable()
    days = locked_days(bucket.resource)
    if isinstance(days, Opaque):
        return Unknown(_BUCKET, f"the lock of {bucket.resource.logical_id}: {days.why}")
    if days is None:
        return NonCompliant(_BUCKET, f"{bucket.resource.logical_id} locks nothing")
    return Compliant(f"each version is locked for {days} days")
