"""Whether the chatbot has tools, and on which terms."""

from typing import Annotated

from pydantic import Field, StringConstraints

from genai_defense.settings.section import Section


class ToolSettings(Section):
    """Whether the chatbot has tools, and on which terms.

    Attributes:
        enabled: False leaves every resource of the tools out, and the chat function without a broker.
        refund_limit_cents: Largest refund that may be asked for or approved, 1 to 1,000,000 cents.
        approval_minutes: How long a human may take to decide, 5 to 10,080 minutes. Then it is a no.
        approval_email: Address that hears of each action that waits; unset tells nobody, and approvers see
            what waits on the page.
    """

    enabled: bool = True
    refund_limit_cents: Annotated[int, Field(ge=1, le=1_000_000)] = 10_000
    approval_minutes: Annotated[int, Field(ge=5, le=10_080)] = 60
    approval_email: Annotated[str, StringConstraints(pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$")] | None = None
