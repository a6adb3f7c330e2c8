"""A bucket is for this account or organization, whatever a policy elsewhere allows."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown
from genai_defense.checks.policies_on import policies_on
from genai_defense.checks.policy import Statement, statements
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque

_USES = ("s3:GetObject", "s3:PutObject")
_OTHER_THAN = {"stringnotequals", "stringnotequalsignorecase", "stringnotlike"}
_OURS = {
    "aws:principalaccount",
    "aws:principalorgid",
    "aws:principalorgpaths",
    "aws:sourcevpc",
    "aws:sourcevpce",
    "aws:vpceorgid",
}


@rule(
    id="OwaspLlm-BucketKeepsStrangersOut",
    boundary=Boundary.DATA,
    level=Level.WARNING,
    info="No statement of the bucket's policy refuses callers from outside the account or organization.",
    explanation="One Allow too many, or a stolen presigned address, is enough to carry conversations,"
    " documents or records to somebody else.",
    remedy="Deny s3:* where aws:PrincipalAccount or aws:PrincipalOrgID is not yours; let AWS services in.",
    source=Source(
        "https://docs.aws.amazon.com/whitepapers/latest/building-a-data-perimeter-on-aws/perimeter-implementation.html",
        "2026-11-24",
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM02", "LLM08"),
        owasp_agentic=("ASI03",),
        mitre_atlas=("AML.T0025",),
        nist_csf=("PR.AA", "PR.DS"),
        nist_ai_600_1=("Information Security",),
        aws_gensec=("GENSEC01-BP03",),
    ),
    resource_types=("AWS::S3::Bucket",),
)
def bucket_keeps_strangers_out(bucket: Resource, graph: TemplateGraph) -> Answer:
    """One statement is enough: a Deny for whoever is not of the account or organization."""
    opaque: Answer | None = None
    for policy in policies_on(bucket, graph):
        for statement in statements(policy.get("PolicyDocument"), "PolicyDocument"):
            if isinstance(statement.body, Opaque):
                opaque = Unknown("BucketPolicy", statement.body.why)
            elif _refuses_strangers(statement):
                return Compliant(f"{policy.logical_id} refuses strangers")
    return opaque or NonCompliant("BucketPolicy", "no statement refuses callers from outside")


def _refuses_strangers(statement: Statement) -> bool:
    """A Deny of reading and of writing; where everybody counts as ours, it refuses nobody."""
    if statement.may_allow or not all(map(statement.may_cover, _USES)):
        return False
    return any(
        operator.removesuffix("ifexists") in _OTHER_THAN and key in _OURS and "*" not in values
        for operator, key, values in statement.tests()
    )
