"""A collection has both policies that decide about it: its key, and who reaches it."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque

_POLICY = "AWS::OpenSearchServerless::SecurityPolicy"
_KINDS = {
    "encryption": "nobody says here with which key it is encrypted",
    "network": "nobody says here from where it is reached",
}


@rule(
    id="OwaspLlm-CollectionHasItsPolicies",
    boundary=Boundary.DATA,
    level=Level.WARNING,
    info="The vector collection has one of its two security policies in the templates, and not the other.",
    explanation="Whoever adds the missing one by hand decides with whose key the documents lie there, or"
    " whether the internet reaches them, and no review sees it.",
    remedy="Declare an AWS::OpenSearchServerless::SecurityPolicy of each type, encryption and network.",
    source=Source(
        "https://docs.aws.amazon.com/opensearch-service/latest/developerguide/serverless-security.html",
        "2026-11-24",
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM02", "LLM08"),
        owasp_agentic=("ASI06",),
        mitre_atlas=("AML.T0025",),
        nist_csf=("PR.DS", "PR.IR"),
        nist_ai_600_1=("Data Privacy", "Information Security"),
        aws_gensec=("GENSEC01-BP03",),
    ),
    resource_types=("AWS::OpenSearchServerless::Collection",),
)
def collection_has_its_policies(collection: Resource, graph: TemplateGraph) -> Answer:
    """Where neither is declared, both stand in another deployment; one alone is half of something."""
    kinds = [policy.get("Type") for policy in graph.of_type(_POLICY)]
    if hidden := next((kind for kind in kinds if isinstance(kind, Opaque)), None):
        return Unknown("", hidden.why)
    if collection.get("EncryptionConfig") is not None:
        kinds.append("encryption")
    missing = [kind for kind in _KINDS if kind not in kinds]
    if len(missing) == len(_KINDS):
        return NotApplicable()
    if missing:
        return NonCompliant("", f"no {missing[0]} policy is declared: {_KINDS[missing[0]]}")
    return Compliant("both policies are declared")
