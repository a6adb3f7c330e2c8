"""A role is handed to the service that it is for."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown, worst
from genai_defense.checks.grants import granting_statements
from genai_defense.checks.policy import IDENTITY_TYPES, Statement
from genai_defense.checks.reach import covers
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, dig, items


@rule(
    id="OwaspLlm-PassedRolesNameTheirService",
    boundary=Boundary.ORGANIZATION,
    level=Level.WARNING,
    info="The policy lets a role be passed to any service that the role trusts.",
    explanation="A role that two services may use is started in the one that the author did not think of.",
    remedy="Add a condition StringEquals on iam:PassedToService.",
    source=Source(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html",
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
def passed_roles_name_their_service(resource: Resource, graph: TemplateGraph) -> Answer:
    """What passes a role whatever the service is narrowed by the role's trust alone."""
    return worst(
        _judge(statement)
        for statement in granting_statements(resource, graph)
        if isinstance(statement.body, Opaque)
        or any(covers(action, "iam:PassRole") for action in items(dig(statement.body, "Action")))
    )


def _judge(statement: Statement) -> Answer:
    if isinstance(statement.body, Opaque):
        return Unknown(statement.path, statement.body.why)
    if isinstance(conditions := dig(statement.body, "Condition"), Opaque):
        return Unknown(f"{statement.path}.Condition", conditions.why)
    services = statement.demanded("iam:PassedToService")
    if services and "*" not in services:
        return Compliant(f"{statement.path} names the service")
    return NonCompliant(f"{statement.path}.Condition", "nothing demands iam:PassedToService")
