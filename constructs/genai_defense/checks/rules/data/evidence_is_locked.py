"""What shows afterwards what happened cannot be removed."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown
from genai_defense.checks.buckets import LOCK, is_called, locked_days
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque

_WORDS = ("audit", "evidence", "manifest", "provenance")


@rule(
    id="OwaspLlm-EvidenceIsLocked",
    boundary=Boundary.DATA,
    level=Level.WARNING,
    info="A bucket that keeps records of what was asked, examined or decided locks nothing.",
    explanation="Who attacks the chatbot removes the traces: where a document came from, who asked what, what"
    " was refused.",
    remedy="Lock the bucket: ObjectLockConfiguration with a DefaultRetention.",
    source=Source("https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html", "2026-11-24"),
    mapping=Risks(
        owasp_llm_2025=("LLM03", "LLM04"),
        owasp_agentic=("ASI03",),
        mitre_atlas=("AML.T0020",),
        nist_csf=("PR.DS", "PR.PS"),
        nist_ai_600_1=("Information Integrity", "Information Security"),
        aws_gensec=("GENSEC06-BP01",),
    ),
    resource_types=("AWS::S3::Bucket",),
)
def evidence_is_locked(bucket: Resource, graph: TemplateGraph) -> Answer:
    """A bucket keeps records when its name or logical id says so; access logs cannot be delivered locked."""
    if not is_called(bucket, graph, *_WORDS):
        return NotApplicable()
    days = locked_days(bucket)
    if isinstance(days, Opaque):
        return Unknown(LOCK, days.why)
    if days is None:
        return NonCompliant(LOCK, "nothing is locked by default")
    return Compliant(f"each version is locked for {days} days")
