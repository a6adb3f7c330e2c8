"""The operators of these tests, in the place of the kit's."""

import pytest

from genai_defense.mutation import subject
from tests.mutation.weakenings import drop_property, weaken_filter


@pytest.fixture
def two_operators(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let `mutate` know two operators only."""
    monkeypatch.setattr(subject, "load_operators", lambda: (drop_property(), weaken_filter()))
