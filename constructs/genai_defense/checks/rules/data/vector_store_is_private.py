"""A vector collection is not reached from the internet."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown
from genai_defense.checks.json_text import json_text
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, Unresolved


@rule(
    id="OwaspLlm-VectorStoreIsPrivate",
    boundary=Boundary.DATA,
    level=Level.ERROR,
    info="The network policy opens OpenSearch Serverless collections to the internet.",
    explanation="A leaked credential is enough to read, change or poison all that the chatbot answers from,"
    " from anywhere and past every tenant filter.",
    remedy="Set AllowFromPublic to false and name bedrock.amazonaws.com under SourceServices, or VPC"
    " endpoints under SourceVPCEs.",
    source=Source(
        "https://docs.aws.amazon.com/opensearch-service/latest/developerguide/serverless-network.html",
        "2026-11-24",
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM02", "LLM04", "LLM08"),
        owasp_agentic=("ASI06",),
        mitre_atlas=("AML.T0025", "AML.T0070"),
        nist_csf=("PR.AA", "PR.IR"),
        nist_ai_600_1=("Data Privacy", "Information Security"),
        aws_gensec=("GENSEC01-BP02",),
    ),
    resource_types=("AWS::OpenSearchServerless::SecurityPolicy",),
)
def vector_store_is_private(policy: Resource, _graph: TemplateGraph) -> Answer:
    """Of the two kinds of policy, the one of type network decides."""
    kind = policy.get("Type")
    if isinstance(kind, Opaque):
        return Unknown("Type", kind.why)
    if kind != "network":
        return NotApplicable()
    rules = json_text(policy.get("Policy"))
    if isinstance(rules, Unresolved):
        return Unknown("Policy", rules.why)
    if any(entry.get("AllowFromPublic") for entry in rules):
        return NonCompliant("Policy", "AllowFromPublic is true")
    return Compliant("collections are reached from named services or endpoints only")
