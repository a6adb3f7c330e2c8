"""Who asked a GraphQL API for what can be told afterwards."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown, worst
from genai_defense.checks.expectations import switched
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, shown

_LEVEL = "LogConfig.FieldLogLevel"


@rule(
    id="OwaspLlm-GraphqlApiLeavesATrace",
    boundary=Boundary.APPLICATION,
    level=Level.WARNING,
    info="The GraphQL API writes no log, or has its traces switched off.",
    explanation="Probing, floods and stolen tokens in front of the model leave nothing that an alarm or an"
    " investigation could read.",
    remedy="Set LogConfig with a FieldLogLevel of ERROR or more and a role, and XrayEnabled to true.",
    source=Source("https://docs.aws.amazon.com/appsync/latest/devguide/monitoring.html", "2026-11-24"),
    mapping=Risks(
        owasp_llm_2025=("LLM10",),
        owasp_agentic=("ASI10",),
        mitre_atlas=("AML.T0029", "AML.T0040"),
        nist_csf=("DE.CM",),
        nist_ai_600_1=("Information Security",),
        aws_gensec=("GENSEC03-BP01",),
    ),
    resource_types=("AWS::AppSync::GraphQLApi",),
)
def graphql_api_leaves_a_trace(api: Resource, _graph: TemplateGraph) -> Answer:
    """Any level but NONE logs errors; traces beside them are asked of who switched them off."""
    traced = switched(api, "XrayEnabled", wanted=True, default=True, otherwise="requests leave no trace")
    return worst((_logged(api), traced))


def _logged(api: Resource) -> Answer:
    level = api.get(_LEVEL)
    if isinstance(level, Opaque):
        return Unknown(_LEVEL, level.why)
    if level in (None, "NONE"):
        return NonCompliant(_LEVEL, f"the level is {shown(level)}: nothing is logged")
    return Compliant(f"{level} is logged")
