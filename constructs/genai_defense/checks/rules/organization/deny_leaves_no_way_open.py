"""A Deny of one way to an end denies the other ways to the same end."""

from collections.abc import Iterator

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown
from genai_defense.checks.denied_families import FAMILIES
from genai_defense.checks.organization_policies import policy_content
from genai_defense.checks.policy import IDENTITY_TYPES, Statement, identity_statements, statements
from genai_defense.checks.reach import covers
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, dig, items

_ORGANIZATION = "AWS::Organizations::Policy"


@rule(
    id="OwaspLlm-DenyLeavesNoWayOpen",
    boundary=Boundary.ORGANIZATION,
    level=Level.WARNING,
    info="The policy denies most of the actions that lead to one end, and leaves one of them open.",
    explanation="Whoever is stopped at one action takes its neighbour: the stream in place of the call, an"
    " update in place of a deletion, a new version in place of a change.",
    remedy="Deny every action that the finding names with the same statement, or none of them.",
    source=Source(
        "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_examples.html",
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
    resource_types=(*IDENTITY_TYPES, _ORGANIZATION),
)
def deny_leaves_no_way_open(resource: Resource, _graph: TemplateGraph) -> Answer:
    """An end of which a policy denies less than half was not what its author had in mind."""
    denies = [each for each in _statements(resource) if not each.may_allow]
    judged = False
    for end, actions in FAMILIES.items():
        left = [action for action in actions if not any(_denies(each, action) for each in denies)]
        if len(left) * 2 > len(actions):
            continue
        judged = True
        if left and (opaque := _opaque(denies)) is not None:
            return opaque
        if left:
            named = ", ".join(left)
            return NonCompliant(f"{denies[0].path}.Action", f"of the ways to {end}, {named} stays open")
    return Compliant("what it denies, it denies in every way") if judged else NotApplicable()


def _statements(resource: Resource) -> Iterator[Statement]:
    if resource.type == _ORGANIZATION:
        return statements(policy_content(resource), "Content")
    return identity_statements(resource)


def _opaque(denies: list[Statement]) -> Answer | None:
    for each in denies:
        for value in items(dig(each.body, "Action")):
            if isinstance(value, Opaque):
                return Unknown(f"{each.path}.Action", value.why)
    return None


def _denies(statement: Statement, action: str) -> bool:
    left_out = dig(statement.body, "NotAction")
    if left_out is not None:
        return not any(covers(pattern, action) for pattern in items(left_out))
    return any(covers(pattern, action) for pattern in items(dig(statement.body, "Action")))
