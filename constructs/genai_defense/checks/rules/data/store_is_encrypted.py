"""What is stored is encrypted at rest."""

from genai_defense.checks.answer import Answer, NotApplicable
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.switches import named, switched
from genai_defense.checks.template_graph import Resource, TemplateGraph

_SETTINGS = {
    "AWS::DocDB::DBCluster": "StorageEncrypted",
    "AWS::EC2::Volume": "Encrypted",
    "AWS::EFS::FileSystem": "Encrypted",
    "AWS::ElastiCache::ReplicationGroup": "AtRestEncryptionEnabled",
    "AWS::Kinesis::Stream": "StreamEncryption.EncryptionType",
    "AWS::KinesisFirehose::DeliveryStream": "DeliveryStreamEncryptionConfigurationInput",
    "AWS::Neptune::DBCluster": "StorageEncrypted",
    "AWS::OpenSearchService::Domain": "EncryptionAtRestOptions.Enabled",
    "AWS::Elasticsearch::Domain": "EncryptionAtRestOptions.Enabled",
    "AWS::RDS::DBCluster": "StorageEncrypted",
    "AWS::RDS::DBInstance": "StorageEncrypted",
    "AWS::Redshift::Cluster": "Encrypted",
    "AWS::SQS::Queue": "SqsManagedSseEnabled",
}
_COPIES = (
    "SnapshotIdentifier",
    "DBSnapshotIdentifier",
    "SourceDBInstanceIdentifier",
    "KinesisStreamSourceConfiguration",
)


@rule(
    id="OwaspLlm-StoreIsEncrypted",
    boundary=Boundary.DATA,
    level=Level.ERROR,
    info="The store keeps its data in the clear.",
    explanation="A copied volume, snapshot or backup of the store can be read without any key.",
    remedy="Turn encryption at rest on, with a KMS key of your own.",
    source=Source(
        "https://docs.aws.amazon.com/wellarchitected/latest/security-pillar/sec_protect_data_rest_encrypt.html",
        "2026-11-24",
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM02", "LLM08"),
        owasp_agentic=("ASI06",),
        mitre_atlas=("AML.T0025", "AML.T0057"),
        nist_csf=("PR.DS",),
        nist_ai_600_1=("Data Privacy", "Information Security"),
        aws_gensec=("GENSEC01-BP03",),
    ),
    resource_types=tuple(_SETTINGS),
)
def store_is_encrypted(resource: Resource, _graph: TemplateGraph) -> Answer:
    """A database instance of a cluster has its cluster's setting; a copy has its source's."""
    if resource.type.endswith("DBInstance") and resource.get("DBClusterIdentifier") is not None:
        return NotApplicable()
    if any(resource.get(name) is not None for name in _COPIES):
        return NotApplicable()
    path = _SETTINGS[resource.type]
    if resource.type == "AWS::SQS::Queue":
        if resource.get("KmsMasterKeyId") is not None:
            return NotApplicable()
        return switched(resource, path, to=True, default=True, why="messages lie in the clear")
    if path.endswith(("KeyId", "KeyArn", "EncryptionType", "Input")):
        return named(resource, path, why="data lies in the clear")
    return switched(resource, path, to=True, default=False, why="data lies in the clear")
