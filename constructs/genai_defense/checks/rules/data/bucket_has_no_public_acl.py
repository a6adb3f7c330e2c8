"""No ACL gives a bucket to everybody."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, shown

_PUBLIC = ("PublicRead", "PublicReadWrite", "AuthenticatedRead")


@rule(
    id="OwaspLlm-BucketHasNoPublicAcl",
    boundary=Boundary.DATA,
    level=Level.ERROR,
    info="The bucket's canned ACL lets everybody, or every AWS account, in.",
    explanation="Documents, conversations or records can be listed and read, or replaced, by anybody.",
    remedy="Leave AccessControl out and grant by policy.",
    source=Source(
        "https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html#canned-acl", "2026-11-24"
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM02", "LLM04"),
        owasp_agentic=("ASI03", "ASI06"),
        mitre_atlas=("AML.T0025", "AML.T0070"),
        nist_csf=("PR.AA", "PR.DS"),
        nist_ai_600_1=("Data Privacy", "Information Security"),
        aws_gensec=("GENSEC01-BP03",),
    ),
    resource_types=("AWS::S3::Bucket",),
)
def bucket_has_no_public_acl(resource: Resource, _graph: TemplateGraph) -> Answer:
    """Without an ACL only the owner has access."""
    acl = resource.get("AccessControl")
    if isinstance(acl, Opaque):
        return Unknown("AccessControl", acl.why)
    if acl in _PUBLIC:
        return NonCompliant("AccessControl", f"it is {acl}")
    return Compliant(f"the ACL is {shown(acl)}")
