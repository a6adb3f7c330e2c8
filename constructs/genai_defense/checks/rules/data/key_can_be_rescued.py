"""Who deletes a key by mistake or by intent is noticed before it is gone."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, whole


@rule(
    id="OwaspLlm-KeyCanBeRescued",
    boundary=Boundary.DATA,
    level=Level.WARNING,
    info="The key is gone a few days after somebody schedules its deletion.",
    explanation="Conversations, audit records and backups under the key are unreadable for ever, before"
    " anybody who could cancel the deletion has come back to work.",
    remedy="Leave PendingWindowInDays at 30, and watch ScheduleKeyDeletion.",
    source=Source("https://docs.aws.amazon.com/kms/latest/developerguide/deleting-keys.html", "2026-11-24"),
    mapping=Risks(
        owasp_llm_2025=("LLM02", "LLM08"),
        owasp_agentic=("ASI03",),
        mitre_atlas=("AML.T0025",),
        nist_csf=("PR.DS",),
        nist_ai_600_1=("Information Security",),
        aws_gensec=("GENSEC01-BP03",),
    ),
    resource_types=("AWS::KMS::Key",),
)
def key_can_be_rescued(key: Resource, graph: TemplateGraph) -> Answer:
    """Unset, the wait is 30 days."""
    days = whole(key.get("PendingWindowInDays"), default=30)
    if isinstance(days, Opaque):
        return Unknown("PendingWindowInDays", days.why)
    if days < graph.bounds.key_deletion_days:
        return NonCompliant("PendingWindowInDays", f"the key is gone {days} days after somebody deletes it")
    return Compliant(f"a deletion can be cancelled for {days} days")
