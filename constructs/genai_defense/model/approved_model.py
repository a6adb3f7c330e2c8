"""The model that may be invoked, and the ARNs that a policy must name for it."""

from dataclasses import dataclass

from aws_cdk import Arn, ArnComponents, ArnFormat, Stack, Token
from constructs import IConstruct

from genai_defense.model.geography import GLOBAL, check_geography


@dataclass(frozen=True, kw_only=True)
class ApprovedModel:
    """One foundation model, called directly or through a cross-region inference profile.

    Attributes:
        model_id: Foundation model, for example `amazon.nova-pro-v1:0`.
        regions: Regions in which the model may run: the own one alone, or every destination of the profile.
            For a global profile, the own one; all commercial Regions come by themselves.
        inference_profile_id: Profile of the own Region, for example `us.amazon.nova-pro-v1:0`. None calls
            the model directly.
        fallback: What is called when this one does not answer; it has no fallback of its own. Default: none.
        leaves_geography_because: Why prompts and answers may be processed anywhere in the world. A `global.`
            profile needs it, no other takes it.

    Raises:
        ValueError: When Bedrock could not route it, or when it would leave the geography unsaid.

    Source: https://docs.aws.amazon.com/bedrock/latest/userguide/inference-profiles-prereq.html,
        https://docs.aws.amazon.com/bedrock/latest/userguide/global-cross-region-inference.html (read
        2026-11-24).
    """

    model_id: str
    regions: tuple[str, ...]
    inference_profile_id: str | None = None
    fallback: "ApprovedModel | None" = None
    leaves_geography_because: str | None = None

    def __post_init__(self) -> None:
        """Refuse what Bedrock could not route."""
        name = f"ApprovedModel {self.model_id}"
        if not self.regions:
            raise ValueError(f"{name}: regions is empty. Name the Regions in which it may run.")
        if len(self.regions) > 1 and self.inference_profile_id is None:
            raise ValueError(
                f"{name}: {len(self.regions)} regions need an inference profile. Give inference_profile_id, "
                "or one region.",
            )
        if self.fallback and self.fallback.fallback:
            raise ValueError(f"{name}: a fallback has no fallback of its own. Name one.")
        self._check_profile(name)

    def _check_profile(self, name: str) -> None:
        if self.inference_profile_id is not None:
            geography, _, model_id = self.inference_profile_id.partition(".")
            if model_id != self.model_id:
                raise ValueError(
                    f"{name}: the profile {self.inference_profile_id} is one of {model_id}. Choose "
                    f"{geography}.{self.model_id}, or the other model."
                )
            check_geography(self.inference_profile_id, _literal(self.regions))
        if self.is_global != bool(self.leaves_geography_because):
            raise ValueError(
                f"{name}: a {GLOBAL}. profile processes prompts and answers anywhere in the world, so it and "
                "leaves_geography_because belong together: say why that is acceptable, or choose a "
                "geographic profile."
            )

    @property
    def is_global(self) -> bool:
        """Whether a request may be processed in any commercial Region."""
        return (self.inference_profile_id or "").startswith(f"{GLOBAL}.")

    @property
    def routes(self) -> "tuple[ApprovedModel, ...]":
        """This model, and its fallback where there is one."""
        return (self, self.fallback) if self.fallback else (self,)

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
        """ARNs of the foundation model in every Region where it may run.

        The one of a global profile names no Region: so Bedrock calls the model behind it.
        """
        regions = (*self.regions, "") if self.is_global else self.regions
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
            for region in regions
        ]


def _literal(regions: tuple[str, ...]) -> tuple[str, ...]:
    """The Regions that are known before a deployment."""
    return tuple(region for region in regions if not Token.is_unresolved(region))
