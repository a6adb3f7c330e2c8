"""Nobody is allowed all that a service can do."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown
from genai_defense.checks.grants import judge_actions
from genai_defense.checks.policy import IDENTITY_TYPES
from genai_defense.checks.reach import literally
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.sensitive_services import is_sensitive
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Unresolved, Value


@rule(
    id="OwaspLlm-ActionsAreNamed",
    boundary=Boundary.ORGANIZATION,
    level=Level.ERROR,
    info="The policy allows every action, or every action of a service that holds data or rights.",
    explanation="Code that reads prompts can delete, share and reconfigure what it needs only to read, with"
    " today's actions and those that AWS will add.",
    remedy="Name the actions that the workload calls.",
    source=Source(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege",
        "2026-11-24",
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM02", "LLM06"),
        owasp_agentic=("ASI03",),
        mitre_atlas=("AML.T0053",),
        nist_csf=("PR.AA",),
        nist_ai_600_1=("Information Security",),
        aws_gensec=("GENSEC05-BP01",),
    ),
    resource_types=IDENTITY_TYPES,
)
def actions_are_named(resource: Resource, graph: TemplateGraph) -> Answer:
    """A pattern such as s3:Get* is a choice; <service>:* is none. Bedrock has a rule of its own."""
    return judge_actions(resource, graph, _judge)


def _judge(path: str, action: Value) -> Answer:
    if isinstance(action, Unresolved):
        return Unknown(path, action.why)
    text = literally(action).lower()
    service, _, name = text.partition(":")
    if text.strip("*:") == "" or (not name.strip("*") and "*" in name and is_sensitive(service)):
        return NonCompliant(path, f"{text} allows all that the service can do")
    return Compliant(f"{path} is a choice of actions")
