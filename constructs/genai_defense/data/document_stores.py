"""Where documents are on their way: landing, trusted, quarantined; what was found out; who may what."""

from collections.abc import Sequence
from typing import TypedDict

from aws_cdk import RemovalPolicy
from aws_cdk import aws_kms as kms
from aws_cdk import aws_s3 as s3
from constructs import Construct

from genai_defense.data.backup import TableBackup
from genai_defense.data.bucket_denials import key_through_s3
from genai_defense.data.data_perimeter import DataPerimeter, reaches_beside_endpoints
from genai_defense.data.document_actor import DocumentActor
from genai_defense.data.document_table import DocumentTable
from genai_defense.data.landing_bucket import LandingBucket
from genai_defense.data.malware_scan import MalwareScan
from genai_defense.data.manifest_bucket import MANIFESTS, ManifestBucket
from genai_defense.data.private_bucket import access_log_bucket
from genai_defense.data.quarantine_bucket import QuarantineBucket
from genai_defense.data.trusted_bucket import ORIGINALS, PASSAGES, TrustedBucket


class _Common(TypedDict):
    """What all four buckets are given."""

    access_logs: s3.IBucket
    perimeter: DataPerimeter
    removal_policy: RemovalPolicy


class DocumentStores(Construct):
    """The four buckets and the table of a document pipeline, the malware scan, and the two roles on them.

    The roles stand here and not with their functions, since each bucket's policy names who alone may write,
    read or delete in it.

    Args:
        scope: Parent construct.
        construct_id: Id below the parent.
        encryption_key: Key of documents, manifests and the table.
        quarantine_key: Key of quarantined documents; no role here may decrypt with it.
        lock: How long trusted documents and manifests are locked; see `object_lock`.
        responders: ARNs of the roles that may read quarantined documents. Default: nobody.
        access_logs: Where S3 logs the accesses. Default: a bucket of its own.
        perimeter: Who may touch the buckets at all. Default: this account, through any way.
        removal_policy: What `cdk destroy` does to the stores. Default: they stay.

    Attributes:
        encryption_key: The key.
        access_logs: Where S3 logs the accesses to the four buckets; those logs expire after 365 days.
        landing, trusted, quarantine, manifests, table: The stores; the table is backed up every day.
        backup: The backup of the table.
        scan: The malware scan of the landing bucket.
        examiner: Role and policy of the function that examines documents.
        withdrawer: Role and policy of the function that withdraws them.
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        encryption_key: kms.IKey,
        quarantine_key: kms.IKey,
        lock: s3.ObjectLockRetention,
        responders: Sequence[str] = (),
        access_logs: s3.IBucket | None = None,
        perimeter: DataPerimeter = DataPerimeter(),  # noqa: B008 - immutable
        removal_policy: RemovalPolicy = RemovalPolicy.RETAIN,
    ) -> None:
        super().__init__(scope, construct_id)
        self.encryption_key = encryption_key
        self.access_logs = access_logs or access_log_bucket(
            self, "AccessLogs", perimeter=perimeter, removal_policy=removal_policy
        )
        common = _Common(access_logs=self.access_logs, perimeter=perimeter, removal_policy=removal_policy)
        self.landing = LandingBucket(self, "Landing", encryption_key=encryption_key, **common)
        self.trusted = TrustedBucket(self, "Trusted", encryption_key=encryption_key, lock=lock, **common)
        self.manifests = ManifestBucket(self, "Manifests", encryption_key=encryption_key, lock=lock, **common)
        self.quarantine = QuarantineBucket(
            self, "Quarantine", encryption_key=quarantine_key, responders=responders, **common
        )
        self.table = DocumentTable(
            self, "Documents", encryption_key=encryption_key, removal_policy=removal_policy
        )
        self.backup = TableBackup(
            self,
            "Backup",
            tables=[self.table.table],
            encryption_key=encryption_key,
            compliance=lock.mode is s3.ObjectLockMode.COMPLIANCE,
            removal_policy=removal_policy,
        )
        self.examiner = DocumentActor(self, "Examiner")
        self.withdrawer = DocumentActor(self, "Withdrawer")
        self.scan = MalwareScan(self, "Scan", bucket=self.landing.bucket, encryption_key=encryption_key)
        reaches_beside_endpoints(self.scan.role)
        self._admit()
        self._let_examine()
        self._let_withdraw()

    def _admit(self) -> None:
        examiner, withdrawer = self.examiner.role, self.withdrawer.role
        self.landing.admit(scanner=self.scan.role, reader=examiner)
        self.trusted.admit(writer=examiner, withdrawers=[examiner, withdrawer])
        self.manifests.admit(writer=examiner)
        self.quarantine.admit(writer=examiner)

    def _let_examine(self) -> None:
        examiner, landing = self.examiner, self.landing.bucket
        trusted, manifests = self.trusted.bucket, self.manifests.bucket
        examiner.allow(
            sid="FetchDocuments",
            bucket=landing,
            actions=["s3:DeleteObjectVersion", "s3:GetObjectVersion", "s3:GetObjectVersionTagging"],
        )
        examiner.allow_list(sid="SeeThatDocumentsAreGone", bucket=landing)
        examiner.allow(
            sid="KeepDocuments", bucket=trusted, actions=["s3:PutObject"], prefixes=[ORIGINALS, PASSAGES]
        )
        # What was withdrawn while it was published, and what a later look kept out.
        examiner.allow(
            sid="HideDocuments",
            bucket=trusted,
            actions=["s3:DeleteObject"],
            prefixes=[ORIGINALS, PASSAGES],
        )
        examiner.allow(
            sid="KeepManifests",
            bucket=manifests,
            actions=["s3:GetObject", "s3:PutObject"],
            prefixes=[MANIFESTS],
        )
        examiner.allow(sid="Quarantine", bucket=self.quarantine.bucket, actions=["s3:PutObject"])
        examiner.policy.add_statements(
            key_through_s3(
                "KeyOfDocuments", self.encryption_key.key_arn, "kms:Decrypt", "kms:GenerateDataKey"
            ),
            key_through_s3("KeyOfQuarantine", self.quarantine.encryption_key.key_arn, "kms:GenerateDataKey"),
        )
        self.table.grant_keep(examiner.policy)

    def _let_withdraw(self) -> None:
        self.withdrawer.allow(
            sid="HideDocuments",
            bucket=self.trusted.bucket,
            actions=["s3:DeleteObject"],
            prefixes=[ORIGINALS, PASSAGES],
        )
        self.table.grant_withdraw(self.withdrawer.policy)
