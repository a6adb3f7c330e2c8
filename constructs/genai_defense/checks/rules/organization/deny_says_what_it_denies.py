"""A Deny denies something."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown, worst
from genai_defense.checks.denials import POLICY_HOLDERS, denials
from genai_defense.checks.policy import Statement
from genai_defense.checks.resource_policies import RESOURCE_POLICIES
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, dig, items

_FIELDS = (("Action", "NotAction"), ("Resource", "NotResource"))


@rule(
    id="OwaspLlm-DenySaysWhatItDenies",
    boundary=Boundary.ORGANIZATION,
    level=Level.ERROR,
    info="A Deny names no action, no resource, or leaves out every one.",
    explanation="What the policy seems to forbid is allowed: whoever reads it believes in a protection that"
    " is not there.",
    remedy="Name the actions and resources that are forbidden, or take the statement out.",
    source=Source(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_effect.html",
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
    resource_types=POLICY_HOLDERS,
)
def deny_says_what_it_denies(resource: Resource, _graph: TemplateGraph) -> Answer:
    """Says nothing about policies without a Deny."""
    return worst(_judge(each, resource) for each in denials(resource))


def _judge(statement: Statement, resource: Resource) -> Answer:
    for named, left_out in _FIELDS:
        value, excluded = dig(statement.body, named), dig(statement.body, left_out)
        if isinstance(value, Opaque) or isinstance(excluded, Opaque):
            continue
        # The policy of a store may leave its resource out where it can only be the store itself.
        if value is None and excluded is None and named == "Resource" and resource.type in RESOURCE_POLICIES:
            continue
        if not [each for each in items(value) if each != ""] and excluded in (None, [], ""):
            return NonCompliant(f"{statement.path}.{named}", f"the Deny names no {named.lower()}")
        if "*" in items(excluded):
            return NonCompliant(f"{statement.path}.{left_out}", f"the Deny leaves out every {named.lower()}")
    conditions = dig(statement.body, "Condition")
    if isinstance(conditions, Opaque):
        return Unknown(f"{statement.path}.Condition", conditions.why)
    return Compliant(f"{statement.path} denies something")
