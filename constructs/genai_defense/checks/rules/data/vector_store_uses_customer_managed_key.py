"""Vectors give their texts away, so they lie under a key of one's own."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown
from genai_defense.checks.encryption import customer_managed_key
from genai_defense.checks.json_text import UNKNOWN, json_text
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, Unresolved

_S3_KEY = "EncryptionConfiguration.KmsKeyArn"
_SEARCH = "AWS::OpenSearchServerless::SecurityPolicy"


@rule(
    id="OwaspLlm-VectorStoreUsesCustomerManagedKey",
    boundary=Boundary.DATA,
    level=Level.ERROR,
    info="The vector store is not encrypted under a customer managed key.",
    explanation="Vectors and the passages beside them can be turned back into the documents; everybody with"
    " read access to the store has them, and no key can be disabled in an incident.",
    remedy="Give the vector bucket, or the collection's encryption policy, a KMS key of your own.",
    source=Source(
        "https://docs.aws.amazon.com/AmazonS3/latest/userguide/s3-vectors-data-encryption.html", "2026-11-24"
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM02", "LLM08"),
        owasp_agentic=("ASI06",),
        mitre_atlas=("AML.T0025", "AML.T0057"),
        nist_csf=("PR.DS",),
        nist_ai_600_1=("Data Privacy", "Information Security"),
        aws_gensec=("GENSEC01-BP03",),
    ),
    resource_types=("AWS::S3Vectors::VectorBucket", "AWS::S3Vectors::Index", _SEARCH),
)
def vector_store_uses_customer_managed_key(store: Resource, _graph: TemplateGraph) -> Answer:
    """An index without a setting of its own has its bucket's."""
    if store.type == _SEARCH:
        return _search(store)
    encryption = store.get("EncryptionConfiguration")
    if isinstance(encryption, Unresolved):
        return Unknown("EncryptionConfiguration", encryption.why)
    if encryption is None and store.type == "AWS::S3Vectors::Index":
        return NotApplicable()
    return customer_managed_key(store.get(_S3_KEY), _S3_KEY)


def _search(policy: Resource) -> Answer:
    kind = policy.get("Type")
    if isinstance(kind, Opaque):
        return Unknown("Type", kind.why)
    if kind != "encryption":
        return NotApplicable()
    rules = json_text(policy.get("Policy"))
    if isinstance(rules, Unresolved):
        return Unknown("Policy", rules.why)
    if any(UNKNOWN in str(entry.get("KmsARN")) for entry in rules):
        return Unknown("Policy", "the key is known only at deployment")
    if all(entry.get("KmsARN") and not entry.get("AWSOwnedKey") for entry in rules):
        return Compliant("the policy names a key of one's own")
    return NonCompliant("Policy", "collections lie under a key that AWS owns")
