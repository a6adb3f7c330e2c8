"""A function knows the guardrail and the switches that its role is made for."""

from collections.abc import Iterator

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, worst
from genai_defense.checks.model_access import GUARDRAIL_KEY
from genai_defense.checks.model_callers import policy_holders
from genai_defense.checks.policy import Statement, identity_statements
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Reference, Value, dig, references

_VARIABLES = "Environment.Variables"
# Type to the property by which code may know the resource without being told; a guardrail has none.
_NAMED_BY = {"AWS::Bedrock::Guardrail": None, "AWS::SSM::Parameter": "Name"}
# What may carry a name to the code instead.
_CARRIERS = (
    "AWS::AppConfig::",
    "AWS::Events::",
    "AWS::SSM::",
    "AWS::SecretsManager::",
    "AWS::StepFunctions::",
)


@rule(
    id="OwaspLlm-FunctionIsToldWhatItUses",
    boundary=Boundary.APPLICATION,
    level=Level.WARNING,
    info="The function's role is made for a guardrail or parameter that nothing tells the function of.",
    explanation="CloudFormation makes these names up, so code that is not told them calls the model without"
    " its guardrail, or looks at no kill switch; the permission still stands and looks as if it did.",
    remedy="Give the identifier to the function in its environment, or take the permission from its role.",
    source=Source("https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html", "2026-11-24"),
    mapping=Risks(
        owasp_llm_2025=("LLM01", "LLM10"),
        owasp_agentic=("ASI01", "ASI10"),
        mitre_atlas=("AML.T0054",),
        nist_csf=("PR.PS",),
        nist_ai_600_1=("Information Security",),
        aws_gensec=("GENSEC02-BP01",),
    ),
    resource_types=("AWS::Lambda::Function",),
)
def function_is_told_what_it_uses(function: Resource, graph: TemplateGraph) -> Answer:
    """Only a role that is this function's alone tells what the function is for."""
    role = function.get("Role")
    if not isinstance(role, Reference) or not _is_its_own(role.resource, function, graph):
        return NotApplicable()
    told = set(_told(function))
    return worst(
        Compliant(f"it knows {used.logical_id}")
        if used in told
        else NonCompliant(_VARIABLES, f"its role is made for {used.logical_id}, which it does not know")
        for used in dict.fromkeys(_used(role.resource, graph))
    )


def _is_its_own(role: Resource, function: Resource, graph: TemplateGraph) -> bool:
    users = (user for user in graph.referrers(role) if user.type == "AWS::Lambda::Function")
    return all(user is function for user in users)


def _used(role: Resource, graph: TemplateGraph) -> Iterator[Resource]:
    for holder in policy_holders(role, graph):
        for statement in identity_statements(holder):
            if dig(statement.body, "Effect") != "Allow":
                continue
            for used in (found.resource for value in _named(statement) for found in references(value)):
                if used.type in _NAMED_BY and _must_be_told(used, graph):
                    yield used


def _named(statement: Statement) -> Iterator[Value]:
    yield dig(statement.body, "Resource")
    for _, key, values in statement.tests():
        if key == GUARDRAIL_KEY.lower():
            yield from values


def _must_be_told(used: Resource, graph: TemplateGraph) -> bool:
    name = _NAMED_BY[used.type]
    carried = any(user.type.startswith(_CARRIERS) for user in graph.referrers(used))
    return not carried and (name is None or used.get(name) is None)


def _told(function: Resource) -> Iterator[Resource]:
    properties = function.properties
    for name, value in properties.items() if isinstance(properties, dict) else ():
        if name != "Role":
            yield from (found.resource for found in references(value))
