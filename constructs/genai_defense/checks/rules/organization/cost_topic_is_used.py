"""A topic that budgets may write to is written to by one."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, worst
from genai_defense.checks.policy import statements
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Value, dig, items

_SERVICES = ("budgets.amazonaws.com", "costalerts.amazonaws.com")
_WRITERS = ("AWS::Budgets::Budget", "AWS::Budgets::BudgetsAction", "AWS::CE::AnomalySubscription")


@rule(
    id="OwaspLlm-CostTopicIsUsed",
    boundary=Boundary.ORGANIZATION,
    level=Level.WARNING,
    info="Budgets may write to the topic, and the deployment has none.",
    explanation="Somebody prepared to be told of the cost of models, and nothing tells: harvested calls are"
    " seen on the invoice.",
    remedy="Declare the budget or the anomaly subscription, or take the statement from the policy; accept the"
    " finding where another deployment's budget uses the topic.",
    source=Source(
        "https://docs.aws.amazon.com/cost-management/latest/userguide/budgets-sns-policy.html", "2026-11-24"
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM10",),
        owasp_agentic=("ASI10",),
        mitre_atlas=("AML.T0034",),
        nist_csf=("DE.CM",),
        nist_ai_600_1=("Information Security",),
        aws_gensec=("GENSEC03-BP01",),
    ),
    resource_types=("AWS::SNS::TopicPolicy",),
)
def cost_topic_is_used(policy: Resource, graph: TemplateGraph) -> Answer:
    """Budgets and anomalies tell of the same; one of them is enough."""
    return worst(
        _judge(f"{statement.path}.Principal", graph)
        for statement in statements(policy.get("PolicyDocument"), "PolicyDocument")
        if _lets_in(statement.body)
    )


def _lets_in(body: Value) -> bool:
    principal = dig(body, "Principal") if isinstance(body, dict) else None
    if not isinstance(principal, dict) or dig(body, "Effect") != "Allow":
        return False
    return any(service in _SERVICES for service in items(dig(principal, "Service")))


def _judge(path: str, graph: TemplateGraph) -> Answer:
    found = next(graph.of_type(*_WRITERS), None)
    if found is None:
        return NonCompliant(path, "no budget writes to it")
    return Compliant(f"{found.logical_id} writes to it")
