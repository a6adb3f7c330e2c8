"""A bucket of logs, or of what waits, whose lifecycle somebody wrote lets it end."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown
from genai_defense.checks.buckets import is_called
from genai_defense.checks.log_destinations import takes_logs
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, dig, items

_WORDS = ("audit", "quarantine")
_RULES = "LifecycleConfiguration.Rules"
_ENDS = ("Expiration", "ExpirationDate", "ExpirationInDays", "Transition", "Transitions")


@rule(
    id="OwaspLlm-LogBucketForgets",
    boundary=Boundary.DATA,
    level=Level.WARNING,
    info="The lifecycle of a bucket of logs, or of files that wait, tidies up and lets nothing expire.",
    explanation="Addresses, names and questions of users are kept for ever, longer than anybody was told, and"
    " wait for the next leak.",
    remedy="Add a lifecycle rule with ExpirationInDays.",
    source=Source(
        "https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lifecycle-mgmt.html", "2026-11-24"
    ),
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
def log_bucket_forgets(bucket: Resource, graph: TemplateGraph) -> Answer:
    """A bucket without any lifecycle, and one that moves logs to cheaper storage, is another matter."""
    rules = bucket.get(_RULES)
    if rules is None or not (takes_logs(bucket, graph) or is_called(bucket, graph, *_WORDS)):
        return NotApplicable()
    if isinstance(rules, Opaque):
        return Unknown(_RULES, rules.why)
    for rule_ in items(rules):
        if isinstance(rule_, Opaque):
            return Unknown(_RULES, rule_.why)
        if any(dig(rule_, name) is not None for name in _ENDS):
            return Compliant("logs expire")
    return NonCompliant(_RULES, "no rule lets a log expire")
