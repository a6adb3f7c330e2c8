"""What users may spend and what tools may do."""

from typing import Annotated

from pydantic import Field

from genai_defense.settings.section import Section


class QuotaSettings(Section):
    """What one user may spend in a day (UTC).

    Attributes:
        requests_per_day: 1 to 100,000 requests.
        tokens_per_day: 1,000 to 100,000,000 tokens, input and output together.
    """

    requests_per_day: Annotated[int, Field(ge=1, le=100_000)]
    tokens_per_day: Annotated[int, Field(ge=1_000, le=100_000_000)]
