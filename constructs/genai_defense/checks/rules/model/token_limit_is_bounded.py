"""No answer without an end."""

import re
from collections.abc import Iterator

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, worst
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, Value, whole

# A property of Bedrock's, or an environment variable.
_NAME = re.compile(r"MaxTokens|MaximumLength|MAX_(\w+_)?TOKENS|\w+_MAX_(\w+_)?TOKENS")


@rule(
    id="OwaspLlm-TokenLimitIsBounded",
    boundary=Boundary.MODEL,
    level=Level.WARNING,
    info="The longest answer that is asked for is very long.",
    explanation="One request buys as many tokens as the limit allows: loops and floods cost a multiple.",
    remedy="Set the token limit at the bound `answer_tokens` or below.",
    source=Source(
        "https://docs.aws.amazon.com/bedrock/latest/userguide/inference-parameters.html", "2026-11-24"
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM10",),
        owasp_agentic=("ASI08",),
        mitre_atlas=("AML.T0029", "AML.T0034"),
        nist_csf=("PR.IR",),
        nist_ai_600_1=("Information Security",),
        aws_gensec=("GENSEC04-BP02",),
    ),
    resource_types=(
        "AWS::Bedrock::Agent",
        "AWS::Bedrock::Flow",
        "AWS::Bedrock::Prompt",
        "AWS::Lambda::Function",
    ),
)
def token_limit_is_bounded(resource: Resource, graph: TemplateGraph) -> Answer:
    """Who sets no limit takes the model's own, and is not asked."""
    return worst(_judge(path, value, graph) for path, value in _limits(resource.properties, ""))


def _judge(path: str, value: Value, graph: TemplateGraph) -> Answer:
    limit = whole(value, default=0)
    # What the deployment gives, or code reads from elsewhere, is no raised limit.
    if isinstance(limit, Opaque):
        return NotApplicable()
    if limit > graph.bounds.answer_tokens:
        return NonCompliant(path, f"{limit} tokens; at most {graph.bounds.answer_tokens} are needed")
    return Compliant(f"an answer has at most {limit} tokens")


def _limits(value: Value, path: str) -> Iterator[tuple[str, Value]]:
    if isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _limits(inner, f"{path}.{index}")
    elif isinstance(value, dict):
        for key, inner in value.items():
            here = f"{path}.{key}".removeprefix(".")
            if _NAME.fullmatch(key):
                yield here, inner
            else:
                yield from _limits(inner, here)
