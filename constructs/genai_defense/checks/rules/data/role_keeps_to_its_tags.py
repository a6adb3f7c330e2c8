"""A role that is taken for one user or tenant reads the rows of no other."""

from collections.abc import Iterator

from genai_defense.checks.alike import actions
from genai_defense.checks.answer import Answer, Compliant, NonCompliant, worst
from genai_defense.checks.for_whom import ROWS, looks_at, variables_of_session
from genai_defense.checks.grants import granting_statements, roles_with
from genai_defense.checks.policy import IDENTITY_TYPES, Statement
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph

_OF_SOMEBODY = ROWS | {"s3:deleteobject", "s3:getobject", "s3:putobject"}


@rule(
    id="OwaspLlm-RoleKeepsToItsTags",
    boundary=Boundary.DATA,
    level=Level.WARNING,
    info="A role that is taken with a tag, such as the user, may read or write what is of others.",
    explanation="The tag says for whom the session is; a statement that does not look at it gives every"
    " session the rows and objects of every user and tenant.",
    remedy="Name ${aws:PrincipalTag/…} in dynamodb:LeadingKeys, in s3:prefix or in the resource's ARN.",
    source=Source(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html#id_session-tags_know",
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
def role_keeps_to_its_tags(resource: Resource, graph: TemplateGraph) -> Answer:
    """Any of the tags that the role's trust policy demands will do."""
    tags = {tag for role in roles_with(resource, graph) for tag in variables_of_session(role)}
    return worst(answer for each in granting_statements(resource, graph) for answer in _judge(each, tags))


def _judge(statement: Statement, tags: set[str]) -> Iterator[Answer]:
    if not tags or not isinstance(statement.body, dict) or not _OF_SOMEBODY & {*actions(statement)}:
        return
    if looks_at(statement, tags):
        yield Compliant(f"{statement.path} is for whom the tag names")
    else:
        yield NonCompliant(f"{statement.path}.Condition", f"nothing looks at {min(tags)} of the session")
