"""One budget at least counts what models cost."""

import re

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, Value, items

_SERVICES = "Budget.CostFilters.Service"
_MODELS = re.compile(r"bedrock|sagemaker|claude|anthropic|amazon q|nova", re.IGNORECASE)


@rule(
    id="OwaspLlm-BudgetCountsModels",
    boundary=Boundary.ORGANIZATION,
    level=Level.WARNING,
    info="The budget counts other services, and no budget of the deployment counts models.",
    explanation="Stolen credentials, loops and floods cost tokens, and the budget that was to tell of it"
    " looks elsewhere.",
    remedy="Add Amazon Bedrock to the services of the budget, or take the filter out.",
    source=Source(
        "https://docs.aws.amazon.com/cost-management/latest/userguide/budgets-create-filters.html",
        "2026-11-24",
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM06", "LLM10"),
        owasp_agentic=("ASI10",),
        mitre_atlas=("AML.T0034",),
        nist_csf=("DE.CM",),
        nist_ai_600_1=("Information Security",),
        aws_gensec=("GENSEC03-BP01",),
    ),
    resource_types=("AWS::Budgets::Budget",),
)
def budget_counts_models(budget: Resource, graph: TemplateGraph) -> Answer:
    """Says nothing where no template has anything of Bedrock."""
    services = budget.get(_SERVICES)
    if services is None or not any(one.type.startswith("AWS::Bedrock") for one in graph.all()):
        return NotApplicable()
    if isinstance(services, Opaque):
        return Unknown(_SERVICES, services.why)
    if any(_counts(other.get(_SERVICES)) for other in graph.of_type("AWS::Budgets::Budget")):
        return Compliant("a budget counts models")
    return NonCompliant(_SERVICES, f"it counts {', '.join(map(str, items(services)))} only")


def _counts(services: Value) -> bool:
    return services is None or any(
        isinstance(one, Opaque) or _MODELS.search(str(one)) for one in items(services)
    )
