"""A knowledge base signs in to its vector store, by a role or by a secret."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, Unresolved, shown

_STORE = "StorageConfiguration"
# Stores that IAM guards.
_BY_ROLE = {"NEPTUNE_ANALYTICS", "OPENSEARCH_MANAGED_CLUSTER", "OPENSEARCH_SERVERLESS", "S3_VECTORS"}
# Stores with a secret, and where the configuration stands.
_BY_SECRET = {
    "MONGO_DB_ATLAS": "MongoDbAtlasConfiguration",
    "PINECONE": "PineconeConfiguration",
    "RDS": "RdsConfiguration",
}


@rule(
    id="OwaspLlm-KnowledgeBaseSignsInToItsStore",
    boundary=Boundary.DATA,
    level=Level.ERROR,
    info="The knowledge base keeps its vectors in a store that asks nobody who he is, or that is unknown.",
    explanation="Whoever reaches the store reads every tenant's passages, and writes the next one that the"
    " chatbot answers from.",
    remedy="Use a store that IAM guards (S3 Vectors, OpenSearch, Neptune Analytics), or name"
    " CredentialsSecretArn.",
    source=Source(
        "https://docs.aws.amazon.com/bedrock/latest/userguide/knowledge-base-setup.html", "2026-11-24"
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM03", "LLM04", "LLM08"),
        owasp_agentic=("ASI06",),
        mitre_atlas=("AML.T0025", "AML.T0070"),
        nist_csf=("PR.AA",),
        nist_ai_600_1=("Information Security", "Value Chain and Component Integration"),
        aws_gensec=("GENSEC01-BP02",),
    ),
    resource_types=("AWS::Bedrock::KnowledgeBase",),
)
def knowledge_base_signs_in_to_its_store(base: Resource, _graph: TemplateGraph) -> Answer:
    """Kendra, databases and managed bases have no vector store of their own."""
    kind, store = base.get("KnowledgeBaseConfiguration.Type"), base.get(f"{_STORE}.Type")
    for path, value in (("KnowledgeBaseConfiguration.Type", kind), (f"{_STORE}.Type", store)):
        if isinstance(value, Opaque):
            return Unknown(path, value.why)
    if kind != "VECTOR":
        return NotApplicable()
    if store in _BY_ROLE:
        return Compliant(f"{store} is guarded by IAM")
    if not isinstance(store, str) or store not in _BY_SECRET:
        return NonCompliant(f"{_STORE}.Type", f"{shown(store)} is no store that is known here")
    return _secret(base, store)


def _secret(base: Resource, store: str) -> Answer:
    path = f"{_STORE}.{_BY_SECRET[store]}.CredentialsSecretArn"
    secret = base.get(path)
    if isinstance(secret, Unresolved):
        return Unknown(path, secret.why)
    if not secret:
        return NonCompliant(path, "no secret is named")
    return Compliant(f"{store} is reached with a secret")
