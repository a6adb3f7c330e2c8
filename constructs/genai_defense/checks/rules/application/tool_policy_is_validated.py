"""A tool policy that permits everything, or forbids nothing, is not taken."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque

_MODE = "ValidationMode"


@rule(
    id="OwaspLlm-ToolPolicyIsValidated",
    boundary=Boundary.APPLICATION,
    level=Level.ERROR,
    info="The policy is taken whatever its validation finds.",
    explanation="A policy that permits everything, or forbids nothing, passes the check against the schema;"
    " that it does so is what the ignored findings say.",
    remedy="Set ValidationMode to FAIL_ON_ANY_FINDINGS.",
    source=Source(
        "https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/policy-create-update-validation.html",
        "2026-11-24",
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM06",),
        owasp_agentic=("ASI02", "ASI03"),
        mitre_atlas=("AML.T0053",),
        nist_csf=("PR.AA",),
        nist_ai_600_1=("Information Security",),
        aws_gensec=("GENSEC05-BP01",),
    ),
    resource_types=("AWS::BedrockAgentCore::Policy",),
)
def tool_policy_is_validated(policy: Resource, _graph: TemplateGraph) -> Answer:
    """Only the choice to ignore what is found is asked about."""
    mode = policy.get(_MODE)
    if isinstance(mode, Opaque):
        return Unknown(_MODE, mode.why)
    if mode == "IGNORE_ALL_FINDINGS":
        return NonCompliant(_MODE, "what validation finds is ignored")
    return Compliant("a policy with findings is refused")
