"""What nearly all statements of a deployment demand of an action, every one demands."""

from collections.abc import Iterator

from genai_defense.checks.alike import (
    actions,
    carries_for_others,
    demands,
    on_one,
    practices,
    resources,
    uses_key_itself,
)
from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, worst
from genai_defense.checks.grants import granting_statements
from genai_defense.checks.policy import IDENTITY_TYPES, Statement
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph

# Calls of models have rules of their own; what only describes something needs no bounds.
_NOT_MEANT = ("bedrock:", "describe", "list")


@rule(
    id="OwaspLlm-AllowIsBoundLikeOthers",
    boundary=Boundary.ORGANIZATION,
    level=Level.WARNING,
    info="A statement allows an action without the condition under which all others of the deployment do.",
    explanation="Every other policy uses the key through one service, reads the rows of one caller or sends"
    " events of one source: whoever steers this workload does so without bounds.",
    remedy="Give the statement the condition of the others, or acknowledge why it needs none.",
    source=Source("https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html", "2026-11-24"),
    mapping=Risks(
        owasp_llm_2025=("LLM02", "LLM06"),
        owasp_agentic=("ASI03",),
        mitre_atlas=("AML.T0053",),
        nist_csf=("PR.AA",),
        nist_ai_600_1=("Information Security",),
        aws_gensec=("GENSEC05-BP01",),
    ),
    resource_types=IDENTITY_TYPES,
)
def allow_is_bound_like_others(resource: Resource, graph: TemplateGraph) -> Answer:
    """Others are the statements for the same action, or, of two that agree, for it on the same resource."""
    if carries_for_others(resource, graph):
        return NotApplicable()
    return worst(
        answer
        for each in granting_statements(resource, graph)
        if isinstance(each.body, dict) and not uses_key_itself(each, resource, graph)
        for answer in _judge(each, graph)
    )


def _judge(statement: Statement, graph: TemplateGraph) -> Iterator[Answer]:
    known, demanded = practices(graph), demands(statement)
    for action in actions(statement):
        if action.startswith(_NOT_MEANT) or action.partition(":")[2].startswith(_NOT_MEANT):
            continue
        missing = [
            *known[action].missing(demanded, on_one=False),
            *(
                key
                for r in resources(statement)
                for key in known[on_one(action, r)].missing(demanded, on_one=True)
            ),
        ]
        if missing:
            yield NonCompliant(
                f"{statement.path}.Condition", f"{action} without {missing[0]}, which the others demand"
            )
        elif demanded:
            yield Compliant(f"{statement.path} demands what the others do")
