"""The controls of the way of a document, each with what takes it away from the synthesized templates."""

from collections.abc import Callable, Mapping
from typing import Any

Resource = dict[str, Any]
Templates = dict[str, dict[str, Any]]
Removal = Callable[[Templates], None]


def _the(templates: Templates, kind: str, prefix: str) -> tuple[dict[str, Resource], str]:
    """The one resource of a type whose logical id begins so, with the section that holds it."""
    found = [
        (template["Resources"], name)
        for template in templates.values()
        for name, resource in template["Resources"].items()
        if resource["Type"] == kind and name.startswith(prefix)
    ]
    ((section, name),) = found
    return section, name


def _set(kind: str, prefix: str, path: str, value: object) -> Removal:
    """Set a property, or take it away with None."""

    def remove(templates: Templates) -> None:
        section, name = _the(templates, kind, prefix)
        target: Any = section[name].setdefault("Properties", {})
        *way, last = [int(key) if key.isdecimal() else key for key in path.split(".")]
        for key in way:
            target = target[key]
        if value is None:
            del target[last]
        else:
            target[last] = value

    return remove


def _without(kind: str, prefix: str) -> Removal:
    def remove(templates: Templates) -> None:
        section, name = _the(templates, kind, prefix)
        del section[name]

    return remove


def _without_statement(bucket: str, sid: str) -> Removal:
    """Take a statement out of a bucket's policy."""

    def remove(templates: Templates) -> None:
        section, name = _the(templates, "AWS::S3::BucketPolicy", bucket)
        document = section[name]["Properties"]["PolicyDocument"]
        kept = [entry for entry in document["Statement"] if entry.get("Sid") != sid]
        assert len(kept) == len(document["Statement"]) - 1
        document["Statement"] = kept

    return remove


def _also_allow(policy: str, *actions: str) -> Removal:
    """Let the holder of a policy do more, on everything."""

    def remove(templates: Templates) -> None:
        section, name = _the(templates, "AWS::IAM::ManagedPolicy", policy)
        section[name]["Properties"]["PolicyDocument"]["Statement"].append(
            {"Effect": "Allow", "Action": list(actions), "Resource": "*"}
        )

    return remove


def _all(*removals: Removal) -> Removal:
    def remove(templates: Templates) -> None:
        for each in removals:
            each(templates)

    return remove


def _key_for_everybody(key: str) -> Removal:
    def remove(templates: Templates) -> None:
        section, name = _the(templates, "AWS::KMS::Key", key)
        section[name]["Properties"]["KeyPolicy"]["Statement"].append(
            {"Effect": "Allow", "Principal": "*", "Action": "kms:*", "Resource": "*"}
        )

    return remove


def _quarantine_shares_its_key(templates: Templates) -> None:
    section, name = _the(templates, _BUCKET, "DocumentsTrusted")
    other, quarantine = _the(templates, _BUCKET, "DocumentsQuarantine")
    other[quarantine]["Properties"]["BucketEncryption"] = section[name]["Properties"]["BucketEncryption"]


def _anybody_confused(templates: Templates) -> None:
    section, name = _the(templates, "AWS::IAM::Role", "BaseRole")
    for statement in section[name]["Properties"]["AssumeRolePolicyDocument"]["Statement"]:
        statement.pop("Condition")


_BUCKET, _PLAN, _RULE = "AWS::S3::Bucket", "AWS::GuardDuty::MalwareProtectionPlan", "AWS::Events::Rule"
_SOURCE, _TABLE, _QUEUE = "AWS::Bedrock::DataSource", "AWS::DynamoDB::Table", "AWS::SQS::Queue"
_LOCK = "ObjectLockConfiguration"
_SHORT = {"Rules": [{"Status": "Enabled", "ExpirationInDays": 0}]}
_MAPPING, _FUNCTION = "AWS::Lambda::EventSourceMapping", "AWS::Lambda::Function"

