"""Verdicts and what was put away come from whoever examines."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown
from genai_defense.checks.buckets import denies_all_but_named, is_called
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque

_WORDS = ("manifest", "provenance", "quarantine")


@rule(
    id="OwaspLlm-VerdictsHaveNamedWriters",
    boundary=Boundary.DATA,
    level=Level.WARNING,
    info="Any role with a permission to write adds to the verdicts on documents, or to the quarantine.",
    explanation="A forged manifest says of a poisoned document that it was examined and found clean.",
    remedy="Deny s3:PutObject in the bucket's policy to all but the aws:PrincipalArn of who examines.",
    source=Source(
        "https://docs.aws.amazon.com/AmazonS3/latest/userguide/amazon-s3-policy-keys.html", "2026-11-24"
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM03", "LLM04"),
        owasp_agentic=("ASI06",),
        mitre_atlas=("AML.T0020",),
        nist_csf=("PR.AA", "PR.DS"),
        nist_ai_600_1=("Information Integrity", "Information Security"),
        aws_gensec=("GENSEC06-BP01",),
    ),
    resource_types=("AWS::S3::Bucket",),
)
def verdicts_have_named_writers(bucket: Resource, graph: TemplateGraph) -> Answer:
    """A bucket holds manifests or a quarantine when its name or logical id says so."""
    if not is_called(bucket, graph, *_WORDS):
        return NotApplicable()
    named = denies_all_but_named(bucket, graph, "s3:PutObject")
    if isinstance(named, Opaque):
        return Unknown("", f"its policy is opaque: {named.why}")
    if not named:
        return NonCompliant("", "no policy of the bucket says who alone writes")
    return Compliant("its policy says who alone writes")
