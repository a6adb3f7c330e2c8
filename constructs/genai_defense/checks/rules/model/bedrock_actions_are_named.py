"""No permission on Bedrock by a pattern that also lets through what goes round the guardrail."""

from collections.abc import Iterator

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown, worst
from genai_defense.checks.bypasses import GUARDRAIL_CHANGES, LOGGING_CHANGES, WAYS_AROUND
from genai_defense.checks.model_access import INVOKE_ACTIONS
from genai_defense.checks.policy import IDENTITY_TYPES, Statement, identity_statements, matches, wildcards
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, Unresolved, dig, items, shown

_DANGEROUS = (*INVOKE_ACTIONS, *WAYS_AROUND, *GUARDRAIL_CHANGES, *LOGGING_CHANGES)


@rule(
    id="OwaspLlm-BedrockActionsAreNamed",
    boundary=Boundary.MODEL,
    level=Level.ERROR,
    info="The policy allows Bedrock actions by a pattern such as bedrock:*.",
    explanation="The pattern also allows batch jobs, agents, bearer tokens and changes of the guardrail,"
    " today's and those that AWS will add.",
    remedy="Name each action. Patterns that only read, such as bedrock:List*, may stay.",
    source=Source(
        "https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonbedrock.html",
        "2026-11-24",
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM06", "LLM10"),
        owasp_agentic=("ASI03",),
        mitre_atlas=("AML.T0040",),
        nist_csf=("PR.AA",),
        nist_ai_600_1=("Information Security",),
        aws_gensec=("GENSEC01-BP01",),
    ),
    resource_types=IDENTITY_TYPES,
)
def bedrock_actions_are_named(resource: Resource, _graph: TemplateGraph) -> Answer:
    """The worst pattern of any Allow counts."""
    return worst(
        answer
        for statement in identity_statements(resource)
        if statement.may_allow
        for answer in _judge(statement)
    )


def _judge(statement: Statement) -> Iterator[Answer]:
    if isinstance(statement.body, Opaque):
        yield Unknown(statement.path, statement.body.why)
        return
    excluded = dig(statement.body, "NotAction")
    if excluded is not None and any(map(statement.may_cover, _DANGEROUS)):
        yield NonCompliant(
            f"{statement.path}.NotAction", "it allows every action of Bedrock that it leaves out"
        )
    for index, action in enumerate(items(dig(statement.body, "Action"))):
        path = f"{statement.path}.Action.{index}"
        if not any(matches(action, dangerous) for dangerous in _DANGEROUS):
            continue
        if isinstance(action, Unresolved):
            yield Unknown(path, action.why)
        elif "*" in wildcards(action) or "?" in wildcards(action):
            yield NonCompliant(path, f"{shown(action)} is a pattern over actions of Bedrock")
        else:
            yield Compliant(f"{path} names its action")
