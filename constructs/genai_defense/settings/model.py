"""The model that the chatbot may invoke, and where it may run."""

from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from genai_defense.model.approved_model import ApprovedModel
from genai_defense.model.approved_models import ModelRecord, record_of
from genai_defense.model.geography import GLOBAL
from genai_defense.settings.section import Section
from genai_defense.settings.types import Region

_ModelId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]+\.[a-zA-Z0-9.:-]+$")]
_ProfileId = Annotated[
    str, StringConstraints(pattern=r"^(us|eu|apac|us-gov|ca|jp|au|global)\.[a-z0-9-]+\.[a-zA-Z0-9.:-]+$")
]
_Regions = Annotated[tuple[Region, ...], Field(min_length=1, strict=False)]
_Reason = Annotated[str, StringConstraints(min_length=40, max_length=1000)]
_Tag = Annotated[str, StringConstraints(pattern=r"^[\w .:/=+@-]{1,128}$")]


class FallbackSettings(Section):
    """What is called when the model does not answer.

    Attributes:
        model_id: Bedrock foundation model.
        inference_profile_id: Its cross-region inference profile; unset calls the model directly.
        inference_regions: Every Region to which that profile may send a request.
    """

    model_id: _ModelId
    inference_profile_id: _ProfileId | None = None
    inference_regions: _Regions


class ModelSettings(Section):
    """The model that the chatbot may invoke.

    Attributes:
        model_id: Bedrock foundation model, for example `amazon.nova-pro-v1:0`; one that somebody approved.
        inference_profile_id: Cross-region inference profile through which it is called; unset calls the
            model directly. Its prefix is the geography in which prompts and answers are processed.
        inference_regions: Every Region to which the profile may send a request, the deployment's own
            included. They are the data's residence while the model works; it is stored in `region` only.
        guardrail_profile_id: Guardrail profile that the STANDARD tier of Bedrock Guardrails needs; unset for
            the CLASSIC tier.
        max_output_tokens: Longest answer, 1 to 8192 tokens.
        fallback: Model, profile and Regions that are used when the first does not answer. Default: none.
        leaves_geography_because: Why prompts may be processed anywhere in the world: a `global.` profile
            needs it.
        cost_tags: Tags that tell the calls apart on the bill; they make an application inference profile.
        enforce_on_account: True applies the guardrail to every call of the account and Region, also of
            callers that this app does not know; who may not apply it is refused. Default: the app's own.
        invocation_logging: The account's log of calls to models, one setting a Region: `create` it where
            there is none, `adopt` what is there (restored on delete), rely on an `existing` one, or `off`.
        not_logged_because: Why calls to models leave no trace: `off` needs it, and the stack's outputs say
            it.
        provenance: Records of models that your own organization approved, beside those of the kit.
    """

    model_id: _ModelId
    inference_profile_id: _ProfileId | None = None
    inference_regions: _Regions
    guardrail_profile_id: (
        Annotated[str, StringConstraints(pattern=r"^[a-z-]+\.guardrail\.v\d+:\d+$")] | None
    ) = None
    max_output_tokens: Annotated[int, Field(ge=1, le=8192)] = 1024
    fallback: FallbackSettings | None = None
    leaves_geography_because: _Reason | None = None
    cost_tags: Annotated[dict[_Tag, _Tag], Field(default_factory=dict)]
    enforce_on_account: bool = False
    invocation_logging: Literal["create", "adopt", "existing", "off"] = "create"
    not_logged_because: _Reason | None = None
    provenance: Annotated[tuple[ModelRecord, ...], Field(strict=False)] = ()

    @property
    def approved(self) -> ApprovedModel:
        """The model with its fallback, as the constructs take it."""
        fallback = self.fallback
        return ApprovedModel(
            model_id=self.model_id,
            regions=self.inference_regions,
            inference_profile_id=self.inference_profile_id,
            leaves_geography_because=self._reason_of(self.inference_profile_id),
            fallback=ApprovedModel(
                model_id=fallback.model_id,
                regions=fallback.inference_regions,
                inference_profile_id=fallback.inference_profile_id,
                leaves_geography_because=self._reason_of(fallback.inference_profile_id),
            )
            if fallback
            else None,
        )

    @property
    def processed_in(self) -> str:
        """Where prompts and answers are processed, in words."""
        routes = self.approved.routes
        if any(route.is_global for route in routes):
            return f"any commercial Region: {self.leaves_geography_because}"
        return ", ".join(sorted({region for route in routes for region in route.regions}))

    def _reason_of(self, profile_id: str | None) -> str | None:
        return self.leaves_geography_because if (profile_id or "").startswith(f"{GLOBAL}.") else None

    @model_validator(mode="after")
    def _somebody_approved_it(self) -> Self:
        for route in self.approved.routes:
            record_of(route.model_id, self.provenance)
        if self.leaves_geography_because and not any(route.is_global for route in self.approved.routes):
            raise ValueError("leaves_geography_because is set, but no profile is global. Remove it.")
        if (self.invocation_logging == "off") != bool(self.not_logged_because):
            raise ValueError(
                'invocation_logging "off" and not_logged_because belong together: say why, or keep the log'
            )
        return self
