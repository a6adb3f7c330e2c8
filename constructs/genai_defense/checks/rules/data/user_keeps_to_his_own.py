"""A user of an identity pool reads and writes what is his own."""

from collections.abc import Iterator

from genai_defense.checks.alike import actions
from genai_defense.checks.answer import Answer, Compliant, NonCompliant, worst
from genai_defense.checks.for_whom import ROWS, looks_at, variables_of_user
from genai_defense.checks.grants import granting_statements, roles_with
from genai_defense.checks.policy import IDENTITY_TYPES, Statement
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph

# Objects that all users read are common; that each may write those of others is not.
_OF_SOMEBODY = ROWS | {"s3:deleteobject", "s3:putobject"}


@rule(
    id="OwaspLlm-UserKeepsToHisOwn",
    boundary=Boundary.DATA,
    level=Level.WARNING,
    info="Every user of the identity pool may read the rows, or write the objects, of all others.",
    explanation="The credentials are in the user's hands, in a browser: he asks the table himself, past the"
    " application and its checks.",
    remedy="Name ${cognito-identity.amazonaws.com:sub}, or a tag of the session, in dynamodb:LeadingKeys or"
    " in the resource's ARN.",
    source=Source(
        "https://docs.aws.amazon.com/cognito/latest/developerguide/role-based-access-control.html",
        "2026-11-24",
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM02", "LLM06"),
        owasp_agentic=("ASI03",),
        mitre_atlas=("AML.T0053",),
        nist_csf=("PR.AA", "PR.DS"),
        nist_ai_600_1=("Data Privacy", "Information Security"),
        aws_gensec=("GENSEC05-BP01",),
    ),
    resource_types=IDENTITY_TYPES,
)
def user_keeps_to_his_own(resource: Resource, graph: TemplateGraph) -> Answer:
    """Tags that the pool takes from a token say who he is as well."""
    variables = {each for role in roles_with(resource, graph) for each in variables_of_user(role)}
    return worst(
        answer for each in granting_statements(resource, graph) for answer in _judge(each, variables)
    )


def _judge(statement: Statement, variables: set[str]) -> Iterator[Answer]:
    if not variables or not isinstance(statement.body, dict) or not _OF_SOMEBODY & {*actions(statement)}:
        return
    if looks_at(statement, variables):
        yield Compliant(f"{statement.path} is for one user")
    else:
        yield NonCompliant(f"{statement.path}.Condition", "nothing in it says whose")
