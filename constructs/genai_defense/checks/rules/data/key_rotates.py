"""A key's material is new each year."""

from genai_defense.checks.answer import Answer, NotApplicable, Unknown
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.switches import switched
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque


@rule(
    id="OwaspLlm-KeyRotates",
    boundary=Boundary.DATA,
    level=Level.WARNING,
    info="The key's material is never rotated.",
    explanation="Who ever got hold of the material reads all that was and will be encrypted under the key.",
    remedy="Set EnableKeyRotation to true.",
    source=Source("https://docs.aws.amazon.com/kms/latest/developerguide/rotate-keys.html", "2026-11-24"),
    mapping=Risks(
        owasp_llm_2025=("LLM02", "LLM08"),
        owasp_agentic=("ASI06",),
        mitre_atlas=("AML.T0025", "AML.T0057"),
        nist_csf=("PR.DS",),
        nist_ai_600_1=("Data Privacy", "Information Security"),
        aws_gensec=("GENSEC01-BP03",),
    ),
    resource_types=("AWS::KMS::Key",),
)
def key_rotates(resource: Resource, _graph: TemplateGraph) -> Answer:
    """Keys that sign or authenticate, and imported material, cannot be rotated by KMS."""
    spec, use, origin = resource.get("KeySpec"), resource.get("KeyUsage"), resource.get("Origin")
    for path, value in (("KeySpec", spec), ("KeyUsage", use), ("Origin", origin)):
        if isinstance(value, Opaque):
            return Unknown(path, value.why)
    if (
        spec not in (None, "SYMMETRIC_DEFAULT")
        or use not in (None, "ENCRYPT_DECRYPT")
        or origin not in (None, "AWS_KMS")
    ):
        return NotApplicable()
    return switched(resource, "EnableKeyRotation", to=True, default=False, why="its material stays for ever")
