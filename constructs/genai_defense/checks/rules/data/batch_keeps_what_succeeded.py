"""Where consumers of queues say which messages failed, all of them do."""

from genai_defense.checks.answer import Answer
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.siblings import Held, Practice, as_siblings_do
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Reference, Unresolved, items

_REPORTS = "ReportBatchItemFailures"


def _says_what_failed(mapping: Resource, _graph: TemplateGraph) -> Held:
    """A batch of one message needs no report."""
    source, types = mapping.get("EventSourceArn"), mapping.get("FunctionResponseTypes")
    if not isinstance(source, Reference) or source.resource.type != "AWS::SQS::Queue":
        return None
    if isinstance(types, Unresolved):
        return types
    reported = _REPORTS in items(types)
    return None if not reported and str(mapping.get("BatchSize")) == "1" else reported


_SAID = Practice(
    property="FunctionResponseTypes",
    types=("AWS::Lambda::EventSourceMapping",),
    held=_says_what_failed,
    otherwise="one bad message fails its whole batch",
    least=1,
)


@rule(
    id="OwaspLlm-BatchKeepsWhatSucceeded",
    boundary=Boundary.DATA,
    level=Level.WARNING,
    info="One bad message makes the whole batch come back, unlike in the other consumers of queues.",
    explanation="Who sends one message that cannot be handled has all its neighbours handled again, paid"
    " again and in the end thrown away.",
    remedy="Set FunctionResponseTypes to ReportBatchItemFailures, and return the ids of what failed.",
    source=Source(
        "https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html", "2026-11-24"
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM10",),
        owasp_agentic=("ASI08",),
        mitre_atlas=("AML.T0029",),
        nist_csf=("DE.AE", "RC.RP"),
        nist_ai_600_1=("Information Security",),
        aws_gensec=("GENSEC04-BP02",),
    ),
    resource_types=_SAID.types,
)
def batch_keeps_what_succeeded(mapping: Resource, graph: TemplateGraph) -> Answer:
    """Streams and queues from elsewhere are not compared."""
    return as_siblings_do(mapping, graph, _SAID)
