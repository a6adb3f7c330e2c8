"""Where records and knowledge are locked, training data and logs of models are as well."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown
from genai_defense.checks.buckets import BUCKET, is_called, locked_days
from genai_defense.checks.log_destinations import is_written_by
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque

_WORDS = ("dataset", "finetun", "invocationlog", "training")
_LEAST = 3
_LOCK = "ObjectLockConfiguration.Rule.DefaultRetention"
_BEDROCK = "bedrock.amazonaws.com"


@rule(
    id="OwaspLlm-RecordsAreLockedLikeOthers",
    boundary=Boundary.DATA,
    level=Level.WARNING,
    info="A bucket of training data, or of what models were asked, is not locked, though other buckets"
    " of the deployment are.",
    explanation="Whoever poisons the data, or asked the model for something, deletes the original or the log"
    " of it.",
    remedy="Set ObjectLockEnabled and a default retention as in the other buckets.",
    source=Source("https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html", "2026-11-24"),
    mapping=Risks(
        owasp_llm_2025=("LLM02", "LLM04"),
        owasp_agentic=("ASI06",),
        mitre_atlas=("AML.T0025",),
        nist_csf=("PR.DS",),
        nist_ai_600_1=("Data Privacy", "Information Security"),
        aws_gensec=("GENSEC01-BP01",),
    ),
    resource_types=("AWS::S3::Bucket",),
)
def records_are_locked_like_others(bucket: Resource, graph: TemplateGraph) -> Answer:
    """Three others that are locked are a practice; a deployment without locks is left alone."""
    if not is_called(bucket, graph, *_WORDS) and not is_written_by(bucket, graph, _BEDROCK):
        return NotApplicable()
    others = [each for each in graph.of_type(BUCKET) if each is not bucket and locked_days(each)]
    if len(others) < _LEAST:
        return NotApplicable()
    days = locked_days(bucket)
    if isinstance(days, Opaque):
        return Unknown(_LOCK, days.why)
    if days is None:
        return NonCompliant(_LOCK, f"nothing is locked, unlike in {len(others)} other buckets")
    return Compliant(f"each version is locked for {days} days")
