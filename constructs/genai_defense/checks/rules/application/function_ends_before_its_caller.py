"""A function does not run on when nobody waits for its answer."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, Value, whole

_LONG, _DEFAULT = 600, 3
# Who calls a function and does not wait, or waits for as long as it takes.
_OTHERS = (
    "AWS::Events::Rule",
    "AWS::Lambda::EventInvokeConfig",
    "AWS::Lambda::EventSourceMapping",
    "AWS::Lambda::Url",
    "AWS::S3::Bucket",
    "AWS::SNS::Subscription",
    "AWS::Scheduler::Schedule",
    "AWS::StepFunctions::StateMachine",
)
_METHOD = "AWS::ApiGateway::Method"
_APIS = ("AWS::ApiGateway::RestApi", "AWS::ApiGatewayV2::Api", "AWS::ApiGatewayV2::Integration", _METHOD)


@rule(
    id="OwaspLlm-FunctionEndsBeforeItsCaller",
    boundary=Boundary.APPLICATION,
    level=Level.WARNING,
    info="A function that an API calls may run for ten minutes or more, though the API waits for half"
    " a minute.",
    explanation="A loop through a model, or a call that hangs, is paid for to the end, and its caller has"
    " long asked again.",
    remedy="Set Timeout to the 29 seconds that the API waits, or call the function asynchronously.",
    source=Source("https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html", "2026-11-24"),
    mapping=Risks(
        owasp_llm_2025=("LLM06", "LLM10"),
        owasp_agentic=("ASI08",),
        mitre_atlas=("AML.T0029", "AML.T0034"),
        nist_csf=("PR.PS",),
        nist_ai_600_1=("Information Security",),
        aws_gensec=("GENSEC04-BP02",),
    ),
    resource_types=("AWS::Lambda::Function",),
)
def function_ends_before_its_caller(function: Resource, graph: TemplateGraph) -> Answer:
    """A function that others call as well, or by a method that streams or hands over, has its own time."""
    users = graph.referrers(function)
    callers = [each for each in users if each.type in _APIS]
    if not callers or any(each.type in _OTHERS for each in users):
        return NotApplicable()
    if any(_waits_otherwise(each.properties) for each in callers):
        return NotApplicable()
    timeout = whole(function.get("Timeout"), default=_DEFAULT)
    if isinstance(timeout, Opaque):
        return Unknown("Timeout", timeout.why)
    if timeout >= _LONG:
        return NonCompliant("Timeout", f"it runs for {timeout} s; {callers[0].logical_id} waits for 29")
    return Compliant("it ends in time")


def _waits_otherwise(value: Value) -> bool:
    """Whether an integration streams, is asynchronous, or has a longer time-out by a raised quota."""
    if isinstance(value, list):
        return any(_waits_otherwise(each) for each in value)
    if not isinstance(value, dict):
        return value in ("STREAM", "'Event'")
    return any(_waits_otherwise(each) for each in value.values())
