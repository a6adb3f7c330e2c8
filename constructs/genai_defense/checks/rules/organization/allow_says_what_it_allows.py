"""An Allow names what it allows, not what it leaves out."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown, worst
from genai_defense.checks.grants import granting_statements
from genai_defense.checks.policy import IDENTITY_TYPES, Statement, statements
from genai_defense.checks.reach import named
from genai_defense.checks.resource_policies import RESOURCE_POLICIES, resource_statements
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, dig

_EXCLUDING = ("NotAction", "NotResource", "NotPrincipal")


@rule(
    id="OwaspLlm-AllowSaysWhatItAllows",
    boundary=Boundary.ORGANIZATION,
    level=Level.ERROR,
    info="An Allow names what it leaves out, and allows all the rest.",
    explanation="Every action, resource or caller that nobody thought of is allowed, and each new one.",
    remedy="Use Action, Resource and Principal; keep NotAction, NotResource and NotPrincipal for a Deny.",
    source=Source(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notaction.html",
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
    resource_types=(*IDENTITY_TYPES, "AWS::KMS::Key", *RESOURCE_POLICIES),
)
def allow_says_what_it_allows(resource: Resource, graph: TemplateGraph) -> Answer:
    """A Deny with NotAction forbids all the rest, which is sound."""
    if resource.type == "AWS::KMS::Key":
        listed = statements(resource.get("KeyPolicy"), "KeyPolicy")
    elif resource.type in RESOURCE_POLICIES:
        listed = resource_statements(resource)
    else:
        listed = granting_statements(resource, graph)
    return worst(_judge(each) for each in listed if each.may_allow)


def _judge(statement: Statement) -> Answer:
    if isinstance(statement.body, Opaque):
        return Unknown(statement.path, statement.body.why)
    for name in _EXCLUDING:
        if (left_out := dig(statement.body, name)) is not None:
            return NonCompliant(f"{statement.path}.{name}", f"it allows all but {named(left_out)}")
    return Compliant(f"{statement.path} names what it allows")
