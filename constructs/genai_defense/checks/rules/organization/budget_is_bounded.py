"""A budget is a limit, not a wish."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque

_AMOUNT = "Budget.BudgetLimit.Amount"
_DAYS = {"DAILY": 1, "MONTHLY": 30, "QUARTERLY": 90, "ANNUALLY": 365}


@rule(
    id="OwaspLlm-BudgetIsBounded",
    boundary=Boundary.ORGANIZATION,
    level=Level.WARNING,
    info="The budget's limit is higher than what the application may cost.",
    explanation="Somebody who drives the cost of the model on purpose stays under the limit for months.",
    remedy="Set the limit to what the application is expected to cost, and raise the bound by setting"
    " where that is more.",
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
def budget_is_bounded(resource: Resource, graph: TemplateGraph) -> Answer:
    """Only budgets of cost in US dollars are compared; a limit by parameter is chosen at deployment."""
    if resource.get("Budget.BudgetType") != "COST" or resource.get("Budget.BudgetLimit.Unit") not in (
        None,
        "USD",
    ):
        return NotApplicable()
    amount = resource.get(_AMOUNT)
    if amount is None:
        return NotApplicable()
    if isinstance(amount, Opaque):
        return Unknown(_AMOUNT, amount.why)
    try:
        limit = float(str(amount))
    except ValueError:
        return Unknown(_AMOUNT, f"{amount!r} is no number")
    days = _DAYS.get(str(resource.get("Budget.TimeUnit")), 30)
    most = graph.bounds.budget_usd
    if limit * 30 / days > most:
        return NonCompliant(_AMOUNT, f"{limit:g} USD is more than {most} USD a month")
    return Compliant(f"the limit is {limit:g} USD")
