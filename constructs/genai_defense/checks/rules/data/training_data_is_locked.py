"""What models are trained and measured with cannot be exchanged without a trace."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown
from genai_defense.checks.buckets import BUCKET, LOCK, TRAINING_DATA, is_called, locked_days
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque


@rule(
    id="OwaspLlm-TrainingDataIsLocked",
    boundary=Boundary.DATA,
    level=Level.WARNING,
    info="A bucket of training or evaluation data locks nothing.",
    explanation="Examples that were poisoned once are put back as they were: nobody finds out what the model"
    " learned, or why its marks were good.",
    remedy="Lock the bucket: ObjectLockConfiguration with a DefaultRetention.",
    source=Source("https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html", "2026-11-24"),
    mapping=Risks(
        owasp_llm_2025=("LLM03", "LLM04"),
        owasp_agentic=("ASI06",),
        mitre_atlas=("AML.T0020",),
        nist_csf=("PR.DS",),
        nist_ai_600_1=("Information Integrity", "Information Security"),
        aws_gensec=("GENSEC06-BP01",),
    ),
    resource_types=(BUCKET,),
)
def training_data_is_locked(bucket: Resource, graph: TemplateGraph) -> Answer:
    """A bucket is one of training data when its name or logical id says so."""
    if not is_called(bucket, graph, *TRAINING_DATA):
        return NotApplicable()
    days = locked_days(bucket)
    if isinstance(days, Opaque):
        return Unknown(LOCK, days.why)
    if days is None:
        return NonCompliant(LOCK, "nothing is locked by default")
    return Compliant(f"each version is locked for {days} days")
