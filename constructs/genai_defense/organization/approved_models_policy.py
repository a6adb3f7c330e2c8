"""The service control policy that lets through the approved models, in the approved Regions."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from genai_defense.checks.model_access import INVOKE_ACTIONS
from genai_defense.organization.policy_document import OrganizationPolicyType, check_size, require

PROFILE_KEY = "bedrock:InferenceProfileArn"


@dataclass(frozen=True, kw_only=True)
class ApprovedModelsControlPolicy:
    """Which models every account below may invoke, and where.

    An inference profile invokes its model in the Regions of its geography. Such a call is let through when it
    comes from an approved profile in an approved Region; the model behind must be approved all the same.
    Imported, provisioned and custom models are denied, and so are models in other Regions.

    Attributes:
        model_ids: Approved foundation models.
        embedding_models: Models that turn text into vectors, approved as well. Default: none.
        inference_profile_ids: Approved profiles of AWS, such as `us.amazon.nova-pro-v1:0`. Default: none.
        regions: Regions in which calls may be made.
        administrators: ARN patterns of the principals that may make application inference profiles, which
            carry calls into the Regions of the profile that they copy.

    Raises:
        ValueError: A list is empty, or the document would be larger than Organizations takes.

    Source: https://docs.aws.amazon.com/bedrock/latest/userguide/inference-profiles-prereq.html (read
        2026-11-24).
    """

    model_ids: tuple[str, ...]
    regions: tuple[str, ...]
    administrators: tuple[str, ...]
    embedding_models: tuple[str, ...] = ()
    inference_profile_ids: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse what Organizations would refuse, and what would refuse everything."""
        require(self, model_ids=self.model_ids, regions=self.regions, administrators=self.administrators)
        check_size(self)

    @property
    def policy_type(self) -> OrganizationPolicyType:
        """A service control policy."""
        return OrganizationPolicyType.SERVICE_CONTROL

    @property
    def document(self) -> Mapping[str, Any]:
        """The policy document, for `AWS::Organizations::Policy`."""
        models = sorted({*self.model_ids, *self.embedding_models})
        profiles = self._profiles()
        return {
            "Version": "2012-10-17",
            "Statement": [
                {
                    "Sid": "DenyOtherModels",
                    "Effect": "Deny",
                    "Action": list(INVOKE_ACTIONS),
                    "NotResource": [f"arn:*:bedrock:*::foundation-model/{model}" for model in models]
                    + profiles,
                },
                {
                    "Sid": "DenyOtherRegions",
                    "Effect": "Deny",
                    "Action": list(INVOKE_ACTIONS),
                    "Resource": "*",
                    "Condition": {
                        "StringNotEquals": {"aws:RequestedRegion": list(self.regions)},
                        # Also true when there is no profile: a model by itself stays in its Region.
                        "ArnNotLike": {PROFILE_KEY: profiles},
                    },
                },
                {
                    "Sid": "DenyProfilesOfOnesOwn",
                    "Effect": "Deny",
                    "Action": "bedrock:CreateInferenceProfile",
                    "Resource": "*",
                    "Condition": {"ArnNotLike": {"aws:PrincipalArn": list(self.administrators)}},
                },
            ],
        }

    def _profiles(self) -> list[str]:
        return [
            f"arn:*:bedrock:{region}:*:{profile}"
            for region in self.regions
            for profile in (
                *(f"inference-profile/{profile_id}" for profile_id in self.inference_profile_ids),
                "application-inference-profile/*",
            )
        ]
