"""What was asked of models stays on record."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown
from genai_defense.checks.buckets import BUCKET, LOCK, locked_days
from genai_defense.checks.log_buckets import services_that_write
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque


@rule(
    id="OwaspLlm-InvocationLogIsLocked",
    boundary=Boundary.DATA,
    level=Level.WARNING,
    info="The bucket into which Bedrock writes the log of invocations locks nothing.",
    explanation="Who attacks a model through its callers deletes what shows the attack: prompts, answers and"
    " whose role asked.",
    remedy="Lock the bucket: ObjectLockConfiguration with a DefaultRetention.",
    source=Source(
        "https://docs.aws.amazon.com/bedrock/latest/userguide/model-invocation-logging.html", "2026-11-24"
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM02", "LLM10"),
        owasp_agentic=("ASI03",),
        mitre_atlas=("AML.T0025",),
        nist_csf=("PR.DS", "PR.PS"),
        nist_ai_600_1=("Information Integrity", "Information Security"),
        aws_gensec=("GENSEC03-BP01",),
    ),
    resource_types=(BUCKET,),
)
def invocation_log_is_locked(bucket: Resource, graph: TemplateGraph) -> Answer:
    """Bedrock writes to a bucket only where the bucket's own policy lets it."""
    if "bedrock.amazonaws.com" not in services_that_write(bucket, graph):
        return NotApplicable()
    days = locked_days(bucket)
    if isinstance(days, Opaque):
        return Unknown(LOCK, days.why)
    if days is None:
        return NonCompliant(LOCK, "nothing is locked by default")
    return Compliant(f"each record is locked for {days} days")
