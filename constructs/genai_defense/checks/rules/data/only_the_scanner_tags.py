"""Nobody but the scanner calls a document clean."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown
from genai_defense.checks.buckets import denies_all_but_named
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, Reference, Unresolved

_BUCKET = "ProtectedResource.S3Bucket.BucketName"


@rule(
    id="OwaspLlm-OnlyTheScannerTags",
    boundary=Boundary.DATA,
    level=Level.ERROR,
    info="Anybody who may tag objects of the scanned bucket can tag them clean.",
    explanation="What reads only documents that are tagged clean then reads malware, and documents that"
    " nobody has scanned.",
    remedy="Deny s3:PutObjectTagging in the bucket's policy to all but the aws:PrincipalArn of the plan's"
    " role.",
    source=Source(
        "https://docs.aws.amazon.com/guardduty/latest/ug/tag-based-access-s3-malware-protection.html",
        "2026-11-24",
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM03", "LLM04"),
        owasp_agentic=("ASI06",),
        mitre_atlas=("AML.T0070",),
        nist_csf=("PR.AA", "PR.DS"),
        nist_ai_600_1=("Information Integrity", "Information Security"),
        aws_gensec=("GENSEC06-BP01",),
    ),
    resource_types=("AWS::GuardDuty::MalwareProtectionPlan",),
)
def only_the_scanner_tags(plan: Resource, graph: TemplateGraph) -> Answer:
    """A plan that does not tag, and a bucket from elsewhere, are not judged."""
    bucket = plan.get(_BUCKET)
    if isinstance(bucket, Unresolved):
        return Unknown(_BUCKET, bucket.why)
    if not isinstance(bucket, Reference) or plan.get("Actions.Tagging.Status") != "ENABLED":
        return NotApplicable()
    named = denies_all_but_named(bucket.resource, graph, "s3:PutObjectTagging")
    if isinstance(named, Opaque):
        return Unknown(_BUCKET, f"its policy is opaque: {named.why}")
    if not named:
        return NonCompliant(_BUCKET, "no policy of the bucket says who alone tags its objects")
    return Compliant("its policy says who alone tags objects")
