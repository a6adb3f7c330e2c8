"""The one model that the chatbot may invoke."""

from typing import Annotated

from pydantic import Field, StringConstraints

from genai_defense.settings.section import Section
from genai_defense.settings.types import Region


class ModelSettings(Section):
    """The one model that the chatbot may invoke.

    Attributes:
        model_id: Bedrock foundation model, for example `amazon.nova-pro-v1:0`.
        inference_profile_id: Cross-region inference profile through which it is called; unset calls the
            model directly.
        inference_regions: Every Region to which the profile may send a request, the deployment's own
            included.
        guardrail_profile_id: Guardrail profile that the STANDARD tier of Bedrock Guardrails needs.
        max_output_tokens: Longest answer, 1 to 8192 tokens.
    """

    model_id: Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]+\.[a-zA-Z0-9.:-]+$")]
    inference_profile_id: (
        Annotated[str, StringConstraints(pattern=r"^(us|eu|apac|us-gov|jp|au)\.[a-z0-9-]+\.[a-zA-Z0-9.:-]+$")]
        | None
    ) = None
    inference_regions: Annotated[tuple[Region, ...], Field(min_length=1, strict=False)]
    guardrail_profile_id: Annotated[str, StringConstraints(pattern=r"^[a-z-]+\.guardrail\.v\d+:\d+$")]
    max_output_tokens: Annotated[int, Field(ge=1, le=8192)] = 1024
