"""The model that may be invoked, and the ARNs that a policy must name for it."""

from dataclasses import dataclass

from aws_cdk import Arn, ArnComponents, ArnFormat, Stack
from constructs import IConstruct


@dataclass(frozen=True, kw_only=True)
class ApprovedModel:
    """One foundation model, called directly or through a cross-region inference profile.

    Attributes:
        model_id: Foundation model, for example `amazon.nova-pro-v1:0`.
        regions: Regions in which the model may run: the own one alone, or every destination of the profile.
        inference_profile_id: Profile of the own Region, for example `us.amazon.nova-pro-v1:0`. None calls
            the model directly.

    Raises:
        ValueError: When several regions are named without a profile, or none at all.

    Source: https://docs.aws.amazon.com/bedrock/latest/userguide/inference-profiles-prereq.html (read
        2026-11-23).
    """

    model_id: str
    regions: tuple[str, ...]
    inference_profile_id: str | None = None

    def __post_init__(self) -> None:
        """Refuse what Bedrock could not route."""
        if not self.regions:
            raise ValueError(
                f"ApprovedModel {self.model_id}: regions is empty. Name the Regions in which it may run."
            )
        if len(self.regions) > 1 and self.inference_profile_id is None:
            raise ValueError(
                f"ApprovedModel {self.model_id}: {len(self.regions)} regions need an inference "
                "profile. Give inference_profile_id, or one region.",
            )

    @property
    def invocation_id(self) -> str:
        """What the caller passes as `modelId`."""
        return self.inference_profile_id or self.model_id

    def profile_arn(self, scope: IConstruct) -> str | None:
        """ARN of the inference profile in the account and Region of `scope`; None without a profile."""
        if self.inference_profile_id is None:
            return None
        return Stack.of(scope).format_arn(
            service="bedrock", resource="inference-profile", resource_name=self.inference_profile_id
        )

    def model_arns(self, scope: IConstruct) -> list[str]:
        """ARNs of the foundation model in every Region where it may run."""
        return [
            Arn.format(
                ArnComponents(
                    service="bedrock",
                    region=region,
                    account="",
                    resource="foundation-model",
                    resource_name=self.model_id,
                    arn_format=ArnFormat.SLASH_RESOURCE_NAME,
                ),
                Stack.of(scope),
            )
            for region in self.regions
        ]
