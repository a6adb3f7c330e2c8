"""A scan whose results are awaited takes place."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, Reference, dig, items, references

_NAMES = "detail.s3ObjectDetails.bucketName"
_RESULT = "GuardDuty Malware Protection Object Scan Result"
_PLAN = "AWS::GuardDuty::MalwareProtectionPlan"


@rule(
    id="OwaspLlm-AwaitedScanTakesPlace",
    boundary=Boundary.DATA,
    level=Level.ERROR,
    info="The rule waits for scan results of a bucket that no malware protection plan scans.",
    explanation="Documents pile up unexamined, until somebody lets them round the scan.",
    remedy="Add an AWS::GuardDuty::MalwareProtectionPlan for the bucket.",
    source=Source(
        "https://docs.aws.amazon.com/guardduty/latest/ug/gdu-malware-protection-s3.html", "2026-11-24"
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM03", "LLM04"),
        owasp_agentic=("ASI06",),
        mitre_atlas=("AML.T0070",),
        nist_csf=("PR.DS", "DE.CM"),
        nist_ai_600_1=("Information Integrity", "Information Security"),
        aws_gensec=("GENSEC06-BP01",),
    ),
    resource_types=("AWS::Events::Rule",),
)
def awaited_scan_takes_place(rule_: Resource, graph: TemplateGraph) -> Answer:
    """Only rules that name a bucket of these templates are judged."""
    pattern = rule_.get("EventPattern")
    if isinstance(pattern, Opaque):
        return Unknown("EventPattern", pattern.why)
    named = [reference.resource for reference in references(dig(pattern, _NAMES))]
    if _RESULT not in items(dig(pattern, "detail-type")) or not named:
        return NotApplicable()
    scanned = {
        bucket.resource
        for plan in graph.of_type(_PLAN)
        if isinstance(bucket := plan.get("ProtectedResource.S3Bucket.BucketName"), Reference)
    }
    for awaited in named:
        if awaited not in scanned:
            return NonCompliant(
                f"EventPattern.{_NAMES}", f"no malware protection plan scans {awaited.logical_id}"
            )
    return Compliant("a plan scans what it waits for")
