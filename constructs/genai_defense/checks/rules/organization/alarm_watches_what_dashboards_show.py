"""An alarm on an own metric watches one that people see on a dashboard."""

from genai_defense.checks.answer import Answer
from genai_defense.checks.dashboards import Metric, metrics_on
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.siblings import Held, Practice, as_siblings_do
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque

_OF_AWS = "AWS/"


def _is_shown(alarm: Resource, graph: TemplateGraph) -> Held:
    namespace, name = alarm.get("Namespace"), alarm.get("MetricName")
    if not isinstance(namespace, str) or namespace.startswith(_OF_AWS):
        return None
    shown = _shown(graph)
    if namespace not in {each.namespace for each in shown}:
        return None
    return name if isinstance(name, Opaque) else Metric(namespace, str(name)) in shown


_SHOWN = Practice(
    property="MetricName",
    types=("AWS::CloudWatch::Alarm",),
    held=_is_shown,
    otherwise="no dashboard shows its metric, which perhaps nobody writes",
)


@rule(
    id="OwaspLlm-AlarmWatchesWhatDashboardsShow",
    boundary=Boundary.ORGANIZATION,
    level=Level.WARNING,
    info="Every other alarm on the namespace watches a metric of the dashboards; this one does not.",
    explanation="A metric of one's own exists once code writes it: under another name the alarm has no data"
    " and stays green whatever happens.",
    remedy="Write the metric's name as the code and the dashboard do, or show the metric on a dashboard.",
    source=Source(
        "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/publishingMetrics.html", "2026-11-24"
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM06", "LLM10"),
        owasp_agentic=("ASI10",),
        mitre_atlas=("AML.T0034",),
        nist_csf=("DE.CM", "DE.AE"),
        nist_ai_600_1=("Information Security",),
        aws_gensec=("GENSEC03-BP01",),
    ),
    resource_types=_SHOWN.types,
)
def alarm_watches_what_dashboards_show(alarm: Resource, graph: TemplateGraph) -> Answer:
    """Metrics of AWS, and namespaces that no dashboard of the deployment shows, are not judged."""
    return as_siblings_do(alarm, graph, _SHOWN)


def _shown(graph: TemplateGraph) -> set[Metric]:
    remembered: set[Metric] | None = graph.remembered.get("metrics on dashboards")
    if remembered is None:
        dashboards = graph.of_type("AWS::CloudWatch::Dashboard")
        remembered = {metric for each in dashboards for metric in metrics_on(each)}
        graph.remembered["metrics on dashboards"] = remembered
    return remembered
