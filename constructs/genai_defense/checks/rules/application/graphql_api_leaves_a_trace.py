"""What a GraphQL API was asked, and by whom, can be followed."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, Unresolved, flag

_LEVEL = "LogConfig.FieldLogLevel"


@rule(
    id="OwaspLlm-GraphqlApiLeavesATrace",
    boundary=Boundary.APPLICATION,
    level=Level.WARNING,
    info="The GraphQL API logs no errors, or its requests leave no trace.",
    explanation="Whoever tries queries until one gets through is seen by nobody, and nobody can say"
    " afterwards what was read.",
    remedy="Set LogConfig with a FieldLogLevel of ERROR or more, and XrayEnabled to true.",
    source=Source("https://docs.aws.amazon.com/appsync/latest/devguide/monitoring.html", "2026-11-24"),
    mapping=Risks(
        owasp_llm_2025=("LLM06", "LLM10"),
        owasp_agentic=("ASI08",),
        mitre_atlas=("AML.T0029",),
        nist_csf=("DE.CM",),
        nist_ai_600_1=("Information Security",),
        aws_gensec=("GENSEC03-BP01",),
    ),
    resource_types=("AWS::AppSync::GraphQLApi",),
)
def graphql_api_leaves_a_trace(api: Resource, _graph: TemplateGraph) -> Answer:
    """Both are off unless the template says otherwise."""
    logs = api.get("LogConfig")
    if isinstance(logs, Unresolved):
        return Unknown("LogConfig", logs.why)
    level = None if logs is None else api.get(_LEVEL)
    if isinstance(level, Opaque):
        return Unknown(_LEVEL, level.why)
    if level in (None, "NONE"):
        return NonCompliant(_LEVEL if logs else "LogConfig", "errors of queries are not logged")
    traced = flag(api.get("XrayEnabled"), default=False)
    if isinstance(traced, Opaque):
        return Unknown("XrayEnabled", traced.why)
    return (
        Compliant("it logs and traces") if traced else NonCompliant("XrayEnabled", "requests leave no trace")
    )
