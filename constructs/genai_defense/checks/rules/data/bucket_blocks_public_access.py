"""A bucket cannot be made public by a policy or an ACL."""

from genai_defense.checks.answer import Answer, Compliant, Unknown, worst
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.switches import switched
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque

_BLOCK = "PublicAccessBlockConfiguration"
_SETTINGS = ("BlockPublicAcls", "BlockPublicPolicy", "IgnorePublicAcls", "RestrictPublicBuckets")


@rule(
    id="OwaspLlm-BucketBlocksPublicAccess",
    boundary=Boundary.DATA,
    level=Level.ERROR,
    info="The bucket does not block all public access.",
    explanation="One policy or ACL too many puts documents, conversations or records on the internet.",
    remedy="Set all four settings of PublicAccessBlockConfiguration to true.",
    source=Source(
        "https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html",
        "2026-11-24",
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM02", "LLM04"),
        owasp_agentic=("ASI03", "ASI06"),
        mitre_atlas=("AML.T0025", "AML.T0070"),
        nist_csf=("PR.AA", "PR.DS"),
        nist_ai_600_1=("Data Privacy", "Information Security"),
        aws_gensec=("GENSEC01-BP03",),
    ),
    resource_types=("AWS::S3::Bucket", "AWS::S3::AccessPoint"),
)
def bucket_blocks_public_access(resource: Resource, _graph: TemplateGraph) -> Answer:
    """What S3 does for new buckets by itself is one call away from being undone unseen."""
    block = resource.get(_BLOCK)
    if isinstance(block, Opaque):
        return Unknown(_BLOCK, block.why)
    if block is None and resource.type == "AWS::S3::AccessPoint":
        return Compliant("an access point blocks public access unless it says otherwise")
    return worst(
        switched(resource, f"{_BLOCK}.{name}", to=True, default=False, why="the bucket can become public")
        for name in _SETTINGS
    )
