"""Logs, secrets, indexes and streams lie under a key whose use can be restricted, watched and ended."""

from genai_defense.checks.answer import Answer, Compliant
from genai_defense.checks.encryption import customer_managed_key
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Unresolved

_KEYS = {
    "AWS::Backup::BackupVault": "EncryptionKeyArn",
    "AWS::Bedrock::DataSource": "ServerSideEncryptionConfiguration.KmsKeyArn",
    "AWS::CloudTrail::Trail": "KMSKeyId",
    "AWS::ECR::Repository": "EncryptionConfiguration.KmsKey",
    "AWS::EFS::FileSystem": "KmsKeyId",
    "AWS::Kendra::Index": "ServerSideEncryptionConfiguration.KmsKeyId",
    "AWS::KinesisFirehose::DeliveryStream": "DeliveryStreamEncryptionConfigurationInput.KeyARN",
    "AWS::Logs::LogGroup": "KmsKeyId",
    "AWS::OpenSearchService::Domain": "EncryptionAtRestOptions.KmsKeyId",
    "AWS::QBusiness::Application": "EncryptionConfiguration.KmsKeyId",
    "AWS::RDS::DBCluster": "KmsKeyId",
    "AWS::SQS::Queue": "KmsMasterKeyId",
    "AWS::SecretsManager::Secret": "KmsKeyId",
}


@rule(
    id="OwaspLlm-RecordStoreUsesCustomerManagedKey",
    boundary=Boundary.DATA,
    level=Level.WARNING,
    info="The store is not encrypted under a customer managed key.",
    explanation="Everybody with read access to the store reads what users and models said; no key policy"
    " stands in the way, and no key can be disabled in an incident.",
    remedy="Name a KMS key of your own.",
    source=Source("https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html", "2026-11-24"),
    mapping=Risks(
        owasp_llm_2025=("LLM02", "LLM08"),
        owasp_agentic=("ASI06",),
        mitre_atlas=("AML.T0025", "AML.T0057"),
        nist_csf=("PR.DS",),
        nist_ai_600_1=("Data Privacy", "Information Security"),
        aws_gensec=("GENSEC01-BP03",),
    ),
    resource_types=tuple(_KEYS),
)
def record_store_uses_customer_managed_key(resource: Resource, _graph: TemplateGraph) -> Answer:
    """A key that the deployment gives is one of our own. Tables and buckets have another rule."""
    path = _KEYS[resource.type]
    key = resource.get(path)
    if isinstance(key, Unresolved) and "given at deployment" in key.why:
        return Compliant(f"encrypted under a key that the deployment gives ({key.why})")
    return customer_managed_key(key, path)
