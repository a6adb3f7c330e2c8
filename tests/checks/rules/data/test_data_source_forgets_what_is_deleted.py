"""Vectors go with their source."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown

RULE = "OwaspLlm-DataSourceForgetsWhatIsDeleted"


@pytest.mark.parametrize("properties", [{}, {"DataDeletionPolicy": "DELETE"}])
def test_deleting_is_compliant(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), Compliant)


def test_retaining_is_not(ask: Callable[..., Answer]) -> None:
    assert isinstance(ask(RULE, {"DataDeletionPolicy": "RETAIN"}), NonCompliant)


def test_a_token_is_unknown(ask: Callable[..., Answer]) -> None:
    assert isinstance(ask(RULE, {"DataDeletionPolicy": {"Ref": "Given"}}), Unknown)
