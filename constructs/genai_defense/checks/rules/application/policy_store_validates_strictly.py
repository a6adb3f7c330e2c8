"""A Cedar policy that does not fit its schema is refused when it is written."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, shown

_MODE = "ValidationSettings.Mode"


@rule(
    id="OwaspLlm-PolicyStoreValidatesStrictly",
    boundary=Boundary.APPLICATION,
    level=Level.ERROR,
    info="The policy store takes policies that do not fit its schema.",
    explanation="A forbid with a misspelt attribute never applies: the limit on what an agent's tools may do"
    " looks as if it stood, and does not.",
    remedy="Define a schema and set ValidationSettings.Mode to STRICT.",
    source=Source(
        "https://docs.aws.amazon.com/verifiedpermissions/latest/userguide/policy-validation-mode.html",
        "2026-11-24",
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM06",),
        owasp_agentic=("ASI02", "ASI03"),
        mitre_atlas=("AML.T0053",),
        nist_csf=("PR.AA",),
        nist_ai_600_1=("Information Security", "Human-AI Configuration"),
        aws_gensec=("GENSEC05-BP01",),
    ),
    resource_types=("AWS::VerifiedPermissions::PolicyStore",),
)
def policy_store_validates_strictly(store: Resource, _graph: TemplateGraph) -> Answer:
    """OFF takes everything."""
    mode = store.get(_MODE)
    if isinstance(mode, Opaque):
        return Unknown(_MODE, mode.why)
    if mode != "STRICT":
        return NonCompliant(_MODE, f"Mode is {shown(mode)}; only STRICT compares policies with the schema")
    if store.get("Schema") is None:
        return NonCompliant("Schema", "there is no schema to compare policies with")
    return Compliant("policies are validated against the schema")
