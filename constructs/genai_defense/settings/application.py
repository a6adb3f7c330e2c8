"""What users may spend and what tools may do."""

from typing import Annotated, Self

from pydantic import Field, model_validator

from genai_defense.settings.section import Section

Executions = Annotated[int, Field(ge=1, le=1000)]


class ConcurrencySettings(Section):
    """Concurrent executions reserved per function, so that no flood on one starves another.

    An account keeps at least 100 unreserved, so its limit must be 100 more than all of these together.

    Attributes:
        guardrail: Of the guardrail function, 1 to 1,000: as many requests are answered at once.
        chat: Of the chat function, 1 to 1,000, at least as many as of the guardrail function, which waits for
            it.
        conversations: Of the conversations function, 1 to 1,000.
        tools: Of each of the six functions of the tools, 1 to 1,000.
        others: Of each other function, 1 to 1,000.
    """

    guardrail: Executions = 20
    chat: Executions = 20
    conversations: Executions = 10
    tools: Executions = 5
    others: Executions = 10

    @model_validator(mode="after")
    def _chat_keeps_up(self) -> Self:
        if self.chat < self.guardrail:
            raise ValueError(
                f"concurrency.chat: {self.chat} is less than concurrency.guardrail {self.guardrail}, so that "
                "requests would be counted and then not answered"
            )
        return self


class QuotaSettings(Section):
    """What one user may spend in a day (UTC).

    Attributes:
        requests_per_day: 1 to 100,000 requests.
        tokens_per_day: 1,000 to 100,000,000 tokens, input and output together.
    """

    requests_per_day: Annotated[int, Field(ge=1, le=100_000)]
    tokens_per_day: Annotated[int, Field(ge=1_000, le=100_000_000)]
