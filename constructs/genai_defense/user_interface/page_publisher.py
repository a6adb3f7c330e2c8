"""Brings the files of the chat page into its bucket with the deployment."""

import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

import jsii
from aws_cdk import AssetHashType, BundlingOptions, CustomResource, DockerImage, ILocalBundling, RemovalPolicy
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk import aws_logs as logs
from aws_cdk import aws_s3_assets as s3_assets
from constructs import Construct

from genai_defense.application.custom_resource_function import CustomResourceFunction
from genai_defense.checks.acknowledge import acknowledge
from genai_defense.checks.finding_ids import wildcard_below
from genai_defense.user_interface.chat_page_files import chat_page_folders
from genai_defense.user_interface.page_bucket import PageBucket

_NEVER = shutil.ignore_patterns(".*", "__pycache__")


@jsii.implements(ILocalBundling)
class _Merge:
    """Lays folders over each other; builds nothing."""

    def __init__(self, folders: tuple[Path, ...]) -> None:
        self._folders = folders

    def try_bundle(self, output_dir: str, *_: object, **__: object) -> bool:
        for folder in self._folders:
            shutil.copytree(folder, output_dir, ignore=_NEVER, dirs_exist_ok=True)
        return True


class PagePublisher(Construct):
    """Publishes the page with every deployment that changed it, and writes what the page must know.

    The files travel as one zip in the CDK's asset bucket; a function of the kit checks it (plain files of
    known kinds, bounded in number and size, no path that leads elsewhere) and puts each file with its type
    and cache header. Files that are gone are removed. Nothing is invalidated: the browser and CloudFront ask
    again for every file whose name does not fix its content, so a change shows after a second. An asset
    bucket under a key of your own (`cdk bootstrap --bootstrap-customer-key`) needs `kms:Decrypt` for that key
    in `function.policy`.

    Args:
        scope: Parent construct.
        construct_id: Id below the parent.
        page: Bucket of the page.
        config: What the page reads as `/config.json`; no secrets. Values are texts or lists of texts, and may
            be tokens.
        log_key: Key of the function's log, environment and dead letters; its policy must admit CloudWatch
            Logs (`DataKey.allow_log_groups`).
        folders: Folders whose files make up the page; a later one wins. Default: the kit's own page and the
            libraries that it loads.
        retention: How long the function's log is kept. Default: one year.
        removal_policy: What `cdk destroy` does to the page and the function's log; `DESTROY` empties the
            bucket, old versions included. Default: they stay.

    Attributes:
        function: The function.
        published: The custom resource.

    Source: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/Expiration.html (read
        2026-11-24).
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        page: PageBucket,
        config: Mapping[str, str | Sequence[str]],
        log_key: kms.IKey,
        folders: Sequence[Path] = (),
        retention: logs.RetentionDays = logs.RetentionDays.ONE_YEAR,
        removal_policy: RemovalPolicy = RemovalPolicy.RETAIN,
    ) -> None:
        super().__init__(scope, construct_id)
        asset = self._asset(tuple(folders) or chat_page_folders())
        self.function = CustomResourceFunction(
            self,
            "Function",
            packages=("page_publisher",),
            encryption_key=log_key,
            retention=retention,
            removal_policy=removal_policy,
        )
        self._allow(asset, page)
        self.published: CustomResource = self.function.add_resource(
            "Page",
            resource_type="Custom::ChatPage",
            properties={
                "SourceBucket": asset.s3_bucket_name,
                "SourceKey": asset.s3_object_key,
                "Bucket": page.bucket.bucket_name,
                "Config": dict(config),
            },
            removal_policy=removal_policy,
        )

    def _asset(self, folders: tuple[Path, ...]) -> s3_assets.Asset:
        return s3_assets.Asset(
            self,
            "Files",
            path=str(folders[0]),
            asset_hash_type=AssetHashType.OUTPUT,
            bundling=BundlingOptions(image=DockerImage.from_registry("unused"), local=_Merge(folders)),
        )

    def _allow(self, asset: s3_assets.Asset, page: PageBucket) -> None:
        policy = self.function.policy
        policy.add_statements(
            iam.PolicyStatement(
                sid="ReadThePage",
                actions=["s3:GetObject"],
                resources=[asset.bucket.arn_for_objects(asset.s3_object_key)],
            ),
            iam.PolicyStatement(
                sid="SeeWhatIsPublished",
                actions=["s3:ListBucket", "s3:ListBucketVersions"],
                resources=[page.bucket.bucket_arn],
            ),
            iam.PolicyStatement(
                sid="PublishAndRemove",
                actions=["s3:PutObject", "s3:DeleteObject", "s3:DeleteObjectVersion"],
                resources=[page.bucket.arn_for_objects("*")],
            ),
            iam.PolicyStatement(
                sid="EncryptThePage",
                actions=["kms:GenerateDataKey"],
                resources=[page.encryption_key.key_arn],
                conditions={"StringLike": {"kms:ViaService": "s3.*.amazonaws.com"}},
            ),
        )
        acknowledge(
            policy,
            wildcard_below(page.bucket.bucket_arn, "/*", owner=page, reader=policy),
            reason="The bucket holds the page and nothing else, and its files have no names yet when the "
            "permission is written; the function reads none of them.",
        )
