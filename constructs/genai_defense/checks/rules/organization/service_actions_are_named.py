"""Who needs some actions of a service is allowed these, not all of them."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown
from genai_defense.checks.grants import judge_actions
from genai_defense.checks.policy import IDENTITY_TYPES
from genai_defense.checks.reach import literally
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.sensitive_services import is_sensitive
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Unresolved, Value

# Bedrock has a rule of its own; the others carry what AWS's agent on a machine says, and nothing else.
_NOT_MEANT = frozenset({"bedrock", "ec2messages", "ssmmessages"})


@rule(
    id="OwaspLlm-ServiceActionsAreNamed",
    boundary=Boundary.ORGANIZATION,
    level=Level.WARNING,
    info="The policy allows every action of a service.",
    explanation="Who writes a log or a trace can delete the logs and change what is traced, too, with today's"
    " actions and those that AWS will add.",
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
def service_actions_are_named(resource: Resource, graph: TemplateGraph) -> Answer:
    """Services that hold data or rights, and Bedrock, have rules of their own, which are errors."""
    return judge_actions(resource, graph, _judge)


def _judge(path: str, action: Value) -> Answer:
    if isinstance(action, Unresolved):
        return Unknown(path, action.why)
    service, _, name = literally(action).lower().partition(":")
    if (
        service.strip("*")
        and name
        and not name.strip("*")
        and service not in _NOT_MEANT
        and not is_sensitive(service)
    ):
        return NonCompliant(path, f"{service}:* allows all that {service} can do")
    return Compliant(f"{path} is a choice of actions")
