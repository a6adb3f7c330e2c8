"""Nobody reads a document before its scan has found it clean."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown
from genai_defense.checks.policy import Statement, statements
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, Reference, Unresolved, references

_BUCKET = "ProtectedResource.S3Bucket.BucketName"
_TAG = "s3:ExistingObjectTag/GuardDutyMalwareScanStatus"


@rule(
    id="OwaspLlm-UnscannedObjectsCannotBeRead",
    boundary=Boundary.DATA,
    level=Level.ERROR,
    info="Objects of the scanned bucket can be read before the scan has found them clean.",
    explanation="A scan takes a while and ends in an event; until then, and for whoever misses the event,"
    " malware is read like any document.",
    remedy=f"Deny s3:GetObject in the bucket's policy with StringNotEquals on {_TAG}, but for the scanner.",
    source=Source(
        "https://docs.aws.amazon.com/guardduty/latest/ug/tag-based-access-s3-malware-protection.html",
        "2026-11-24",
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM03", "LLM04"),
        owasp_agentic=("ASI06",),
        mitre_atlas=("AML.T0070",),
        nist_csf=("PR.DS", "PR.AA"),
        nist_ai_600_1=("Information Integrity", "Information Security"),
        aws_gensec=("GENSEC06-BP01",),
    ),
    resource_types=("AWS::GuardDuty::MalwareProtectionPlan",),
)
def unscanned_objects_cannot_be_read(plan: Resource, graph: TemplateGraph) -> Answer:
    """A bucket from elsewhere is not judged."""
    bucket = plan.get(_BUCKET)
    if isinstance(bucket, Unresolved):
        return Unknown(_BUCKET, bucket.why)
    if not isinstance(bucket, Reference):
        return NotApplicable()
    policies = [user for user in graph.referrers(bucket.resource) if user.type == "AWS::S3::BucketPolicy"]
    for policy in policies:
        if not any(reference.resource is bucket.resource for reference in references(policy.get("Bucket"))):
            continue
        if isinstance(document := policy.get("PolicyDocument"), Opaque):
            return Unknown(_BUCKET, f"its policy is opaque: {document.why}")
        if any(map(_hides, statements(document, "PolicyDocument"))):
            return Compliant("its policy denies reading what is not tagged clean")
    return NonCompliant(_BUCKET, "no policy of the bucket denies reading what is not tagged clean")


def _hides(statement: Statement) -> bool:
    if statement.may_allow or not statement.may_cover("s3:GetObject"):
        return False
    return any(
        (operator, key, values) == ("stringnotequals", _TAG.lower(), ["NO_THREATS_FOUND"])
        for operator, key, values in statement.tests()
    )
