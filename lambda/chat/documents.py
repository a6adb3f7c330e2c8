"""Text of strangers on its way to the model: judged by our engine and by the managed guardrail, or withheld.

Converse judges what is tagged and what the model answers. It looks neither at passages beside the question
nor at results of tools, so they are judged here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, cast

from botocore.exceptions import BotoCoreError, ClientError

from guardrail_engine import Direction

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mypy_boto3_bedrock_runtime import BedrockRuntimeClient

    from chat.settings import Settings
    from guardrail_engine import Engine

MAX_CHARS: Final = 8000
"""Most characters of one text; what is longer is cut, since a flood is an attack of its own."""
MODEL_GUARDRAIL: Final = "MODEL_GUARDRAIL"
GUARDRAIL_UNAVAILABLE: Final = "GUARDRAIL_UNAVAILABLE"


@dataclass(frozen=True, slots=True)
class Judged:
    """One text after both judges.

    Args:
        text: What the model may see; empty when it may see nothing.
        reason: Why it was withheld; None when it was not.
    """

    text: str
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Documents:
    """Judges passages and results of tools.

    Args:
        client: Bedrock runtime.
        settings: Names the guardrail.
        engine: Ours, which stands without Bedrock.
    """

    client: BedrockRuntimeClient
    settings: Settings
    engine: Engine

    def judge(self, text: str, canary: str) -> Judged:
        """Judge one text. Never raises: a judge that does not answer has not admitted it.

        Args:
            text: As it came.
            canary: Marker of the request; a text that holds it came from a leak.
        """
        screened = self.engine.screen(text[:MAX_CHARS], direction=Direction.DOCUMENT, canary=canary)
        if screened.blocked:
            return Judged("", screened.reason)
        if screened.blank:
            return Judged("")
        try:
            return self._managed(screened.text)
        except (BotoCoreError, ClientError, OSError, KeyError, TypeError, AttributeError):
            return Judged("", GUARDRAIL_UNAVAILABLE)

    def _managed(self, text: str) -> Judged:
        # As an input: attacks on the model are looked for there only.
        answer: Any = self.client.apply_guardrail(
            guardrailIdentifier=self.settings.guardrail_id,
            guardrailVersion=self.settings.guardrail_version,
            source="INPUT",
            content=[{"text": {"text": text, "qualifiers": ["guard_content"]}}],
        )
        if answer["action"] == "NONE":
            return Judged(text)
        actions = set(_actions(answer["assessments"]))
        # It also "intervenes" when it only masks.
        masked = "ANONYMIZED" in actions and "BLOCKED" not in actions
        if answer["action"] == "GUARDRAIL_INTERVENED" and masked:
            return Judged("".join(output["text"] for output in answer["outputs"]))
        return Judged("", MODEL_GUARDRAIL)


def _actions(value: object) -> Iterator[str]:
    """Every ``action`` below the assessments; their shape differs by policy."""
    if isinstance(value, dict):
        for key, inner in cast("dict[str, object]", value).items():
            if key == "action" and isinstance(inner, str):
                yield inner
            else:
                yield from _actions(inner)
    elif isinstance(value, list):
        for inner in cast("list[object]", value):
            yield from _actions(inner)
