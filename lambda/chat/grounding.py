"""Whether an answer stands on its passages: asked of the managed guardrail, after the answer.

Converse could ask as well, but would compare with passages as the model sees them, whose words are marked. An
answer that is not grounded is shown all the same and goes before reviewers; nothing waits long for this.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from botocore.exceptions import BotoCoreError, ClientError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mypy_boto3_bedrock_runtime import BedrockRuntimeClient

    from chat.settings import Settings

# Most characters that the check takes, from "Contextual grounding check" in the Bedrock user guide (read
# 2026-11-24).
_SOURCE_CHARS: Final = 100_000
_QUERY_CHARS: Final = 1_000
_ANSWER_CHARS: Final = 5_000
_GROUNDING: Final = "GROUNDING"


@dataclass(frozen=True, slots=True)
class Grounding:
    """Asks.

    Args:
        client: Bedrock runtime, with short timeouts and without retries.
        settings: Names the guardrail.
    """

    client: BedrockRuntimeClient
    settings: Settings

    def failed(self, question: str, answer: str, passages: Sequence[str]) -> bool:
        """Whether the guardrail finds that the answer says what no passage does. Never raises.

        Args:
            question: What was asked.
            answer: What was answered.
            passages: What the answer should stand on, unmarked; without any there is nothing to ask.

        Returns:
            False as well when the guardrail does not answer, or has no such check.
        """
        if not passages or not answer.strip():
            return False
        try:
            verdict: Any = self.client.apply_guardrail(
                guardrailIdentifier=self.settings.guardrail_id,
                guardrailVersion=self.settings.guardrail_version,
                source="OUTPUT",
                content=[
                    _text("\n\n".join(passages)[:_SOURCE_CHARS], "grounding_source"),
                    _text(question[:_QUERY_CHARS], "query"),
                    _text(answer[:_ANSWER_CHARS], "guard_content"),
                ],
            )
            checks = [
                check
                for assessment in verdict["assessments"]
                for check in assessment.get("contextualGroundingPolicy", {}).get("filters", ())
            ]
            return any(check["type"] == _GROUNDING and check["action"] == "BLOCKED" for check in checks)
        except (BotoCoreError, ClientError, OSError, KeyError, TypeError, AttributeError):
            return False


def _text(text: str, qualifier: str) -> Any:
    return {"text": {"text": text, "qualifiers": [qualifier]}}
