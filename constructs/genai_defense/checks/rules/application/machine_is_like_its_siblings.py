"""A state machine is traced, and keeps data out of its log, as all else does."""

from genai_defense.checks.answer import Answer, worst
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.siblings import Held, Practice, as_siblings_do
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, flag

_MACHINE = "AWS::StepFunctions::StateMachine"
_TRACES = {
    "AWS::Lambda::Function": ("TracingConfig.Mode", ("Active",)),
    "AWS::ApiGateway::Stage": ("TracingEnabled", (True, "true")),
    "AWS::AppSync::GraphQLApi": ("XrayEnabled", (True, "true")),
    _MACHINE: ("TracingConfiguration.Enabled", (True, "true")),
}
_DATA = "LoggingConfiguration.IncludeExecutionData"


def _is_traced(resource: Resource, _graph: TemplateGraph) -> Held:
    """A function that says nothing is no sibling: many are too small to be followed."""
    path, on = _TRACES[resource.type]
    value = resource.get(path)
    if value is None:
        return False if resource.type == _MACHINE else None
    return value if isinstance(value, Opaque) else value in on


def _keeps_data_out(machine: Resource, _graph: TemplateGraph) -> Held:
    """Only what is said counts; whether the log is encrypted is another matter."""
    value = machine.get(_DATA)
    if value is None:
        return None
    shown = flag(value, default=False)
    return shown if isinstance(shown, Opaque) else not shown


_TABLE = (
    Practice(
        property="TracingConfiguration.Enabled",
        types=tuple(_TRACES),
        held=_is_traced,
        otherwise="its runs leave no trace",
        least=4,
    ),
    Practice(
        property=_DATA,
        types=(_MACHINE,),
        held=_keeps_data_out,
        otherwise="what users wrote stands in its log",
        least=1,
    ),
)


@rule(
    id="OwaspLlm-MachineIsLikeItsSiblings",
    boundary=Boundary.APPLICATION,
    level=Level.WARNING,
    info="The state machine leaves no trace where functions and stages do, or logs its data where"
    " other machines do not.",
    explanation="The part of a request that decides and acts is missing from its trace; or prompts and"
    " arguments stand in a log that others kept free of them.",
    remedy="Set TracingConfiguration.Enabled to true, and IncludeExecutionData to false.",
    source=Source(
        "https://docs.aws.amazon.com/step-functions/latest/dg/concepts-xray-tracing.html", "2026-11-24"
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM06", "LLM10"),
        owasp_agentic=("ASI08",),
        mitre_atlas=("AML.T0029",),
        nist_csf=("DE.CM",),
        nist_ai_600_1=("Information Security",),
        aws_gensec=("GENSEC03-BP01",),
    ),
    resource_types=("AWS::StepFunctions::StateMachine",),
)
def machine_is_like_its_siblings(machine: Resource, graph: TemplateGraph) -> Answer:
    """One other machine that says its log is free of data is a practice: nobody writes that by chance."""
    return worst(as_siblings_do(machine, graph, practice) for practice in _TABLE)
