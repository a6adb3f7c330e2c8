"""A limit that nobody hears of limits nothing."""

import re

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown, worst
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, dig, items

_NOTICES = "NotificationsWithSubscribers"
_UNREAD = re.compile(
    r"^(dev-?null|do-?not-?reply|no-?body|no-?reply|null)[@+]|\.(invalid|test)$", re.IGNORECASE
)


@rule(
    id="OwaspLlm-BudgetCallsSomebody",
    boundary=Boundary.ORGANIZATION,
    level=Level.ERROR,
    info="The budget tells nobody when it is spent.",
    explanation="Somebody who makes the model work for him, or drives its cost on purpose, is noticed on"
    " the bill.",
    remedy="Add a notification with a subscriber, such as an SNS topic, before the limit and at it.",
    source=Source(
        "https://docs.aws.amazon.com/cost-management/latest/userguide/budgets-sns-policy.html", "2026-11-24"
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM10",),
        owasp_agentic=("ASI10",),
        mitre_atlas=("AML.T0034",),
        nist_csf=("DE.AE", "GV.OV"),
        nist_ai_600_1=("Information Security",),
        aws_gensec=("GENSEC01-BP04",),
    ),
    resource_types=("AWS::Budgets::Budget",),
)
def budget_calls_somebody(budget: Resource, _graph: TemplateGraph) -> Answer:
    """One notification with one subscriber is enough; an address that nobody reads is none."""
    notices = budget.get(_NOTICES)
    called = [entry if isinstance(entry, Opaque) else dig(entry, "Subscribers") for entry in items(notices)]
    unread = [
        NonCompliant(f"{_NOTICES}.{index}.Subscribers.{number}.Address", f"nobody reads {address}")
        for index, subscribers in enumerate(called)
        for number, subscriber in enumerate(items(subscribers))
        if isinstance(address := dig(subscriber, "Address"), str) and _UNREAD.search(address)
    ]
    if unread:
        return worst(unread)
    if any(isinstance(subscribers, list) and subscribers for subscribers in called):
        return Compliant("somebody is told")
    if hidden := next((subscribers for subscribers in called if isinstance(subscribers, Opaque)), None):
        return Unknown(_NOTICES, hidden.why)
    return NonCompliant(_NOTICES, "nobody is told")
