"""The models that may be chosen, each with where it comes from and who said yes."""

from collections.abc import Iterable
from typing import Annotated, Final

from pydantic import Field, StringConstraints

from genai_defense.section import Section

_Text = Annotated[str, Field(min_length=1, max_length=200)]
_Url = Annotated[str, StringConstraints(pattern=r"^https://[a-z0-9.-]+(/\S*)?$")]
_Day = Annotated[str, StringConstraints(pattern=r"^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$")]


class ModelRecord(Section):
    """Provenance of one foundation model.

    Attributes:
        model_id: Foundation model as Bedrock names it, without a profile's prefix.
        provider: Who trained it.
        version: Which one, in the provider's words.
        licence: Address of the licence or end-user agreement that using it accepts.
        card: Address of its model card or AI service card.
        approved_by: Person or board that approved it.
        approved_on: Day of the approval, as YYYY-MM-DD.
        because: What it is approved for, and why.
        review_by: Day by which the approval is looked at again.
    """

    model_id: Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]+\.[a-zA-Z0-9.:-]+$")]
    provider: _Text
    version: _Text
    licence: _Url
    card: _Url
    approved_by: _Text
    approved_on: _Day
    because: Annotated[str, Field(min_length=20, max_length=1000)]
    review_by: _Day


_AMAZON: Final = {
    "provider": "Amazon",
    "licence": "https://aws.amazon.com/service-terms/",
    "card": "https://docs.aws.amazon.com/ai/responsible-ai/nova-micro-lite-pro/overview.html",
}
_ANTHROPIC: Final = {
    "provider": "Anthropic",
    "licence": "https://aws.amazon.com/legal/bedrock/third-party-models/",
    "card": "https://www.anthropic.com/transparency",
}
_APPROVAL: Final = {
    "approved_by": "genai-defense maintainers",
    "approved_on": "2026-11-24",
    "review_by": "2027-05-24",
}

# A proposal of the kit: a team that answers for its own choice adds its record under `model.provenance`,
# which wins over the one here.
APPROVED_MODELS: Final = (
    ModelRecord(
        model_id="amazon.nova-pro-v1:0",
        version="Nova Pro 1.0",
        because="Text chat of the reference chatbot: Converse with guardrails and tools, profiles in three "
        "geographies.",
        **_AMAZON,
        **_APPROVAL,
    ),
    ModelRecord(
        model_id="amazon.nova-lite-v1:0",
        version="Nova Lite 1.0",
        because="Fallback and low-cost text chat: the same interface and guardrails as Nova Pro.",
        **_AMAZON,
        **_APPROVAL,
    ),
    ModelRecord(
        model_id="amazon.nova-micro-v1:0",
        version="Nova Micro 1.0",
        because="Text-only chat where latency and cost count most: no images can carry an injection.",
        **_AMAZON,
        **_APPROVAL,
    ),
    ModelRecord(
        model_id="anthropic.claude-sonnet-4-5-20250929-v1:0",
        version="Claude Sonnet 4.5",
        because="Text chat and tool use; called through an inference profile of a named geography.",
        **_ANTHROPIC,
        **_APPROVAL,
    ),
    ModelRecord(
        model_id="anthropic.claude-haiku-4-5-20251001-v1:0",
        version="Claude Haiku 4.5",
        because="Fallback and low-cost text chat; called through an inference profile of a named geography.",
        **_ANTHROPIC,
        **_APPROVAL,
    ),
)


def record_of(model_id: str, own: Iterable[ModelRecord] = ()) -> ModelRecord:
    """The record of a model, from one's own list or from the kit's.

    Args:
        model_id: Foundation model.
        own: Records of the team; they come first.

    Raises:
        ValueError: Nobody approved it.
    """
    known = {record.model_id: record for record in (*APPROVED_MODELS, *own)}
    if model_id not in known:
        raise ValueError(
            f"{model_id} is in no list of approved models. Known: {', '.join(sorted(known))}. Approve it by "
            "a record with its licence and model card under model.provenance, or choose one of these."
        )
    return known[model_id]
