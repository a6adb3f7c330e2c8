"""A permission on Bedrock names the model, guardrail, agent or knowledge base that it is for."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown, worst
from genai_defense.checks.model_access import TAKE_A_RESOURCE
from genai_defense.checks.policy import IDENTITY_TYPES, Statement, identity_statements
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, dig, first_unresolved, items


@rule(
    id="OwaspLlm-BedrockActionsNameResources",
    boundary=Boundary.MODEL,
    level=Level.ERROR,
    info="The policy allows Bedrock actions on every resource.",
    explanation="Whoever holds the permission uses every model, guardrail, agent and knowledge base of the"
    " account, those of other applications included.",
    remedy="Name the ARNs in Resource. List actions and account settings take none and are not meant.",
    source=Source(
        "https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonbedrock.html",
        "2026-11-24",
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM06", "LLM10"),
        owasp_agentic=("ASI03",),
        mitre_atlas=("AML.T0040",),
        nist_csf=("PR.AA",),
        nist_ai_600_1=("Information Security",),
        aws_gensec=("GENSEC01-BP01",),
    ),
    resource_types=IDENTITY_TYPES,
)
def bedrock_actions_name_resources(resource: Resource, _graph: TemplateGraph) -> Answer:
    """The worst statement counts."""
    return worst(_judge(statement) for statement in identity_statements(resource))


def _judge(statement: Statement) -> Answer:
    if not statement.may_allow or not any(map(statement.may_cover, TAKE_A_RESOURCE)):
        return NotApplicable()
    if isinstance(statement.body, Opaque):
        return Unknown(statement.path, statement.body.why)
    named = items(dig(statement.body, "Resource"))
    if named and "*" not in named:
        return Compliant(f"{statement.path} names its resources")
    if unresolved := first_unresolved(dig(statement.body, "Action")):
        return Unknown(f"{statement.path}.Action", unresolved.why)
    return NonCompliant(f"{statement.path}.Resource", "Bedrock actions are allowed on every resource")