REMOVALS: Mapping[str, Removal] = {
    "malware plan": _without(_PLAN, "DocumentsScan"),
    "tags of the scan": _set(_PLAN, "DocumentsScan", "Actions.Tagging.Status", "DISABLED"),
    "no read of what is not clean": _without_statement("DocumentsLanding", "NoReadUnlessClean"),
    "only the scanner tags": _without_statement("DocumentsLanding", "OnlyTheScannerTags"),
    "no upload without tenant": _without_statement("DocumentsLanding", "NoUploadWithoutTenant"),
    "no upload for another tenant": _without_statement("DocumentsLanding", "NoUploadForAnotherTenant"),
    "strangers kept from landing": _without_statement("DocumentsLanding", "RefuseStrangers"),
    "scan results: rule": _without(_RULE, "PipelineScanResults"),
    "scan results: enabled": _set(_RULE, "PipelineScanResults", "State", "DISABLED"),
    "scan results: pattern": _set(
        _RULE, "PipelineScanResults", "EventPattern.detail-type", ["GuardDuty Finding"]
    ),
    "scan results: of this bucket": _set(
        _RULE, "PipelineScanResults", "EventPattern.detail.s3ObjectDetails.bucketName", ["another"]
    ),
    "scan results: undelivered kept": _set(_RULE, "PipelineScanResults", "Targets.0.DeadLetterConfig", None),
    "queue: dead letters": _set(_QUEUE, "PipelineQueue", "RedrivePolicy", None),
    "examination bounded": _all(
        _set(_MAPPING, "PipelineMapping", "ScalingConfig", None),
        _set(_FUNCTION, "PipelineIngestion", "ReservedConcurrentExecutions", None),
    ),
    "trusted: lock": _set(_BUCKET, "DocumentsTrusted", _LOCK, None),
    "trusted: nothing expires locked": _set(_BUCKET, "DocumentsTrusted", "LifecycleConfiguration", _SHORT),
    "trusted: one writer": _without_statement("DocumentsTrusted", "OnlyWhoExaminesWrites"),
    "trusted: who deletes": _without_statement("DocumentsTrusted", "OnlyWhoWithdrawsDeletes"),
    "trusted: writer cannot unlock": _also_allow("DocumentsExaminer", "s3:BypassGovernanceRetention"),
    "manifests: lock": _set(_BUCKET, "DocumentsManifests", _LOCK, None),
    "manifests: one writer": _without_statement("DocumentsManifests", "OnlyWhoExaminesWrites"),
    "quarantine: named readers": _without_statement("DocumentsQuarantine", "OnlyRespondersRead"),
    "quarantine: one writer": _without_statement("DocumentsQuarantine", "OnlyWhoExaminesWrites"),
    "quarantine: own key": _quarantine_shares_its_key,
    "document key: named principals": _key_for_everybody("DocumentKey"),
    "register: key": _set(_TABLE, "DocumentsTable", "SSESpecification", None),
    "register: deletion protection": _set(_TABLE, "DocumentsTable", "DeletionProtectionEnabled", None),
    "knowledge base: prefix": _set(
        _SOURCE, "BasePassages", "DataSourceConfiguration.S3Configuration.InclusionPrefixes", None
    ),
    "knowledge base: forgets": _set(_SOURCE, "BasePassages", "DataDeletionPolicy", "RETAIN"),
    "knowledge base: narrow role": _also_allow("BasePolicy", "s3:GetObject"),
    "knowledge base: this account's role": _anybody_confused,
    "vectors: key": _set("AWS::S3Vectors::VectorBucket", "BaseVectors", "EncryptionConfiguration", None),
    "training data: who adds": _without_statement("DatasetsBucket", "OnlyContributorsAdd"),
    "training data: who reads": _without_statement("DatasetsBucket", "OnlyReadersRead"),
    "training data: contributor cannot unlock": _also_allow(
        "DatasetsContributor", "s3:BypassGovernanceRetention"
    ),
    "audit: lock": _set(_BUCKET, "AuditBucket", _LOCK, None),
}
"""Controls by name. `scan` to `knowledge base` are those of the document pipeline."""
