"""Who may pass a key on passes it to services of AWS, not to anybody."""

from collections.abc import Iterator

from genai_defense.checks.allowing import KEY_POLICIES, allowing
from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown, worst
from genai_defense.checks.policy import IDENTITY_TYPES, Statement
from genai_defense.checks.principals import tested
from genai_defense.checks.reach import literally
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, Value, dig, items

# Each of these says to whom, for what, or through what a grant is made.
_BINDING = ("aws:source", "kms:encryptioncontext", "kms:grant", "kms:viaservice")


@rule(
    id="OwaspLlm-GrantsAreForServices",
    boundary=Boundary.DATA,
    level=Level.WARNING,
    info="The policy lets its callers grant the use of the key to anybody.",
    explanation="A grant is no policy: no review sees it, and who was given one decrypts with the key from"
    " any account for as long as it stands.",
    remedy="Demand kms:GrantIsForAWSResource, kms:ViaService, kms:GranteePrincipal or kms:GrantOperations"
    " where kms:CreateGrant is allowed.",
    source=Source("https://docs.aws.amazon.com/kms/latest/developerguide/grants.html", "2026-11-24"),
    mapping=Risks(
        owasp_llm_2025=("LLM02", "LLM08"),
        owasp_agentic=("ASI03",),
        mitre_atlas=("AML.T0025",),
        nist_csf=("PR.AA", "PR.DS"),
        nist_ai_600_1=("Data Privacy", "Information Security"),
        aws_gensec=("GENSEC01-BP03",),
    ),
    resource_types=(*KEY_POLICIES, *IDENTITY_TYPES),
)
def grants_are_for_services(resource: Resource, graph: TemplateGraph) -> Answer:
    """Who administers the key may grant as he may change its policy: other rules ask who that is."""
    return worst(answer for each in allowing(resource, graph) for answer in _judge(each))


def _judge(statement: Statement) -> Iterator[Answer]:
    if isinstance(statement.body, Opaque):
        return
    for action in items(dig(statement.body, "Action")):
        if literally(action).lower() != "kms:creategrant":
            continue
        if isinstance(conditions := dig(statement.body, "Condition"), Opaque):
            yield Unknown(f"{statement.path}.Condition", conditions.why)
        elif any(_binds(operator, key, values) for operator, key, values in tested(statement)):
            yield Compliant(f"{statement.path} says for what a grant is made")
        else:
            yield NonCompliant(f"{statement.path}.Condition", "a grant may be for anybody")


def _binds(operator: str, key: str, values: list[Value]) -> bool:
    bare = operator.removeprefix("forallvalues:")
    return not bare.endswith("ifexists") and key.startswith(_BINDING) and "*" not in values
