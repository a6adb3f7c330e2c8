"""The chat function's settings, read from its environment."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


class SettingsError(ValueError):
    """A variable is missing or not allowed; the function then answers nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What the chat function needs to know.

    Args:
        model_id: Model id, inference-profile id or ARN.
        guardrail_id: Bedrock guardrail id or ARN.
        guardrail_version: A number; DRAFT is refused, since it changes without a deployment.
        conversation_table_name: DynamoDB table of the conversations.
        conversation_role_arn: Role whose rows are bound to the session tag ``user_id``.
        conversation_days: How long a stored turn lives, in days, at least 1.
        max_output_tokens: Most tokens of one answer, at least 1.
        history_turns: How many earlier turns the model sees, 0 or more.
    """

    model_id: str
    guardrail_id: str
    guardrail_version: str
    conversation_table_name: str
    conversation_role_arn: str
    conversation_days: int
    max_output_tokens: int
    history_turns: int

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> Settings:
        """Read the variables named in capitals after the arguments.

        Raises:
            SettingsError: A variable is missing or empty, a count is none, the version is not a number.
        """
        return cls(
            model_id=_text(environment, "MODEL_ID"),
            guardrail_id=_text(environment, "GUARDRAIL_ID"),
            guardrail_version=str(_count(environment, "GUARDRAIL_VERSION", 1)),
            conversation_table_name=_text(environment, "CONVERSATION_TABLE_NAME"),
            conversation_role_arn=_text(environment, "CONVERSATION_ROLE_ARN"),
            conversation_days=_count(environment, "CONVERSATION_DAYS", 1),
            max_output_tokens=_count(environment, "MAX_OUTPUT_TOKENS", 1),
            history_turns=_count(environment, "HISTORY_TURNS", 0),
        )


def _text(environment: Mapping[str, str], name: str) -> str:
    value = environment.get(name, "").strip()
    if not value:
        raise SettingsError(
            f"{name} is not set. Allowed: a value that is not empty. Set it on the chat function."
        )
    return value


def _count(environment: Mapping[str, str], name: str, least: int) -> int:
    value = _text(environment, name)
    if not (value.isascii() and value.isdigit() and int(value) >= least):
        raise SettingsError(
            f"{name} is {value!r}. Allowed: a whole number of at least {least}. Set it on the chat function."
        )
    return int(value)
