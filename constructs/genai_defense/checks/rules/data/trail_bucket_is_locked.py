"""What was done stays written down."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, Reference, shown


@rule(
    id="OwaspLlm-TrailBucketIsLocked",
    boundary=Boundary.DATA,
    level=Level.ERROR,
    info="The files of the trail can be deleted or replaced.",
    explanation="Who attacks the chatbot deletes the traces of it. File validation shows that a file is"
    " missing, and brings nothing back.",
    remedy="Lock the bucket of the trail: ObjectLockConfiguration with a DefaultRetention.",
    source=Source("https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html", "2026-11-24"),
    mapping=Risks(
        owasp_llm_2025=("LLM10",),
        owasp_agentic=("ASI03",),
        mitre_atlas=("AML.T0025",),
        nist_csf=("PR.DS",),
        nist_ai_600_1=("Information Security",),
        aws_gensec=("GENSEC01-BP03",),
    ),
    resource_types=("AWS::CloudTrail::Trail",),
)
def trail_bucket_is_locked(trail: Resource, _graph: TemplateGraph) -> Answer:
    """A bucket of another account or template cannot be seen, so it counts as unknown."""
    bucket = trail.get("S3BucketName")
    if not isinstance(bucket, Reference) or bucket.resource.type != "AWS::S3::Bucket":
        return Unknown("S3BucketName", f"it names {shown(bucket)}, which is not in these templates")
    path = "ObjectLockConfiguration.Rule.DefaultRetention"
    retention = bucket.resource.get(path)
    if isinstance(retention, Opaque):
        return Unknown("S3BucketName", f"{path} of its bucket: {retention.why}")
    if not retention:
        return NonCompliant("S3BucketName", f"its bucket {bucket.resource.logical_id} locks nothing")
    return Compliant(f"records are locked in {bucket.resource.logical_id}")
