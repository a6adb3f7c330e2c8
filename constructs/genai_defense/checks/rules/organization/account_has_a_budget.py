"""Spend on models is watched by somebody."""

from genai_defense.checks.answer import Answer
from genai_defense.checks.existence import existence
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import DEPLOYMENT, Resource, TemplateGraph


@rule(
    id="OwaspLlm-AccountHasABudget",
    boundary=Boundary.ORGANIZATION,
    level=Level.WARNING,
    info="The deployment has no budget.",
    explanation="Somebody who harvests model calls is seen on the invoice, a month late.",
    remedy="Declare an AWS::Budgets::Budget with notifications, or accept the finding where the payer"
    " account watches the spend.",
    source=Source(
        "https://docs.aws.amazon.com/cost-management/latest/userguide/budgets-managing-costs.html",
        "2026-11-24",
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM10",),
        owasp_agentic=("ASI08",),
        mitre_atlas=("AML.T0034",),
        nist_csf=("DE.CM",),
        nist_ai_600_1=("Information Security",),
        aws_gensec=("GENSEC03-BP01",),
    ),
    resource_types=(DEPLOYMENT,),
)
def account_has_a_budget(_deployment: Resource, graph: TemplateGraph) -> Answer:
    """An account-wide resource of another stack is not seen: accept the finding then."""
    return existence(graph, "AWS::Budgets::Budget")
