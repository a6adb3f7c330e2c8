"""What was put away is not read by chance."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown
from genai_defense.checks.buckets import denies_all_but_named, is_called
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque


@rule(
    id="OwaspLlm-QuarantineIsReadByNamedRoles",
    boundary=Boundary.DATA,
    level=Level.ERROR,
    info="Whoever has a permission to read buckets reads the quarantine, too.",
    explanation="Malware and poisoned documents reach people and functions that take them for ordinary ones.",
    remedy="Deny s3:GetObject in the bucket's policy to all but the aws:PrincipalArn of responders, or to"
    " everybody.",
    source=Source(
        "https://docs.aws.amazon.com/AmazonS3/latest/userguide/amazon-s3-policy-keys.html", "2026-11-24"
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM01", "LLM04"),
        owasp_agentic=("ASI06",),
        mitre_atlas=("AML.T0070",),
        nist_csf=("PR.AA", "RS.MI"),
        nist_ai_600_1=("Information Integrity", "Information Security"),
        aws_gensec=("GENSEC06-BP01",),
    ),
    resource_types=("AWS::S3::Bucket",),
)
def quarantine_is_read_by_named_roles(bucket: Resource, graph: TemplateGraph) -> Answer:
    """A bucket is a quarantine when its name or logical id says so."""
    if not is_called(bucket, graph, "quarantine"):
        return NotApplicable()
    named = denies_all_but_named(bucket, graph, "s3:GetObject")
    if isinstance(named, Opaque):
        return Unknown("", f"its policy is opaque: {named.why}")
    if not named:
        return NonCompliant("", "no policy of the bucket says who alone reads it")
    return Compliant("its policy says who alone reads it")
