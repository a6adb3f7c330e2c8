"""Where documents are on their way: landing, trusted, quarantined; what was found out; who may what."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypedDict

from aws_cdk import Duration, RemovalPolicy
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk import aws_s3 as s3
from constructs import Construct

from genai_defense.checks.acknowledge import acknowledge
from genai_defense.checks.finding_ids import wildcard_below
from genai_defense.data.backup import TableBackup
from genai_defense.data.bucket_denials import key_through_s3
from genai_defense.data.data_perimeter import DataPerimeter, reaches_beside_endpoints
from genai_defense.data.document_table import DocumentTable
from genai_defense.data.landing_bucket import LandingBucket
from genai_defense.data.malware_scan import MalwareScan
from genai_defense.data.manifest_bucket import MANIFESTS, ManifestBucket
from genai_defense.data.private_bucket import access_log_bucket, acknowledge_one_region, object_lock
from genai_defense.data.quarantine_bucket import QuarantineBucket
from genai_defense.data.trusted_bucket import ORIGINALS, PASSAGES, TrustedBucket

_NO_NAMES_YET = (
    "Documents have no names yet when the permission is written; it is bound to one prefix of one bucket of "
    "the document pipeline, and each bucket's own policy says who alone may use it."
)


class _Common(TypedDict):
    """What all four buckets are given."""

    access_logs: s3.IBucket
    perimeter: DataPerimeter
    removal_policy: RemovalPolicy


@dataclass(frozen=True, kw_only=True)
class DocumentActor:
    """A role that handles documents, and the managed policy that says how.

    Attributes:
        role: Execution role of a function.
        policy: What it may do to documents.
    """

    role: iam.Role
    policy: iam.ManagedPolicy


class DocumentStores(Construct):
    """The four buckets and the table of a document pipeline, the malware scan, and the two roles on them.

    The roles stand here and not with their functions, since each bucket's policy names who alone may write,
    read or delete in it.

    Args:
        scope: Parent construct.
        construct_id: Id below the parent.
        encryption_key: Key of documents, manifests and the table.
        quarantine_key: Key of quarantined documents; no role here may decrypt with it.
        retention: How long trusted documents and manifests are locked, 1 to 3,650 days.
        compliance: True locks them for everybody, root included. Default: False, governance mode.
        responders: ARNs of the roles that may read quarantined documents. Default: nobody.
        perimeter: Who may touch the buckets at all. Default: this account, through any way.
        removal_policy: What `cdk destroy` does to the stores. Default: they stay.

    Attributes:
        encryption_key: The key.
        access_logs: Where S3 logs the accesses to the four buckets; those logs expire after 365 days.
        landing, trusted, quarantine, manifests, table: The stores; the table is backed up every day.
        scan: The malware scan of the landing bucket.
        examiner: Role and policy of the function that examines documents.
        withdrawer: Role and policy of the function that withdraws them.

    Raises:
        ValueError: `retention` is out of bounds.
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        encryption_key: kms.IKey,
        quarantine_key: kms.IKey,
        retention: Duration,
        compliance: bool = False,
        responders: Sequence[str] = (),
        perimeter: DataPerimeter = DataPerimeter(),  # noqa: B008 - immutable
        removal_policy: RemovalPolicy = RemovalPolicy.RETAIN,
    ) -> None:
        super().__init__(scope, construct_id)
        self.encryption_key = encryption_key
        lock = object_lock(retention, compliance=compliance)
        self.access_logs = access_log_bucket(
            self, "AccessLogs", perimeter=perimeter, removal_policy=removal_policy
        )
        acknowledge_one_region(self.access_logs, kept_by="versions keep the logs against loss by error")
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
        TableBackup(
            self,
            "Backup",
            tables=[self.table.table],
            encryption_key=encryption_key,
            removal_policy=removal_policy,
        )
        self.examiner = self._actor("Examiner")
        self.withdrawer = self._actor("Withdrawer")
        self.scan = MalwareScan(self, "Scan", bucket=self.landing.bucket, encryption_key=encryption_key)
        reaches_beside_endpoints(self.scan.role)
        self._admit()

    def _actor(self, construct_id: str) -> DocumentActor:
        role = iam.Role(self, construct_id, assumed_by=iam.ServicePrincipal("lambda.amazonaws.com"))
        return DocumentActor(role=role, policy=iam.ManagedPolicy(role, "Policy", roles=[role]))

    def _admit(self) -> None:
        examiner, withdrawer = self.examiner.role, self.withdrawer.role
        self.landing.admit(scanner=self.scan.role, reader=examiner)
        self.trusted.admit(writer=examiner, withdrawer=withdrawer)
        self.manifests.admit(writer=examiner)
        self.quarantine.admit(writer=examiner)
        self._grant_examine(self.examiner.policy)
        self._grant_withdraw(self.withdrawer.policy)
        self.table.grant_keep(self.examiner.policy)
        self.table.grant_keep(self.withdrawer.policy)

    def _grant_examine(self, policy: iam.ManagedPolicy) -> None:
        landing, trusted = self.landing.bucket, self.trusted.bucket
        put = ["s3:PutObject"]
        policy.add_statements(
            iam.PolicyStatement(
                sid="FetchDocuments",
                actions=[
                    "s3:DeleteObject",
                    "s3:DeleteObjectVersion",
                    "s3:GetObject",
                    "s3:GetObjectVersion",
                    "s3:GetObjectTagging",
                    "s3:GetObjectVersionTagging",
                ],
                resources=[landing.arn_for_objects("*")],
            ),
            iam.PolicyStatement(
                sid="KeepTrusted",
                actions=put,
                resources=[
                    trusted.arn_for_objects(f"{ORIGINALS}/*"),
                    trusted.arn_for_objects(f"{PASSAGES}/*"),
                ],
            ),
            iam.PolicyStatement(
                sid="KeepManifests",
                actions=put,
                resources=[self.manifests.bucket.arn_for_objects(f"{MANIFESTS}/*")],
            ),
            iam.PolicyStatement(
                sid="Quarantine",
                actions=[*put, "s3:PutObjectTagging"],
                resources=[self.quarantine.bucket.arn_for_objects("*")],
            ),
            key_through_s3(
                "KeyOfDocuments", self.encryption_key.key_arn, "kms:Decrypt", "kms:GenerateDataKey"
            ),
            key_through_s3("KeyOfQuarantine", self.quarantine.encryption_key.key_arn, "kms:GenerateDataKey"),
        )
        below = (
            (landing, "/*"),
            (trusted, f"/{ORIGINALS}/*"),
            (trusted, f"/{PASSAGES}/*"),
            (self.manifests.bucket, f"/{MANIFESTS}/*"),
            (self.quarantine.bucket, "/*"),
        )
        for bucket, suffix in below:
            acknowledge(
                policy,
                wildcard_below(bucket.bucket_arn, suffix, owner=bucket, reader=policy),
                reason=_NO_NAMES_YET,
            )

    def _grant_withdraw(self, policy: iam.ManagedPolicy) -> None:
        trusted = self.trusted.bucket
        policy.add_statements(
            iam.PolicyStatement(
                sid="HidePassages",
                actions=["s3:DeleteObject"],
                resources=[trusted.arn_for_objects(f"{PASSAGES}/*")],
            )
        )
        acknowledge(
            policy,
            wildcard_below(trusted.bucket_arn, f"/{PASSAGES}/*", owner=trusted, reader=policy),
            reason=_NO_NAMES_YET,
        )
