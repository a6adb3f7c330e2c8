"""Who takes passages away is named by the bucket itself."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown
from genai_defense.checks.buckets import denies_all_but_named
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, Reference, Unresolved

_BUCKET = "DataSourceConfiguration.S3Configuration.BucketArn"


@rule(
    id="OwaspLlm-KnowledgeNamesWhoDeletes",
    boundary=Boundary.DATA,
    level=Level.WARNING,
    info="Any role with a permission to delete takes passages away that a knowledge base answers from.",
    explanation="Whoever gets hold of such a role makes the chatbot forget what it should say, and what is"
    " left answers in its place.",
    remedy="Deny s3:DeleteObject in the bucket's policy to all but the aws:PrincipalArn of who withdraws.",
    source=Source(
        "https://docs.aws.amazon.com/AmazonS3/latest/userguide/amazon-s3-policy-keys.html", "2026-11-24"
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM04", "LLM08"),
        owasp_agentic=("ASI06",),
        mitre_atlas=("AML.T0020",),
        nist_csf=("PR.AA", "PR.DS"),
        nist_ai_600_1=("Information Integrity", "Information Security"),
        aws_gensec=("GENSEC06-BP01",),
    ),
    resource_types=("AWS::Bedrock::DataSource",),
)
def knowledge_names_who_deletes(source: Resource, graph: TemplateGraph) -> Answer:
    """A bucket from elsewhere, and a source that is no bucket, are not judged."""
    bucket = source.get(_BUCKET)
    if isinstance(bucket, Unresolved) and source.get("DataSourceConfiguration.S3Configuration") is not None:
        return Unknown(_BUCKET, bucket.why)
    if not isinstance(bucket, Reference):
        return NotApplicable()
    named = denies_all_but_named(bucket.resource, graph, "s3:DeleteObject")
    if isinstance(named, Opaque):
        return Unknown(_BUCKET, f"its policy is opaque: {named.why}")
    if not named:
        return NonCompliant(_BUCKET, "no policy of the bucket says who alone deletes")
    return Compliant("its policy says who alone deletes")
