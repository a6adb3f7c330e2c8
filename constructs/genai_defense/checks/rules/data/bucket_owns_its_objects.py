"""Who owns the bucket says who reads what is in it."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, dig, items

_RULES = "OwnershipControls.Rules"


@rule(
    id="OwaspLlm-BucketOwnsItsObjects",
    boundary=Boundary.DATA,
    level=Level.WARNING,
    info="Who writes an object into the bucket owns it.",
    explanation="A writer, such as a service of another account, makes its objects public by an access"
    " control list, and the bucket's policy does not bind them.",
    remedy="Set ObjectOwnership to BucketOwnerEnforced, or leave it out.",
    source=Source(
        "https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html", "2026-11-24"
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
def bucket_owns_its_objects(bucket: Resource, _graph: TemplateGraph) -> Answer:
    """Without a word, new buckets enforce the owner; some log deliveries need BucketOwnerPreferred."""
    rules = bucket.get(_RULES)
    if isinstance(rules, Opaque):
        return Unknown(_RULES, rules.why)
    for index, each in enumerate(items(rules)):
        ownership = dig(each, "ObjectOwnership")
        path = f"{_RULES}.{index}.ObjectOwnership"
        if isinstance(ownership, Opaque):
            return Unknown(path, ownership.why)
        if ownership == "ObjectWriter":
            return NonCompliant(path, "ObjectOwnership is ObjectWriter: each writer decides who reads")
    return Compliant("the bucket's owner owns its objects") if rules else NotApplicable()
