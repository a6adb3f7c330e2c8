"""The resource control policy behind which no stranger reaches data, whatever its own policy says."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from genai_defense.organization.policy_document import OrganizationPolicyType, check_size

_ORGANIZATION = re.compile(r"o-[a-z0-9]{10,32}")
_ACCOUNT = re.compile(r"\d{12}")
# Services whose resources such a policy binds, and which this kit keeps data in.
# Source: https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html (read
# 2026-11-24).
DATA_ACTIONS: Final = ("dynamodb:*", "kms:*", "s3:*", "secretsmanager:*", "sqs:*", "sts:AssumeRole")
# CloudFront's standard log comes from this user of an account of AWS: no service principal, and of no
# organization. It reaches what an access control list grants it.
# Source: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/standard-logging-legacy-s3.html
# names `awslogsdelivery`; its ARN is what S3's own access logs show as requester (read 2026-11-24).
_LOG_DELIVERY = "arn:aws:iam::162777425019:user/awslogsdelivery"


@dataclass(frozen=True, kw_only=True)
class DataPerimeterPolicy:
    """Who may reach data in the accounts below: principals of the organization, and AWS for them.

    A bucket policy, a key policy or a role's trust that lets in an account of somebody else stays without
    effect. A service of AWS is let in, but not on behalf of an account outside (confused deputy), and so is
    the user of AWS that delivers CloudFront's standard logs.

    Attributes:
        organization_id: Id of the organization, such as `o-a1b2c3d4e5`.
        trusted_accounts: Accounts outside of the organization that may come in, such as a vendor's. Default:
            none.

    Raises:
        ValueError: An id is none, or the document would be larger than Organizations takes.

    Source: https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps_examples.html
        (read 2026-11-24).
    """

    organization_id: str
    trusted_accounts: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse ids that would shut out everybody, and what Organizations would refuse."""
        if not _ORGANIZATION.fullmatch(self.organization_id):
            raise ValueError(
                f"DataPerimeterPolicy: organization_id {self.organization_id!r} is none. "
                "`aws organizations describe-organization` tells it; it looks like o-a1b2c3d4e5."
            )
        for account in self.trusted_accounts:
            if not _ACCOUNT.fullmatch(account):
                raise ValueError(f"DataPerimeterPolicy: trusted_accounts: {account!r} has not twelve digits.")
        check_size(self)

    @property
    def policy_type(self) -> OrganizationPolicyType:
        """A resource control policy."""
        return OrganizationPolicyType.RESOURCE_CONTROL

    @property
    def document(self) -> Mapping[str, Any]:
        """The policy document, for `AWS::Organizations::Policy`."""
        return {
            "Version": "2012-10-17",
            "Statement": [
                self._deny(
                    "DenyStrangers",
                    {
                        # True also where the key is missing: an anonymous caller is a stranger.
                        "StringNotEqualsIfExists": self._known("aws:PrincipalOrgID", "aws:PrincipalAccount"),
                        "BoolIfExists": {"aws:PrincipalIsAWSService": "false"},
                        "ArnNotLikeIfExists": {"aws:PrincipalArn": _LOG_DELIVERY},
                    },
                ),
                self._deny(
                    "DenyServicesForStrangers",
                    {
                        "StringNotEqualsIfExists": self._known("aws:SourceOrgID", "aws:SourceAccount"),
                        # A service that acts for no account at all, such as log delivery, has no source.
                        "Null": {"aws:SourceAccount": "false"},
                        "Bool": {"aws:PrincipalIsAWSService": "true"},
                    },
                ),
                self._deny("DenyPlainHttp", {"BoolIfExists": {"aws:SecureTransport": "false"}}),
            ],
        }

    def _known(self, organization_key: str, account_key: str) -> dict[str, Any]:
        trusted = {account_key: list(self.trusted_accounts)} if self.trusted_accounts else {}
        return {organization_key: self.organization_id, **trusted}

    @staticmethod
    def _deny(sid: str, condition: dict[str, Any]) -> dict[str, Any]:
        return {
            "Sid": sid,
            "Effect": "Deny",
            "Principal": "*",
            "Action": list(DATA_ACTIONS),
            "Resource": "*",
            "Condition": condition,
        }
