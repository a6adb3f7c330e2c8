"""What runs names a numbered guardrail version, and never the draft."""

import re
from collections.abc import Iterator

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown, worst
from genai_defense.checks.environments import variables
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, Reference, Value, shown

# A property of Bedrock's, or an environment variable.
_NAME = re.compile(r"GuardrailVersion|\w*GUARDRAIL\w*VERSION\w*")


@rule(
    id="OwaspLlm-GuardrailVersionIsNumbered",
    boundary=Boundary.MODEL,
    level=Level.ERROR,
    info="The function, agent or flow uses the draft of a guardrail.",
    explanation="Whoever may update the guardrail changes the draft in use, in one call and without a"
    " deployment; a test of yesterday says nothing about today.",
    remedy="Refer to the attribute Version of an AWS::Bedrock::GuardrailVersion.",
    source=Source(
        "https://docs.aws.amazon.com/bedrock/latest/userguide/guardrails-deploy.html", "2026-11-24"
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM01", "LLM03"),
        owasp_agentic=("ASI01",),
        mitre_atlas=("AML.T0054",),
        nist_csf=("PR.PS",),
        nist_ai_600_1=("Information Security",),
        aws_gensec=("GENSEC02-BP01",),
    ),
    resource_types=(
        "AWS::Bedrock::Agent",
        "AWS::Bedrock::EnforcedGuardrailConfiguration",
        "AWS::Bedrock::Flow",
        "AWS::BedrockAgentCore::Runtime",
        "AWS::ECS::TaskDefinition",
        "AWS::Lambda::Function",
    ),
)
def guardrail_version_is_numbered(resource: Resource, _graph: TemplateGraph) -> Answer:
    """The worst version that stands anywhere in its properties counts."""
    if resource.type == "AWS::ECS::TaskDefinition":
        return worst(
            _judge(path, value) for path, name, value in variables(resource) if _NAME.fullmatch(name)
        )
    return worst(_judge(path, value) for path, value in _versions(resource.properties, ""))


def _versions(value: Value, path: str) -> Iterator[tuple[str, Value]]:
    if isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _versions(inner, f"{path}.{index}")
    elif isinstance(value, dict):
        for key, inner in value.items():
            here = f"{path}.{key}".removeprefix(".")
            if _NAME.fullmatch(key):
                yield here, inner
            else:
                yield from _versions(inner, here)


def _judge(path: str, version: Value) -> Answer:
    if isinstance(version, Reference):
        numbered = (
            version.resource.type == "AWS::Bedrock::GuardrailVersion" and version.attribute == "Version"
        )
        # Any other attribute of a guardrail is its draft.
        if not numbered and version.resource.type.startswith("AWS::Bedrock::Guardrail"):
            return NonCompliant(path, f"{shown(version)} is the draft")
        return Compliant(f"{path} is numbered") if numbered else Unknown(path, version.why)
    if isinstance(version, Opaque):
        return Unknown(path, version.why)
    if re.fullmatch(r"[1-9]\d*", str(version)):
        return Compliant(f"{path} is {version}")
    return NonCompliant(path, f"{shown(version)} is no numbered version")
