"""Nobody holds access keys that never end."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque


@rule(
    id="OwaspLlm-NobodyHasLastingKeys",
    boundary=Boundary.ORGANIZATION,
    level=Level.ERROR,
    info="The template makes an access key for a user.",
    explanation="The key works from anywhere until somebody deletes it, and stands in the stack's state and"
    " wherever it was copied to.",
    remedy="Use a role, or IAM Identity Center for people.",
    source=Source(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#bp-workloads-use-roles",
        "2026-11-24",
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM02", "LLM06"),
        owasp_agentic=("ASI03",),
        mitre_atlas=("AML.T0053",),
        nist_csf=("PR.AA",),
        nist_ai_600_1=("Information Security",),
        aws_gensec=("GENSEC05-BP01",),
    ),
    resource_types=("AWS::IAM::AccessKey",),
)
def nobody_has_lasting_keys(resource: Resource, _graph: TemplateGraph) -> Answer:
    """An inactive key is a finding of its own kind; it opens nothing."""
    status = resource.get("Status")
    if isinstance(status, Opaque):
        return Unknown("Status", status.why)
    if status == "Inactive":
        return Compliant("the key is inactive")
    return NonCompliant("Status", "the key never ends")
