"""No knowledge base reads a bucket into which unscanned documents can be put."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown
from genai_defense.checks.policy import Statement, statements
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Reference, Unresolved, references

_BUCKET = "DataSourceConfiguration.S3Configuration.BucketArn"
_NEGATED = ("arnnotequals", "arnnotlike", "stringnotequals", "stringnotlike")


@rule(
    id="OwaspLlm-DocumentsAreScannedBeforeTheyAreRead",
    boundary=Boundary.DATA,
    level=Level.ERROR,
    info="The knowledge base reads a bucket that nothing scans, and into which more than one role may write.",
    explanation="Malware, and documents with orders to the model, go from an upload straight into the"
    " answers.",
    remedy="Put a GuardDuty malware protection plan on the bucket; or let one examining role alone write into"
    " it, by a Deny of s3:PutObject to all but its aws:PrincipalArn.",
    source=Source(
        "https://docs.aws.amazon.com/guardduty/latest/ug/gdu-malware-protection-s3.html", "2026-11-24"
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM01", "LLM04", "LLM08"),
        owasp_agentic=("ASI01", "ASI06"),
        mitre_atlas=("AML.T0051", "AML.T0070"),
        nist_csf=("PR.DS", "DE.CM"),
        nist_ai_600_1=("Information Integrity", "Information Security"),
        aws_gensec=("GENSEC06-BP01",),
    ),
    resource_types=("AWS::Bedrock::DataSource",),
)
def documents_are_scanned_before_they_are_read(source: Resource, graph: TemplateGraph) -> Answer:
    """A bucket from elsewhere, and a source that is no bucket, are not judged."""
    bucket = source.get(_BUCKET)
    if isinstance(bucket, Unresolved) and source.get("DataSourceConfiguration.S3Configuration") is not None:
        return Unknown(_BUCKET, bucket.why)
    if not isinstance(bucket, Reference):
        return NotApplicable()
    users = graph.referrers(bucket.resource)
    if any(user.type == "AWS::GuardDuty::MalwareProtectionPlan" for user in users):
        return Compliant("GuardDuty scans what is put into the bucket")
    policies = [user for user in users if user.type == "AWS::S3::BucketPolicy"]
    if any(_one_writer(each) for policy in policies for each in _statements(policy, bucket.resource)):
        return Compliant("one examining role alone writes into the bucket")
    return NonCompliant(_BUCKET, "nothing scans the bucket, and its policy names no only writer")


def _statements(policy: Resource, bucket: Resource) -> list[Statement]:
    named = any(reference.resource is bucket for reference in references(policy.get("Bucket")))
    return list(statements(policy.get("PolicyDocument"), "PolicyDocument")) if named else []


def _one_writer(statement: Statement) -> bool:
    if statement.may_allow or not statement.may_cover("s3:PutObject"):
        return False
    return any(
        operator in _NEGATED and key == "aws:principalarn" and values
        for operator, key, values in statement.tests()
    )
