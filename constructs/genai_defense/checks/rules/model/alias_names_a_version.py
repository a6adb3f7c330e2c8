"""Users meet a version that was tested, and never the draft."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, Unresolved, dig, items


@rule(
    id="OwaspLlm-AliasNamesAVersion",
    boundary=Boundary.MODEL,
    level=Level.ERROR,
    info="The alias leads to the draft.",
    explanation="Whoever may update the agent or flow changes what users meet, in one call and"
    " without a release.",
    remedy="Leave RoutingConfiguration of an agent's alias out (Bedrock then makes a version), or"
    " name a numbered version.",
    source=Source("https://docs.aws.amazon.com/bedrock/latest/userguide/deploy-agent.html", "2026-11-24"),
    mapping=Risks(
        owasp_llm_2025=("LLM03",),
        owasp_agentic=("ASI04",),
        mitre_atlas=("AML.T0010",),
        nist_csf=("PR.PS",),
        nist_ai_600_1=("Value Chain and Component Integration",),
        aws_gensec=("GENSEC01-BP01",),
    ),
    resource_types=("AWS::Bedrock::AgentAlias", "AWS::Bedrock::FlowAlias"),
)
def alias_names_a_version(alias: Resource, _graph: TemplateGraph) -> Answer:
    """An agent's alias without a route gets a version of its own."""
    routes = alias.get("RoutingConfiguration")
    if isinstance(routes, Opaque):
        return Unknown("RoutingConfiguration", routes.why)
    name = "AgentVersion" if alias.type == "AWS::Bedrock::AgentAlias" else "FlowVersion"
    for index, route in enumerate(items(routes)):
        path = f"RoutingConfiguration.{index}.{name}"
        version = route if isinstance(route, Opaque) else dig(route, name)
        if isinstance(version, Unresolved):
            return Unknown(path, version.why)
        if version == "DRAFT":
            return NonCompliant(path, "it is the draft")
    return Compliant("it leads to a version")
