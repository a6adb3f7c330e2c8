"""The chat function's settings, read from its environment."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from function_environment import FunctionEnvironment, SettingsError

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What the chat function needs to know.

    Args:
        model_id: Model id, inference-profile id or ARN.
        fallback_model_id: The same, asked when the first one is busy; None without one.
        tools_function_name: Name or ARN of the tools' broker; None offers no tools.
        knowledge_base_id: Where documents are looked for; None looks for none.
        document_table_name: DynamoDB table that says which of them are published; None exactly without a
            knowledge base.
        guardrail_id: Bedrock guardrail id or ARN.
        guardrail_version: A number; DRAFT is refused, since it changes without a deployment.
        conversation_table_name: DynamoDB table of the conversations.
        conversation_role_arn: Role whose rows are bound to the session tag ``user_id``.
        conversation_days: How long a stored turn lives, in days, at least 1.
        max_output_tokens: Most tokens of one answer, at least 1.
        history_turns: How many earlier turns the model sees, 0 or more.
        allowed_link_hosts: Hosts that links of a kept answer may lead to; may be empty.
    """

    model_id: str
    fallback_model_id: str | None
    tools_function_name: str | None
    knowledge_base_id: str | None
    document_table_name: str | None
    guardrail_id: str
    guardrail_version: str
    conversation_table_name: str
    conversation_role_arn: str
    conversation_days: int
    max_output_tokens: int
    history_turns: int
    allowed_link_hosts: frozenset[str]

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> Settings:
        """Read the variables named in capitals after the arguments.

        Raises:
            SettingsError: A variable is missing or empty, a count is none, the version is not a number, a
                knowledge base comes without its table or the table without a knowledge base.
        """
        read = FunctionEnvironment(environment, function="chat")
        knowledge_base_id = read.optional("KNOWLEDGE_BASE_ID")
        document_table_name = read.optional("DOCUMENT_TABLE_NAME")
        if (knowledge_base_id is None) != (document_table_name is None):
            raise SettingsError(
                "One of KNOWLEDGE_BASE_ID and DOCUMENT_TABLE_NAME is empty. Allowed: both or none. "
                "Set them on the chat function."
            )
        return cls(
            model_id=read.text("MODEL_ID"),
            fallback_model_id=read.optional("FALLBACK_MODEL_ID"),
            tools_function_name=read.optional("TOOLS_FUNCTION_NAME"),
            knowledge_base_id=knowledge_base_id,
            document_table_name=document_table_name,
            guardrail_id=read.text("GUARDRAIL_ID"),
            guardrail_version=str(read.count("GUARDRAIL_VERSION", least=1)),
            conversation_table_name=read.text("CONVERSATION_TABLE_NAME"),
            conversation_role_arn=read.text("CONVERSATION_ROLE_ARN"),
            conversation_days=read.count("CONVERSATION_DAYS", least=1),
            max_output_tokens=read.count("MAX_OUTPUT_TOKENS", least=1),
            history_turns=read.count("HISTORY_TURNS", least=0),
            allowed_link_hosts=read.hosts("ALLOWED_LINK_HOSTS"),
        )
