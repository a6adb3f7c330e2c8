"""An owner or an amount that the schema of a policy store declares is asked for."""

import re

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown
from genai_defense.checks.cedar_policies import policies_of
from genai_defense.checks.cedar_schema import attributes_of
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque

_COMPARED = {"Entity", "Long", "decimal"}
_LEAST = 2


@rule(
    id="OwaspLlm-DeclaredLimitsAreAskedFor",
    boundary=Boundary.APPLICATION,
    level=Level.WARNING,
    info="The schema declares an attribute that names somebody, or a number, and no policy of the"
    " store reads it.",
    explanation="The policy that compared it is gone: whoever asks for something also approves it, or for any"
    " amount.",
    remedy="Write the policy that compares the attribute, or take it out of the schema.",
    source=Source(
        "https://docs.aws.amazon.com/verifiedpermissions/latest/userguide/schema.html", "2026-11-24"
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM06", "LLM07"),
        owasp_agentic=("ASI02", "ASI03"),
        mitre_atlas=("AML.T0053",),
        nist_csf=("PR.AA",),
        nist_ai_600_1=("Information Security", "Human-AI Configuration"),
        aws_gensec=("GENSEC05-BP01",),
    ),
    resource_types=("AWS::VerifiedPermissions::PolicyStore",),
)
def declared_limits_are_asked_for(store: Resource, graph: TemplateGraph) -> Answer:
    """Texts are often for the record only; policies that are written elsewhere cannot be read."""
    declared = attributes_of(store)
    if isinstance(declared, Opaque):
        return Unknown("Schema", declared.why)
    policies = policies_of(store, graph)
    if not declared or len(policies) < _LEAST:
        return NotApplicable()
    texts: list[str] = []
    for each in policies:
        if isinstance(each, Opaque):
            return Unknown("Schema", each.why)
        texts.append(each.text)
    for name, kinds in declared.items():
        read = re.compile(rf"\.\s*{re.escape(name)}\b|\[\s*\"{re.escape(name)}\"")
        if kinds & _COMPARED and not any(read.search(text) for text in texts):
            return NonCompliant("Schema", f"no policy reads {name}")
    return Compliant("policies read every owner and number")
