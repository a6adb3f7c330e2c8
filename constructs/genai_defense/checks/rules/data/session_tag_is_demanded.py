"""A role whose rows follow a tag of the session is taken only with that tag."""

import re
from collections.abc import Iterator

from genai_defense.checks.allowing import trusting
from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown, worst
from genai_defense.checks.policy import Statement, identity_statements
from genai_defense.checks.reach import literally
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, Reference, Value, dig, items

_TAG = re.compile(r"\$\{aws:PrincipalTag/([^}]+)\}", re.IGNORECASE)
_TAGGING = "sts:TagSession"


@rule(
    id="OwaspLlm-SessionTagIsDemanded",
    boundary=Boundary.DATA,
    level=Level.WARNING,
    info="The role's policies follow a tag of its session, and its trust does not demand the tag.",
    explanation="Whoever takes the role leaves the tag empty, or sets others that policies elsewhere read,"
    " and reaches rows that are not his.",
    remedy="Demand aws:RequestTag of the tag with a pattern that an empty one does not match, such as ?*, and"
    " list all tags that may be set under ForAllValues:StringEquals of aws:TagKeys.",
    source=Source("https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html", "2026-11-24"),
    mapping=Risks(
        owasp_llm_2025=("LLM02", "LLM08"),
        owasp_agentic=("ASI03",),
        mitre_atlas=("AML.T0025",),
        nist_csf=("PR.AA", "PR.DS"),
        nist_ai_600_1=("Data Privacy", "Information Security"),
        aws_gensec=("GENSEC01-BP03",),
    ),
    resource_types=("AWS::IAM::Role",),
)
def session_tag_is_demanded(role: Resource, graph: TemplateGraph) -> Answer:
    """Tags that an identity provider or service sets are not the caller's to choose."""
    tags = {tag.lower() for policy in _policies(role, graph) for tag in _followed(policy)}
    if not tags:
        return NotApplicable()
    return worst(answer for each in trusting(role) for answer in _judge(each, tags))


def _policies(role: Resource, graph: TemplateGraph) -> Iterator[Resource]:
    yield role
    for other in graph.referrers(role):
        roles = items(other.get("Roles")) or items(other.get("RoleName"))
        if any(isinstance(each, Reference) and each.resource is role for each in roles):
            yield other


def _followed(policy: Resource) -> Iterator[str]:
    for statement in identity_statements(policy):
        if not isinstance(statement.body, Opaque):
            written: list[Value] = [*items(dig(statement.body, "Resource"))]
            written += [value for _, _, values in statement.tests() for value in values]
            for value in written:
                yield from _TAG.findall(literally(value))


def _judge(statement: Statement, tags: set[str]) -> Iterator[Answer]:
    principal = None if isinstance(statement.body, Opaque) else dig(statement.body, "Principal")
    if not isinstance(principal, dict) or "AWS" not in principal or not statement.may_cover(_TAGGING):
        return
    path = f"{statement.path}.Condition"
    if isinstance(conditions := dig(statement.body, "Condition"), Opaque):
        yield Unknown(path, conditions.why)
        return
    for tag in sorted(tags):
        values = statement.demanded(f"aws:RequestTag/{tag}")
        if not values or any(not literally(value).strip("*") for value in values):
            yield NonCompliant(path, f"the tag {tag} may be missing or empty")
    if not any(key == "aws:tagkeys" for _, key, _ in statement.tests()):
        yield NonCompliant(path, "it does not say which tags may be set")
    yield Compliant(f"{statement.path} demands the tags that its policies follow")
