"""Nothing that is locked is hidden by a clock."""

from collections.abc import Iterator

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown
from genai_defense.checks.buckets import locked_days
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, Value, dig, items, whole

_RULES = "LifecycleConfiguration.Rules"
_CLOCKS = (
    "ExpirationInDays",
    "NoncurrentVersionExpiration.NoncurrentDays",
    "NoncurrentVersionExpirationInDays",
)


@rule(
    id="OwaspLlm-LifecycleRespectsLock",
    boundary=Boundary.DATA,
    level=Level.WARNING,
    info="A lifecycle rule ends objects before their lock does.",
    explanation="The lock keeps the version and the rule puts a delete marker before it, so that readers find"
    " nothing while the retention that was promised still runs.",
    remedy="Let objects expire after the retention of the lock, or not at all.",
    source=Source(
        "https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock-managing.html#object-lock-managing-lifecycle",
        "2026-11-24",
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM04", "LLM10"),
        owasp_agentic=("ASI03",),
        mitre_atlas=("AML.T0020",),
        nist_csf=("PR.DS",),
        nist_ai_600_1=("Information Integrity", "Information Security"),
        aws_gensec=("GENSEC06-BP01",),
    ),
    resource_types=("AWS::S3::Bucket",),
)
def lifecycle_respects_lock(bucket: Resource, _graph: TemplateGraph) -> Answer:
    """Only locked buckets are judged; rules that are off, and dates, are not."""
    locked, rules = locked_days(bucket), bucket.get(_RULES)
    if locked is None:
        return NotApplicable()
    if isinstance(unread := locked if isinstance(locked, Opaque) else rules, Opaque):
        return Unknown(_RULES, unread.why)
    for path, days in _clocks(rules):
        if isinstance(days, Opaque):
            return Unknown(path, days.why)
        if isinstance(locked, int) and days < locked:
            return NonCompliant(path, f"{days} days, and each version is locked for {locked}")
    return Compliant("no object expires before its lock")


def _clocks(rules: Value) -> Iterator[tuple[str, int | Opaque]]:
    for index, each in enumerate(items(rules)):
        if dig(each, "Status") == "Disabled":
            continue
        for clock in _CLOCKS:
            if (set_to := dig(each, clock)) is not None:
                yield f"{_RULES}.{index}.{clock}", whole(set_to, default=0)
