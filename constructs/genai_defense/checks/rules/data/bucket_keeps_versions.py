"""What is overwritten or deleted in a bucket can be had back."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown
from genai_defense.checks.log_buckets import logs_to
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, flag, shown

_STATUS = "VersioningConfiguration.Status"


@rule(
    id="OwaspLlm-BucketKeepsVersions",
    boundary=Boundary.DATA,
    level=Level.WARNING,
    info="The bucket keeps no earlier versions of its objects.",
    explanation="A poisoned document replaces the sound one for good, and records that somebody deletes are"
    " gone.",
    remedy="Set VersioningConfiguration.Status to Enabled.",
    source=Source("https://docs.aws.amazon.com/AmazonS3/latest/userguide/Versioning.html", "2026-11-24"),
    mapping=Risks(
        owasp_llm_2025=("LLM04", "LLM10"),
        owasp_agentic=("ASI06",),
        mitre_atlas=("AML.T0025",),
        nist_csf=("PR.DS", "RC.RP"),
        nist_ai_600_1=("Information Integrity", "Information Security"),
        aws_gensec=("GENSEC06-BP01",),
    ),
    resource_types=("AWS::S3::Bucket",),
)
def bucket_keeps_versions(resource: Resource, graph: TemplateGraph) -> Answer:
    """A bucket for access logs is written once and read rarely; an Object Lock brings versions along."""
    status = resource.get(_STATUS)
    if status == "Suspended":
        return NonCompliant(_STATUS, f"{_STATUS} is Suspended: what is overwritten from now on is lost")
    if any(logs_to(other, resource) for other in graph.referrers(resource)):
        return NotApplicable()
    if isinstance(status, Opaque):
        return Unknown(_STATUS, status.why)
    if status == "Enabled" or flag(resource.get("ObjectLockEnabled"), default=False) is True:
        return Compliant("earlier versions are kept")
    return NonCompliant(_STATUS, f"{_STATUS} is {shown(status)}")
