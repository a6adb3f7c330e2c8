"""Logs, messages and locked objects stay as long as those beside them."""

from collections.abc import Callable

from genai_defense.checks.answer import Answer, worst
from genai_defense.checks.buckets import locked_days
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.siblings import Amount, Held, Practice, as_siblings_do, of_their_order
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, whole

_LOCK = "ObjectLockConfiguration.Rule.DefaultRetention"
_DAY, _FOUR_DAYS = 86_400, 345_600


def _number(path: str, *, default: int | None) -> Callable[[Resource], int | Opaque | None]:
    def read(resource: Resource) -> int | Opaque | None:
        value = resource.get(path)
        return default if value is None else whole(value, default=0)

    return read


def _cannot_be_shortened(bucket: Resource, _graph: TemplateGraph) -> Held:
    mode = bucket.get(f"{_LOCK}.Mode")
    return None if mode is None else mode if isinstance(mode, Opaque) else mode == "COMPLIANCE"


_SHORT = (
    Amount(
        property="RetentionInDays",
        types=("AWS::Logs::LogGroup",),
        read=_number("RetentionInDays", default=None),
        times=0.1,
        bound=7,
        otherwise="the log is gone before anybody looks for what happened",
    ),
    Amount(
        property="MessageRetentionPeriod",
        types=("AWS::SQS::Queue",),
        read=_number("MessageRetentionPeriod", default=_FOUR_DAYS),
        times=0.1,
        bound=_DAY,
        otherwise="messages are gone before anybody repairs what should take them",
    ),
    Amount(
        property=_LOCK,
        types=("AWS::S3::Bucket",),
        read=locked_days,
        times=0.1,
        bound=7,
        otherwise="objects can be deleted before anybody looks for them",
    ),
)
_MODE = Practice(
    property=f"{_LOCK}.Mode",
    types=("AWS::S3::Bucket",),
    held=_cannot_be_shortened,
    otherwise="whoever has the permission deletes what is locked",
)


@rule(
    id="OwaspLlm-RecordsStayLikeTheirSiblings",
    boundary=Boundary.DATA,
    level=Level.WARNING,
    info="What is recorded here stays far shorter, or less surely, than in all siblings.",
    explanation="Who attacks the chatbot waits a day, or takes one permission, and nobody can tell afterwards"
    " what was asked, answered and done.",
    remedy="Keep and lock it as long as the others, or acknowledge why this one is not needed.",
    source=Source(
        "https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/Working-with-log-groups-and-streams.html",
        "2026-11-24",
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM03", "LLM04"),
        owasp_agentic=("ASI03",),
        mitre_atlas=("AML.T0020",),
        nist_csf=("PR.DS", "PR.PS"),
        nist_ai_600_1=("Information Integrity", "Information Security"),
        aws_gensec=("GENSEC06-BP01",),
    ),
    resource_types=("AWS::Logs::LogGroup", "AWS::SQS::Queue", "AWS::S3::Bucket"),
)
def records_stay_like_their_siblings(resource: Resource, graph: TemplateGraph) -> Answer:
    """A tenth of the shortest of the others, and less than a week or a day: two orders would be chance."""
    answers = [of_their_order(resource, graph, amount) for amount in _SHORT if resource.type in amount.types]
    if resource.type in _MODE.types:
        answers.append(as_siblings_do(resource, graph, _MODE))
    return worst(answers)
