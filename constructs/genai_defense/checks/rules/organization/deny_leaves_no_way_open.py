"""A Deny of one way to an end denies the other ways to the same end."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown
from genai_defense.checks.denials import ORGANIZATION, denials, denies
from genai_defense.checks.denied_families import A_CALL, FAMILIES
from genai_defense.checks.policy import IDENTITY_TYPES, Statement
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, dig, items

_CALLERS = ("aws:principal", "lambda:sourcefunctionarn")
_OF_BUCKETS = "AWS::S3::BucketPolicy"


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
    resource_types=(*IDENTITY_TYPES, _OF_BUCKETS, ORGANIZATION),
)
def deny_leaves_no_way_open(resource: Resource, _graph: TemplateGraph) -> Answer:
    """An end of which a policy denies less than half was not what its author had in mind.

    Nor is one that a Deny leaves out by name, or denies to some requests only. One of two ways may be denied
    for a reason of its own, but not a call without its stream.
    """
    listed = list(denials(resource))
    meant = [each for each in listed if _is_about_actions(each)]
    judged = False
    for end, actions in FAMILIES.items():
        # What a statement demands of a call, it demands of the stream. Each statement of a bucket's policy is
        # about callers or calls of its own.
        call = end == A_CALL
        alone = (
            [[each] for each in (listed if call else meant)]
            if call or resource.type == _OF_BUCKETS
            else [meant]
        )
        for statements in alone:
            left = [action for action in actions if not any(denies(each, action) for each in statements)]
            if len(left) > (1 if call else (len(actions) - 1) // 2):
                continue
            judged = True
            if left:
                named = ", ".join(left)
                found = NonCompliant(
                    f"{statements[0].path}.Action", f"of the ways to {end}, {named} stays open"
                )
                return _opaque(statements) or found
    return Compliant("what it denies, it denies in every way") if judged else NotApplicable()


def _is_about_actions(statement: Statement) -> bool:
    """Whether a Deny names actions, and leaves out callers at most."""
    conditions = dig(statement.body, "Condition")
    return dig(statement.body, "Action") is not None and (
        isinstance(conditions, Opaque) or all(key.startswith(_CALLERS) for _, key, _ in statement.tests())
    )


def _opaque(listed: list[Statement]) -> Answer | None:
    for each in listed:
        for value in items(dig(each.body, "Action")):
            if isinstance(value, Opaque):
                return Unknown(f"{each.path}.Action", value.why)
    return None
