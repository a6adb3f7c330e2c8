"""What models are trained and judged with: who adds to it cannot read it, who reads it cannot add."""

from aws_cdk import RemovalPolicy, Tags
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk import aws_s3 as s3
from constructs import Construct

from genai_defense.checks.acknowledge import acknowledge
from genai_defense.checks.finding_ids import wildcard_below
from genai_defense.data.data_perimeter import DataPerimeter
from genai_defense.data.private_bucket import PrivateBucket, access_log_bucket, acknowledge_one_region

DATASETS, MANIFESTS = "datasets", "manifests"
SIDE_TAG = "dataset-store"
_ADDING = ["s3:DeleteObject", "s3:DeleteObjectVersion", "s3:PutObject"]
_READING = ["s3:GetObject", "s3:GetObjectVersion"]


class DatasetStore(Construct):
    """A locked, versioned bucket for training and evaluation data with a role for each of its two sides.

    A contributor adds data sets with their manifests (`genai-defense dataset add`) and reads none; a reader
    reads and adds none. The bucket's policy says so as well, so that a permission elsewhere opens neither
    side to anybody else, administrators included: it goes by the tag `dataset-store` of a role, which nobody
    should be let set. Nothing is overwritten: a version is a SHA-256, and each is locked.

    Args:
        scope: Parent construct.
        construct_id: Id below the parent.
        encryption_key: Key for data at rest.
        lock: How long each version is locked; see `object_lock`.
        members: Who may assume the two roles; the IAM policies of the account say who does. Default: this
            account.
        access_logs: Where S3 logs the accesses. Default: a bucket of its own.
        perimeter: Who may touch the bucket at all. Default: this account, through any way.
        removal_policy: What `cdk destroy` does to the buckets. Default: they stay.

    Attributes:
        bucket: The locked bucket: `datasets/<purpose>/<name>/<sha256>/<file>` and
            `manifests/<purpose>/<name>/<time>-<sha256>.json`.
        contributor: The role that adds.
        reader: The role that reads.
        access_logs: Where S3 logs the accesses; those logs expire after 365 days.

    Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html (read 2026-11-24).
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        encryption_key: kms.IKey,
        lock: s3.ObjectLockRetention,
        members: iam.IPrincipal | None = None,
        access_logs: s3.IBucket | None = None,
        perimeter: DataPerimeter = DataPerimeter(),  # noqa: B008 - immutable
        removal_policy: RemovalPolicy = RemovalPolicy.RETAIN,
    ) -> None:
        super().__init__(scope, construct_id)
        self._encryption_key = encryption_key
        self.access_logs = access_logs or access_log_bucket(
            self, "AccessLogs", perimeter=perimeter, removal_policy=removal_policy
        )
        self.bucket = PrivateBucket(
            self,
            "Bucket",
            encryption_key=encryption_key,
            access_logs=self.access_logs,
            perimeter=perimeter,
            lock=lock,
            removal_policy=removal_policy,
        )
        acknowledge_one_region(
            self.bucket,
            kept_by="Each version of a data set is locked, and its contributor has the file that it came "
            "from",
        )
        people = members or iam.AccountRootPrincipal()
        self.contributor = iam.Role(self, "Contributor", assumed_by=people)
        self.reader = iam.Role(self, "Reader", assumed_by=people)
        self._add(self.contributor)
        self.grant_read(self.reader)
        self._keep_apart("OnlyContributorsAdd", _ADDING, "adds")
        self._keep_apart("OnlyReadersRead", _READING, "reads")

    def gateway_statements(self, conditions: dict[str, dict[str, str]]) -> list[iam.PolicyStatement]:
        """What the policy of an S3 gateway endpoint lets readers do, under these conditions."""
        return [
            iam.PolicyStatement(
                principals=[iam.AnyPrincipal()],
                actions=actions,
                resources=resources,
                conditions=conditions,
            )
            for actions, resources in (
                (_READING, self._objects()),
                (["s3:ListBucket"], [self.bucket.bucket_arn]),
            )
        ]

    def _add(self, role: iam.Role) -> None:
        Tags.of(role).add(SIDE_TAG, "adds")
        policy = iam.ManagedPolicy(
            role,
            "Policy",
            roles=[role],
            statements=[
                iam.PolicyStatement(sid="AddVersions", actions=["s3:PutObject"], resources=self._objects()),
                self._key("kms:GenerateDataKey", "kms:Decrypt"),
                self._denied("ReadsNothing", _READING),
            ],
        )
        self._acknowledge(policy)

    def grant_read(self, role: iam.Role) -> None:
        """Let a role read data sets and manifests, and refuse it to add any.

        Args:
            role: A role of this app; it gets the tag by which the bucket knows readers.
        """
        Tags.of(role).add(SIDE_TAG, "reads")
        policy = iam.ManagedPolicy(
            role,
            "DatasetPolicy",
            roles=[role],
            statements=[
                iam.PolicyStatement(sid="ReadVersions", actions=_READING, resources=self._objects()),
                iam.PolicyStatement(
                    sid="ListVersions", actions=["s3:ListBucket"], resources=[self.bucket.bucket_arn]
                ),
                self._key("kms:Decrypt"),
                self._denied("AddsNothing", _ADDING),
            ],
        )
        self._acknowledge(policy)

    def _objects(self) -> list[str]:
        return [self.bucket.arn_for_objects(f"{prefix}/*") for prefix in (DATASETS, MANIFESTS)]

    def _key(self, *actions: str) -> iam.PolicyStatement:
        return iam.PolicyStatement(
            sid="KeyThroughTheBucket",
            actions=list(actions),
            resources=[self._encryption_key.key_arn],
            conditions={"StringLike": {"kms:ViaService": "s3.*.amazonaws.com"}},
        )

    def _denied(self, sid: str, actions: list[str]) -> iam.PolicyStatement:
        return iam.PolicyStatement(
            sid=sid,
            effect=iam.Effect.DENY,
            actions=actions,
            resources=[self.bucket.arn_for_objects("*")],
        )

    def _keep_apart(self, sid: str, actions: list[str], side: str) -> None:
        """Refuse actions to everybody but the roles of one side."""
        statement = self._denied(sid, actions)
        statement.add_any_principal()
        statement.add_condition("StringNotEquals", {f"aws:PrincipalTag/{SIDE_TAG}": side})
        self.bucket.add_to_resource_policy(statement)

    def _acknowledge(self, policy: iam.ManagedPolicy) -> None:
        for prefix in (DATASETS, MANIFESTS):
            acknowledge(
                policy,
                wildcard_below(self.bucket.bucket_arn, f"/{prefix}/*", owner=self, reader=policy),
                reason="Data sets have no names yet when the permission is written; it opens one side of the "
                "store, to add or to read, and the same policy refuses the other.",
            )
