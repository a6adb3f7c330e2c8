"""Where documents arrive: nobody reads one before it was scanned."""

from collections.abc import Sequence
from typing import Any, cast

from aws_cdk import Duration, RemovalPolicy
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk import aws_s3 as s3
from constructs import Construct

from genai_defense.checks.acknowledge import acknowledge
from genai_defense.checks.finding_ids import wildcard_below
from genai_defense.data.bucket_denials import READ_CONTENT, deny_except, key_through_s3
from genai_defense.data.data_perimeter import DataPerimeter
from genai_defense.data.private_bucket import PrivateBucket, acknowledge_one_region

TENANT_TAG = "tenant"
"""Principal tag that says whose documents a contributor uploads."""
SCAN_TAG = "GuardDutyMalwareScanStatus"
CLEAN = "NO_THREATS_FOUND"


class LandingBucket(Construct):
    """A bucket of documents that nobody has looked at yet.

    A contributor uploads below `<tenant>/`, the tenant being the tag of the role and not of the request. An
    object is read by the scanner alone until the scanner has tagged it clean; nobody else can set that tag.
    What was not fetched is gone after `unscanned`, a week after the last scan result about it has left the
    queues: nothing goes that somebody could still hear of.

    Args:
        scope: Parent construct.
        construct_id: Id below the parent.
        encryption_key: Key for data at rest.
        access_logs: Where S3 logs the accesses to it.
        unscanned: How long a document waits at most, at least one day. Default: 21 days.
        perimeter: Who may touch the bucket at all; its endpoints do not count, since contributors and the
            scanner come through none. Default: this account.
        removal_policy: What `cdk destroy` does to the bucket. Default: it stays.

    Attributes:
        bucket: The bucket; it sends its events to EventBridge.

    Source: https://docs.aws.amazon.com/guardduty/latest/ug/tag-based-access-s3-malware-protection.html (read
        2026-11-24).
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        encryption_key: kms.IKey,
        access_logs: s3.IBucket,
        unscanned: Duration = Duration.days(21),  # noqa: B008 - immutable
        perimeter: DataPerimeter = DataPerimeter(),  # noqa: B008 - immutable
        removal_policy: RemovalPolicy = RemovalPolicy.RETAIN,
    ) -> None:
        super().__init__(scope, construct_id)
        self._encryption_key = encryption_key
        self.bucket = PrivateBucket(
            self,
            "Bucket",
            encryption_key=encryption_key,
            access_logs=access_logs,
            perimeter=perimeter.from_any_endpoint,
            removal_policy=removal_policy,
            lifecycle_rules=[
                s3.LifecycleRule(
                    expiration=unscanned,
                    noncurrent_version_expiration=unscanned,
                )
            ],
        )
        # The L2's switch is a function of its own with rights on every bucket.
        resource = cast("s3.CfnBucket", self.bucket.node.default_child)
        resource.notification_configuration = s3.CfnBucket.NotificationConfigurationProperty(
            event_bridge_configuration=s3.CfnBucket.EventBridgeConfigurationProperty(
                event_bridge_enabled=True
            )
        )
        acknowledge_one_region(
            self.bucket,
            kept_by="A document waits here for its scan, some minutes, and its sender has it",
        )

    def admit(self, *, scanner: iam.IRole, reader: iam.IRole) -> None:
        """Say who may read what is not tagged clean, and who alone tags.

        Args:
            scanner: Role of the malware scanner; it alone tags.
            reader: Role of the function that has to quarantine what is not clean.
        """
        scan_status = f"s3:ExistingObjectTag/{SCAN_TAG}"
        self._deny(
            "NoReadUnlessClean",
            READ_CONTENT,
            {"StringNotEquals": {scan_status: CLEAN}, **_unless(scanner, reader)},
        )
        deny_except(
            self.bucket,
            sid="OnlyTheScannerTags",
            actions=[
                "s3:DeleteObjectTagging",
                "s3:DeleteObjectVersionTagging",
                "s3:PutObjectTagging",
                "s3:PutObjectVersionTagging",
            ],
            roles=[scanner.role_arn],
        )
        self._deny("NoUploadWithoutTenant", ["s3:PutObject"], {"Null": {_TENANT: "true"}, **_unless(scanner)})
        self.bucket.add_to_resource_policy(
            iam.PolicyStatement(
                sid="NoUploadForAnotherTenant",
                effect=iam.Effect.DENY,
                principals=[iam.AnyPrincipal()],
                actions=["s3:PutObject"],
                not_resources=[self.bucket.arn_for_objects(f"${{{_TENANT}}}/*")],
                conditions=_unless(scanner),
            )
        )

    def grant_upload(self, policy: iam.ManagedPolicy) -> None:
        """Let contributors add documents of the tenant that their tag `tenant` names, nothing else."""
        policy.add_statements(
            iam.PolicyStatement(
                sid="UploadForOwnTenant",
                actions=["s3:PutObject"],
                resources=[self.bucket.arn_for_objects(f"${{{_TENANT}}}/*")],
            ),
            key_through_s3("EncryptUploads", self._encryption_key.key_arn, "kms:GenerateDataKey"),
        )
        acknowledge(
            policy,
            wildcard_below(self.bucket.bucket_arn, f"/<{_TENANT}>/*", owner=self, reader=policy),
            reason="Documents have no names yet when the permission is written; it allows to add them below "
            "the prefix of the tenant that the role is tagged with, and not to read or delete any.",
        )

    def _deny(self, sid: str, actions: Sequence[str], conditions: dict[str, Any]) -> None:
        self.bucket.add_to_resource_policy(
            iam.PolicyStatement(
                sid=sid,
                effect=iam.Effect.DENY,
                principals=[iam.AnyPrincipal()],
                actions=list(actions),
                resources=[self.bucket.arn_for_objects("*")],
                conditions=conditions,
            )
        )


_TENANT = f"aws:PrincipalTag/{TENANT_TAG}"


def _unless(*roles: iam.IRole) -> dict[str, dict[str, list[str]]]:
    return {"ArnNotLike": {"aws:PrincipalArn": [role.role_arn for role in roles]}}
