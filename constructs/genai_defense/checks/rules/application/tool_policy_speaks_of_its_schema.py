"""A Cedar policy asks for attributes that its schema knows."""

import re

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown
from genai_defense.checks.cedar_policies import STATEMENTS, STORE_TYPE, store_of, written_in
from genai_defense.checks.cedar_schema import attributes_of
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, Reference

_STRING = re.compile(r'"(?:\\.|[^"\\])*"|//[^\n]*')
_ASKED = re.compile(r"\bhas\s+([A-Za-z_]\w*)")


@rule(
    id="OwaspLlm-ToolPolicySpeaksOfItsSchema",
    boundary=Boundary.APPLICATION,
    level=Level.WARNING,
    info="A Cedar policy asks whether something has an attribute that the schema of its store does not"
    " declare.",
    explanation="No request has it: a forbid that asks for it forbids nothing, and a permit permits nothing.",
    remedy="Declare the attribute in the schema, or take the question out of the policy.",
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
    resource_types=("AWS::VerifiedPermissions::Policy",),
)
def tool_policy_speaks_of_its_schema(policy: Resource, _graph: TemplateGraph) -> Answer:
    """A schema that is not in the templates cannot be compared with."""
    store, path = store_of(policy), STATEMENTS[policy.type]
    if not isinstance(store, Reference) or store.resource.type != STORE_TYPE:
        return NotApplicable()
    declared, written = attributes_of(store.resource), written_in(policy)
    if isinstance(declared, Opaque):
        return Unknown(path, declared.why)
    if isinstance(written, Opaque):
        return Unknown(path, written.why)
    if declared is None or written is None:
        return NotApplicable()
    asked = _ASKED.findall(_STRING.sub("", written.text))
    for name in asked:
        if name not in declared:
            return NonCompliant(path, f"the schema knows no attribute {name}")
    return Compliant("the schema knows what it asks for") if asked else NotApplicable()
