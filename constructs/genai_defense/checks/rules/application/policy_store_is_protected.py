"""The policies that bound an agent cannot go with one call."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, shown

_MODE = "DeletionProtection.Mode"


@rule(
    id="OwaspLlm-PolicyStoreIsProtected",
    boundary=Boundary.APPLICATION,
    level=Level.ERROR,
    info="The policy store can be deleted by one call.",
    explanation="Without its policies an agent's tools stop, or, where somebody left a way around, run"
    " unchecked; nobody can then tell what was allowed before.",
    remedy="Set DeletionProtection.Mode to ENABLED.",
    source=Source(
        "https://docs.aws.amazon.com/verifiedpermissions/latest/userguide/policy-stores-delete.html",
        "2026-11-24",
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM06",),
        owasp_agentic=("ASI02",),
        mitre_atlas=("AML.T0053",),
        nist_csf=("PR.PS", "RC.RP"),
        nist_ai_600_1=("Information Security",),
        aws_gensec=("GENSEC05-BP01",),
    ),
    resource_types=("AWS::VerifiedPermissions::PolicyStore",),
)
def policy_store_is_protected(store: Resource, _graph: TemplateGraph) -> Answer:
    """Off unless it is turned on."""
    mode = store.get(_MODE)
    if isinstance(mode, Opaque):
        return Unknown(_MODE, mode.why)
    if mode == "ENABLED":
        return Compliant("the store is protected against deletion")
    return NonCompliant(_MODE, f"Mode is {shown(mode)}; the default leaves the store unprotected")
