"""A policy that names attributes of rows holds for requests that name none, too."""

from collections.abc import Iterator

from genai_defense.checks.alike import actions
from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown, worst
from genai_defense.checks.grants import granting_statements
from genai_defense.checks.policy import IDENTITY_TYPES, Statement
from genai_defense.checks.reach import literally
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, Value, dig

_READS = frozenset({"dynamodb:batchgetitem", "dynamodb:getitem", "dynamodb:query", "dynamodb:scan"})
_ATTRIBUTES, _SELECT = "dynamodb:attributes", "dynamodb:select"


@rule(
    id="OwaspLlm-AttributesAreSelected",
    boundary=Boundary.DATA,
    level=Level.WARNING,
    info="The policy allows some attributes of rows, and lets a request have all of them.",
    explanation="A request that names no attributes is given every attribute of the row, such as addresses"
    " and payments, which the workload was never meant to read, and which a model then repeats.",
    remedy="Demand dynamodb:Select = SPECIFIC_ATTRIBUTES, and dynamodb:Attributes, in the same statement.",
    source=Source(
        "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/specifying-conditions.html",
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
def attributes_are_selected(resource: Resource, graph: TemplateGraph) -> Answer:
    """Neither condition does anything without the other one; a policy with neither is left alone."""
    return worst(answer for each in granting_statements(resource, graph) for answer in _judge(each))


def _judge(statement: Statement) -> Iterator[Answer]:
    if isinstance(statement.body, Opaque) or not _READS & {*actions(statement)}:
        return
    path = f"{statement.path}.Condition"
    if isinstance(conditions := dig(statement.body, "Condition"), Opaque):
        yield Unknown(path, conditions.why)
        return
    named = any(key == _ATTRIBUTES and _says_something(values) for _, key, values in statement.tests())
    selected = any(
        key == _SELECT and values == ["SPECIFIC_ATTRIBUTES"] for _, key, values in statement.tests()
    )
    if named and selected:
        yield Compliant(f"{statement.path} selects the attributes that it names")
    elif named:
        yield NonCompliant(path, "dynamodb:Attributes without dynamodb:Select: who names none is given all")
    elif selected:
        yield NonCompliant(path, "dynamodb:Select without dynamodb:Attributes: who names all is given all")


def _says_something(values: list[Value]) -> bool:
    return bool(values) and not any(literally(each) == "*" for each in values)
