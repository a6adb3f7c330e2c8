"""An alarm goes off while there is still something to save."""

import re

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown
from genai_defense.checks.reach import literally
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, Unresolved, Value, dig, items, shown, whole

_STATE = re.compile(r"\b(ALARM|OK|INSUFFICIENT_DATA)\s*\(")
_BELOW = "LessThanThreshold"
_PERCENT = re.compile(r"Utilization|Percent")
_TROUBLE = re.compile(r"Error|Fail|Fault|Throttl|Block|Refus|Denied|Interven|Attack|Lost|Stopped|[45](XX|xx)")
_AMOUNT = re.compile(r"Byte|Size|Token|Storage|Memory|Character|Volume|Charges|Cost|Nano|Micro")
_MOST_OF_AMOUNTS, _MOST, _DAY = 10**11, 10**8, 86_400


@rule(
    id="OwaspLlm-AlarmCanGoOff",
    boundary=Boundary.ORGANIZATION,
    level=Level.ERROR,
    info="The alarm's threshold or window is out of reach.",
    explanation="The alarm stands in the list of controls and stays green whatever happens.",
    remedy="Choose a threshold that an attack reaches within minutes, and few evaluation periods.",
    source=Source(
        "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/AlarmThatSendsEmail.html",
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
    resource_types=("AWS::CloudWatch::Alarm", "AWS::CloudWatch::CompositeAlarm"),
)
def alarm_can_go_off(resource: Resource, graph: TemplateGraph) -> Answer:
    """Counts of trouble, percentages and amounts have bounds of their own; others a wide one."""
    if resource.type == "AWS::CloudWatch::CompositeAlarm":
        return _of_composite(resource.get("AlarmRule"))
    threshold, comparison = resource.get("Threshold"), resource.get("ComparisonOperator")
    if threshold is None:
        return Compliant("it watches a band of anomalies or another alarm")
    limit = _number(threshold)
    if limit is None or isinstance(comparison, Opaque):
        return Unknown("Threshold", f"{shown(threshold)} cannot be compared ({shown(comparison)})")
    name, bound = _bound(resource, graph)
    if problem := _out_of_reach(name, limit, bound, str(comparison)):
        return NonCompliant("Threshold", problem)
    periods = whole(resource.get("EvaluationPeriods"), default=1)
    seconds = whole(resource.get("Period"), default=60)
    if isinstance(periods, int) and isinstance(seconds, int) and periods * seconds > _DAY:
        return NonCompliant("EvaluationPeriods", "it takes more than a day to go off")
    return Compliant(f"it goes off at {limit:g} of {name}")


def _out_of_reach(name: str, limit: float, bound: int, comparison: str) -> str:
    if comparison.startswith("Greater") and limit > bound:
        return f"{limit:g} of {name} is out of reach (at most {bound})"
    if comparison.startswith("LessThan") and (limit < 0 or (limit == 0 and comparison == _BELOW)):
        return f"{name} is never less than {limit:g}"
    return ""


def _of_composite(rule_: Value) -> Answer:
    """A rule without the state of an alarm is always true or never."""
    text = literally(rule_)
    if rule_ is not None and not _STATE.search(text) and not isinstance(rule_, Unresolved):
        return NonCompliant("AlarmRule", f"{text!r} depends on no alarm")
    return Unknown("AlarmRule", rule_.why) if isinstance(rule_, Unresolved) else Compliant("alarms raise it")


def _bound(alarm: Resource, graph: TemplateGraph) -> tuple[str, int]:
    """The metric, and the most that it can be: what a metric is about shows in its name."""
    name = alarm.get("MetricName")
    if not isinstance(name, str):
        measured = [dig(each, "MetricStat.Metric.MetricName") for each in items(alarm.get("Metrics"))]
        troubles = [bool(_TROUBLE.search(each)) for each in measured if isinstance(each, str)]
        all_trouble = bool(troubles) and all(troubles)
        return "an expression", graph.bounds.alarm_count if all_trouble else _MOST_OF_AMOUNTS
    if "Token" in name:
        return name, _MOST
    if _PERCENT.search(name):
        return name, 100
    if _TROUBLE.search(name):
        return name, graph.bounds.alarm_count
    return name, _MOST_OF_AMOUNTS if _AMOUNT.search(name) else _MOST


def _number(value: Value) -> float | None:
    try:
        return float(str(value))
    except ValueError:
        return None
