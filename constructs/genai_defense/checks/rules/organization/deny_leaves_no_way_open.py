"""A Deny of one way to an end denies the other ways to the same end."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown
from genai_defense.checks.denials import ORGANIZATION, denials, denies
from genai_defense.checks.denied_families import A_CALL, FAMILIES
from genai_defense.checks.policy import IDENTITY_TYPES, Statement
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, dig, items

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
    """An end of which a policy denies less than half was not what its author had in mind."""
    listed = list(denials(resource))
    judged = False
    for end, actions in FAMILIES.items():
        # A call and its stream are one call: what a statement demands of one, it demands of the other. Each
        # statement of a bucket's policy is about callers or calls of its own.
        alone = end == A_CALL or resource.type == _OF_BUCKETS
        for statements in [[each] for each in listed] if alone else [listed]:
            left = [action for action in actions if not any(denies(each, action) for each in statements)]
            if len(left) > max(1, (len(actions) - 1) // 2):
                continue
            judged = True
            if left:
                named = ", ".join(left)
                found = NonCompliant(
                    f"{statements[0].path}.Action", f"of the ways to {end}, {named} stays open"
                )
                return _opaque(statements) or found
    return Compliant("what it denies, it denies in every way") if judged else NotApplicable()


def _opaque(listed: list[Statement]) -> Answer | None:
    for each in listed:
        for value in items(dig(each.body, "Action")):
            if isinstance(value, Opaque):
                return Unknown(f"{each.path}.Action", value.why)
    return None
