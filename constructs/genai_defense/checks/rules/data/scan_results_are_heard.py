"""Somebody hears what a malware scan found."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, Reference, Value, dig, items, references

_BUCKET = "ProtectedResource.S3Bucket.BucketName"
_RESULT = "GuardDuty Malware Protection Object Scan Result"


@rule(
    id="OwaspLlm-ScanResultsAreHeard",
    boundary=Boundary.DATA,
    level=Level.WARNING,
    info="No enabled rule of EventBridge takes the results of the malware scan anywhere.",
    explanation="Malware is found and nobody is told; or documents wait for a result that never comes, and"
    " somebody lets them round the scan.",
    remedy="Add an AWS::Events::Rule for source aws.guardduty and detail-type 'GuardDuty Malware Protection"
    " Object Scan Result' with a target.",
    source=Source(
        "https://docs.aws.amazon.com/guardduty/latest/ug/monitor-with-eventbridge-s3-malware-protection.html",
        "2026-11-24",
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM03", "LLM04"),
        owasp_agentic=("ASI06",),
        mitre_atlas=("AML.T0020",),
        nist_csf=("DE.CM", "DE.AE"),
        nist_ai_600_1=("Information Integrity", "Information Security"),
        aws_gensec=("GENSEC06-BP01",),
    ),
    resource_types=("AWS::GuardDuty::MalwareProtectionPlan",),
)
def scan_results_are_heard(plan: Resource, graph: TemplateGraph) -> Answer:
    """Rules on a bus of their own do not count: GuardDuty tells the default one."""
    bucket, unread = plan.get(_BUCKET), list[str]()
    for rule_ in graph.of_type("AWS::Events::Rule"):
        if rule_.get("EventBusName") in {None, "default"} and _hears(rule_, bucket):
            return Compliant(f"{rule_.logical_id} takes the results to its targets")
        if isinstance(rule_.get("EventPattern"), Opaque):
            unread.append(rule_.logical_id)
    if unread:
        return Unknown("", f"the pattern of {unread[0]} cannot be read")
    return NonCompliant("", "no enabled rule with a target names its results")


def _hears(rule_: Resource, bucket: Value) -> bool:
    pattern = rule_.get("EventPattern")
    if rule_.get("State") == "DISABLED" or isinstance(pattern, Opaque) or not items(rule_.get("Targets")):
        return False
    named = dig(pattern, "detail.s3ObjectDetails.bucketName")
    return (
        "aws.guardduty" in items(dig(pattern, "source"))
        and _RESULT in (items(dig(pattern, "detail-type")) or [_RESULT])
        and (named is None or _is_among(bucket, named))
    )


def _is_among(bucket: Value, named: Value) -> bool:
    if isinstance(bucket, Reference):
        return any(reference.resource is bucket.resource for reference in references(named))
    return bucket in items(named)
