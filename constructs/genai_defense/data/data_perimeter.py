"""Who may touch a bucket at all, whatever a policy elsewhere allows."""

from typing import Annotated

from aws_cdk import Aws, Stack, Tags
from aws_cdk import aws_iam as iam
from aws_cdk import aws_s3 as s3
from pydantic import Field, StringConstraints

from genai_defense.section import Section

_OrganizationId = Annotated[str, StringConstraints(pattern=r"^o-[a-z0-9]{10,32}$")]
_EndpointId = Annotated[str, StringConstraints(pattern=r"^vpce-[0-9a-f]{8,17}$")]
BESIDE_TAG = "perimeter-exception"
_OBJECT_ACTIONS = ("s3:DeleteObject*", "s3:GetObject*", "s3:ListBucket*", "s3:PutObject*")


class DataPerimeter(Section):
    """The line around the buckets: this account or organization, and by choice these VPC endpoints.

    Principals from outside are refused, anonymous ones included, whatever an Allow says. AWS's own services
    come in, but only for this account or organization, so that nobody uses a service as his messenger.

    Attributes:
        organization_id: Organization whose accounts are inside, such as `o-a1b2c3d4e5`. Default: this account
            alone.
        endpoint_ids: VPC endpoints through which objects are read, written, listed and deleted; every other
            way is refused, people at the console included. They are known after the first deployment
            (`aws ec2 describe-vpc-endpoints`). Default: any way.

    Source: https://docs.aws.amazon.com/whitepapers/latest/building-a-data-perimeter-on-aws/perimeter-implementation.html,
        https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html (read
        2026-11-24).
    """

    organization_id: _OrganizationId | None = None
    endpoint_ids: Annotated[tuple[_EndpointId, ...], Field(strict=False)] = ()

    @property
    def from_any_endpoint(self) -> "DataPerimeter":
        """The same line without its endpoints, for what is reached from outside the VPC."""
        return DataPerimeter(organization_id=self.organization_id)

    def statements(self, bucket: s3.IBucket) -> list[iam.PolicyStatement]:
        """What the policy of `bucket` denies."""
        account = Stack.of(bucket).account
        kind, ours = ("OrgID", self.organization_id) if self.organization_id else ("Account", account)
        strangers = iam.PolicyStatement(
            sid="RefuseStrangers",
            effect=iam.Effect.DENY,
            principals=[iam.AnyPrincipal()],
            actions=["s3:*"],
            resources=_all_of(bucket),
            # Without the key, as for anonymous callers, `IfExists` is true: they are refused.
            conditions={
                "StringNotEqualsIfExists": {f"aws:Principal{kind}": ours},
                "BoolIfExists": {"aws:PrincipalIsAWSService": "false"},
            },
        )
        messengers = iam.PolicyStatement(
            sid="RefuseServicesForStrangers",
            effect=iam.Effect.DENY,
            principals=[iam.AnyPrincipal()],
            actions=["s3:*"],
            resources=_all_of(bucket),
            conditions={
                "StringNotEqualsIfExists": {f"aws:Source{kind}": ours},
                "Null": {"aws:SourceAccount": "false"},
                "Bool": {"aws:PrincipalIsAWSService": "true"},
            },
        )
        return [strangers, messengers, *self._other_ways(bucket, account)]

    def _other_ways(self, bucket: s3.IBucket, account: str) -> list[iam.PolicyStatement]:
        if not self.endpoint_ids:
            return []
        service_roles = f"arn:{Aws.PARTITION}:iam::{account}:role/aws-service-role/*"
        return [
            iam.PolicyStatement(
                sid="RefuseOtherWays",
                effect=iam.Effect.DENY,
                principals=[iam.AnyPrincipal()],
                actions=list(_OBJECT_ACTIONS),
                resources=_all_of(bucket),
                conditions={
                    "StringNotEqualsIfExists": {
                        "aws:SourceVpce": list(self.endpoint_ids),
                        f"aws:PrincipalTag/{BESIDE_TAG}": "true",
                    },
                    "BoolIfExists": {
                        "aws:PrincipalIsAWSService": "false",
                        "aws:ViaAWSService": "false",
                    },
                    "ArnNotLikeIfExists": {"aws:PrincipalArn": service_roles},
                },
            )
        ]


def reaches_beside_endpoints(role: iam.IRole) -> None:
    """Mark a role that a service of AWS assumes, which comes through no endpoint of yours."""
    Tags.of(role).add(BESIDE_TAG, "true")


def _all_of(bucket: s3.IBucket) -> list[str]:
    return [bucket.bucket_arn, bucket.arn_for_objects("*")]
