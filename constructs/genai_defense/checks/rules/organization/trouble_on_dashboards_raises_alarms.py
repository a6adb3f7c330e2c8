"""Trouble that people see on a dashboard calls somebody, too."""

import re
from collections.abc import Iterator

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable
from genai_defense.checks.dashboards import Metric, metrics_on
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import dig, items

_TROUBLE = re.compile(r"Error|Fail|Fault|Lost|Not[A-Z]|Stopped|Unavailable|Waiting")
_LEAST = 3


@rule(
    id="OwaspLlm-TroubleOnDashboardsRaisesAlarms",
    boundary=Boundary.ORGANIZATION,
    level=Level.WARNING,
    info="Of the metrics on the dashboard whose names tell of trouble, one alone raises no alarm.",
    explanation="Nobody looks at a dashboard at night: what fails or is lost then is found by its victims.",
    remedy="Add an alarm on the metric, as for the others.",
    source=Source(
        "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Dashboards.html",
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
    resource_types=("AWS::CloudWatch::Dashboard",),
)
def trouble_on_dashboards_raises_alarms(dashboard: Resource, graph: TemplateGraph) -> Answer:
    """A dashboard on which several metrics of trouble raise no alarm has no such practice."""
    trouble = {each for each in metrics_on(dashboard) if _TROUBLE.search(each.name)}
    trouble = {each for each in trouble if not each.namespace.startswith("AWS/")}
    silent = trouble - set(_alarmed(graph))
    if len(trouble) - len(silent) < _LEAST or len(silent) > 1:
        return NotApplicable()
    if silent:
        return NonCompliant("DashboardBody", f"no alarm watches {next(iter(silent)).name}")
    return Compliant("each raises an alarm")


def _alarmed(graph: TemplateGraph) -> Iterator[Metric]:
    for alarm in graph.of_type("AWS::CloudWatch::Alarm"):
        found = [alarm.properties, *(dig(each, "MetricStat.Metric") for each in items(alarm.get("Metrics")))]
        for metric in found:
            namespace, name = dig(metric, "Namespace"), dig(metric, "MetricName")
            if isinstance(namespace, str) and isinstance(name, str):
                yield Metric(namespace, name)
