"""What users said is encrypted under a key whose use can be restricted, watched and ended."""

from genai_defense.checks.answer import Answer, NonCompliant, NotApplicable, Unknown
from genai_defense.checks.encryption import customer_managed_key
from genai_defense.checks.log_buckets import logs_to
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import (
    Opaque,
    dig,
    first_unresolved,
    flag,
    items,
)

_RULES = "BucketEncryption.ServerSideEncryptionConfiguration"


@rule(
    id="OwaspLlm-DataStoreUsesCustomerManagedKey",
    boundary=Boundary.DATA,
    level=Level.ERROR,
    info="The table or bucket is not encrypted under a customer managed key.",
    explanation="Everybody with read access to the store reads conversations and audit records; no key policy"
    " stands in the way, and no key can be disabled in an incident.",
    remedy="Encrypt with a KMS key of your own (KMSMasterKeyId of a table, KMSMasterKeyID of a bucket).",
    source=Source("https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html", "2026-11-23"),
    mapping=Risks(
        owasp_llm_2025=("LLM02", "LLM08"),
        owasp_agentic=("ASI06",),
        mitre_atlas=("AML.T0025", "AML.T0057"),
        nist_csf=("PR.DS",),
        nist_ai_600_1=("Data Privacy", "Information Security"),
        aws_gensec=("GENSEC01-BP03",),
    ),
    resource_types=("AWS::DynamoDB::Table", "AWS::S3::Bucket"),
)
def data_store_uses_customer_managed_key(store: Resource, graph: TemplateGraph) -> Answer:
    """The service's own key (alias/aws/…) has a policy that nobody can change, so it does not count."""
    if store.type == "AWS::DynamoDB::Table":
        enabled = flag(store.get("SSESpecification.SSEEnabled"), default=False)
        if isinstance(enabled, Opaque):
            return Unknown("SSESpecification.SSEEnabled", enabled.why)
        path = "SSESpecification.KMSMasterKeyId"
        return customer_managed_key(store.get(path) if enabled else None, path)
    if any(logs_to(other, store) for other in graph.referrers(store)):
        # S3 delivers server access logs only to buckets under its own key.
        return NotApplicable()
    encryption = store.get(_RULES)
    for index, each in enumerate(items(encryption)):
        default = dig(each, "ServerSideEncryptionByDefault")
        if isinstance(default, dict) and str(default.get("SSEAlgorithm")).startswith("aws:kms"):
            path = f"{_RULES}.{index}.ServerSideEncryptionByDefault.KMSMasterKeyID"
            return customer_managed_key(default.get("KMSMasterKeyID"), path)
    if unresolved := first_unresolved(encryption):
        return Unknown(_RULES, unresolved.why)
    return NonCompliant(_RULES, "the bucket has no default encryption with aws:kms")
