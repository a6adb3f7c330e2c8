"""An alarm watches something that its service, or a filter of the deployment, measures."""

from collections.abc import Iterator

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.service_metrics import SERVICE_METRICS
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, Value, dig, items


@rule(
    id="OwaspLlm-AlarmWatchesAMetricThatExists",
    boundary=Boundary.ORGANIZATION,
    level=Level.WARNING,
    info="The alarm watches a metric that nothing measures.",
    explanation="The alarm stands in the list of controls, never has data, and stays green whatever happens.",
    remedy="Write the metric's name as the service, or the metric filter, writes it.",
    source=Source(
        "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/aws-services-cloudwatch-metrics.html",
        "2026-11-24",
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM06", "LLM10"),
        owasp_agentic=("ASI10",),
        mitre_atlas=("AML.T0034",),
        nist_csf=("DE.CM", "DE.AE"),
        nist_ai_600_1=("Information Security",),
        aws_gensec=("GENSEC03-BP01",),
    ),
    resource_types=("AWS::CloudWatch::Alarm",),
)
def alarm_watches_a_metric_that_exists(alarm: Resource, graph: TemplateGraph) -> Answer:
    """Where code writes into a namespace, or nobody does in the templates, its metrics are not known."""
    namespace, name = alarm.get("Namespace"), alarm.get("MetricName")
    if not isinstance(namespace, str):
        return NotApplicable()
    known = SERVICE_METRICS.get(namespace) or set(_filtered(graph, namespace))
    if not known or namespace in _written_by_code(graph):
        return NotApplicable()
    if isinstance(name, Opaque):
        return Unknown("MetricName", name.why)
    if name not in known and not any(isinstance(each, Opaque) for each in known):
        return NonCompliant("MetricName", f"there is no {name} in {namespace}")
    return Compliant(f"{namespace} has {name}")


def _filtered(graph: TemplateGraph, namespace: str) -> Iterator[Value]:
    """The metrics that filters of logs write into a namespace."""
    for each in graph.of_type("AWS::Logs::MetricFilter"):
        for entry in items(each.get("MetricTransformations")):
            if dig(entry, "MetricNamespace") == namespace:
                yield dig(entry, "MetricName")


def _written_by_code(graph: TemplateGraph) -> set[str]:
    """The settings of functions: one that names a namespace writes into it."""
    environments = (f.get("Environment.Variables") for f in graph.of_type("AWS::Lambda::Function"))
    return {
        value
        for each in environments
        if isinstance(each, dict)
        for value in each.values()
        if isinstance(value, str)
    }
