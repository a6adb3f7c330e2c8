"""What reaches models through an endpoint reaches approved ones."""

import re
from collections.abc import Iterator

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, worst
from genai_defense.checks.endpoint_policies import allows, opaque
from genai_defense.checks.model_access import may_invoke_models
from genai_defense.checks.policy import Statement
from genai_defense.checks.reach import literally
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import dig, items

_EVERY_ONE = re.compile(
    r":(?:foundation-model|(?:application-)?inference-profile|endpoint|prompt-router)/\*$"
)


@rule(
    id="OwaspLlm-EndpointNamesItsModels",
    boundary=Boundary.EGRESS,
    level=Level.WARNING,
    info="The endpoint's policy lets calls to every model through.",
    explanation="A role that may do more than it should, or credentials of a foreign account, ask models that"
    " nobody approved, by the private way that nobody watches for them.",
    remedy="Name the approved foundation models and inference profiles in Resource.",
    source=Source(
        "https://docs.aws.amazon.com/bedrock/latest/userguide/vpc-interface-endpoints.html", "2026-11-24"
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM03", "LLM04", "LLM10"),
        owasp_agentic=("ASI04",),
        mitre_atlas=("AML.T0010", "AML.T0040"),
        nist_csf=("PR.AA", "GV.SC"),
        nist_ai_600_1=("Value Chain and Component Integration",),
        aws_gensec=("GENSEC01-BP01",),
    ),
    resource_types=("AWS::EC2::VPCEndpoint",),
)
def endpoint_names_its_models(resource: Resource, _graph: TemplateGraph) -> Answer:
    """A maker's models may be a pattern; a policy for every resource is found by another rule."""
    return worst(answer for each in allows(resource) for answer in _judge(each))


def _judge(statement: Statement) -> Iterator[Answer]:
    if hidden := opaque(statement):
        yield hidden
    elif may_invoke_models(statement):
        for index, each in enumerate(items(dig(statement.body, "Resource"))):
            if _EVERY_ONE.search(literally(each)):
                yield NonCompliant(f"{statement.path}.Resource.{index}", f"{literally(each)} is every model")
            else:
                yield Compliant(f"{statement.path} names models")
