"""Somebody hears of the money before it is gone."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown, worst
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Unresolved, Value, dig, items

_UNIT = "Budget.TimeUnit"
_NOTICES = "NotificationsWithSubscribers"
_OVERSPENT = 2
"""A warning at so many times the bound of the first one comes when nothing is left to save."""


@rule(
    id="OwaspLlm-BudgetWarnsInTime",
    boundary=Boundary.ORGANIZATION,
    level=Level.WARNING,
    info="The budget warns only once it is overspent.",
    explanation="Whoever makes the model work for him is noticed after the whole budget, or on the bill.",
    remedy="Add a notification at or below 100 percent of the limit.",
    source=Source(
        "https://docs.aws.amazon.com/cost-management/latest/userguide/budgets-create.html", "2026-11-24"
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM06", "LLM10"),
        owasp_agentic=("ASI10",),
        mitre_atlas=("AML.T0034",),
        nist_csf=("DE.CM", "DE.AE"),
        nist_ai_600_1=("Information Security",),
        aws_gensec=("GENSEC03-BP01",),
    ),
    resource_types=("AWS::Budgets::Budget",),
)
def budget_warns_in_time(resource: Resource, graph: TemplateGraph) -> Answer:
    """A budget without any notification is found by another rule."""
    if resource.get(_UNIT) == "ANNUALLY":
        return NonCompliant(_UNIT, "a budget of a year warns when months have been spent")
    notices = resource.get(_NOTICES)
    if isinstance(notices, Unresolved):
        return Unknown(_NOTICES, notices.why)
    limit = _number(resource.get("Budget.BudgetLimit.Amount"))
    thresholds: list[float] = []
    for each in items(notices):
        most = _number(dig(each, "Notification.Threshold"))
        absolute = dig(each, "Notification.ThresholdType") == "ABSOLUTE_VALUE"
        if most is None or (absolute and limit is None):
            return Unknown(_NOTICES, "a threshold cannot be compared with the limit")
        thresholds.append(100 * most / limit if absolute and limit else most)
    if not thresholds:
        return NotApplicable()
    late = [
        NonCompliant(f"{_NOTICES}.{index}.Notification.Threshold", f"{threshold:g} percent is long overspent")
        for index, threshold in enumerate(thresholds)
        if threshold > _OVERSPENT * graph.bounds.budget_warning_percent
    ]
    if min(thresholds) > graph.bounds.budget_warning_percent:
        late.insert(0, NonCompliant(_NOTICES, f"the first warning comes at {min(thresholds):g} percent"))
    return worst(late) if late else Compliant(f"the first warning comes at {min(thresholds):g} percent")


def _number(value: Value) -> float | None:
    try:
        return float(str(value))
    except ValueError:
        return None
