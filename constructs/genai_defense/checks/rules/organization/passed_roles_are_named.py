"""Only named roles can be handed to a service."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown, worst
from genai_defense.checks.grants import granting_statements
from genai_defense.checks.policy import IDENTITY_TYPES, Statement
from genai_defense.checks.reach import covers, reaches
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, dig, items

_OTHER = "arn:aws:iam::123456789012:role/some-other"


@rule(
    id="OwaspLlm-PassedRolesAreNamed",
    boundary=Boundary.ORGANIZATION,
    level=Level.ERROR,
    info="The policy lets every role be passed to a service.",
    explanation="Whoever steers the workload starts a function or a task with the strongest role of the"
    " account, and so has its rights.",
    remedy="Name the roles in Resource, and the service in a condition on iam:PassedToService.",
    source=Source(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html", "2026-11-24"
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
def passed_roles_are_named(resource: Resource, graph: TemplateGraph) -> Answer:
    """A role that the deployment names is one role, not every role."""
    return worst(
        _judge(statement)
        for statement in granting_statements(resource, graph)
        if isinstance(statement.body, Opaque)
        or any(covers(action, "iam:PassRole") for action in items(dig(statement.body, "Action")))
    )


def _judge(statement: Statement) -> Answer:
    if isinstance(statement.body, Opaque):
        return Unknown(statement.path, statement.body.why)
    if any(reaches(each, _OTHER) for each in items(dig(statement.body, "Resource"))):
        return NonCompliant(f"{statement.path}.Resource", "iam:PassRole reaches every role")
    return Compliant(f"{statement.path} names the roles that are passed")
