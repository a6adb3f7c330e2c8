"""An API that words some errors, and leaves the rest to API Gateway, is found."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown

RULE = "OwaspLlm-ApiAnswersErrorsItself"
ALL = ("UNAUTHORIZED", "DEFAULT_4XX", "DEFAULT_5XX")


def responses(*kinds: object) -> dict[str, Any]:
    return {
        f"R{i}": {
            "Type": "AWS::ApiGateway::GatewayResponse",
            "Properties": {"RestApiId": {"Ref": "Subject"}, "ResponseType": kind},
        }
        for i, kind in enumerate(kinds)
    }


def test_both_defaults_are_compliant(ask: Callable[..., Answer]) -> None:
    assert isinstance(ask(RULE, {}, others=responses(*ALL)), Compliant)


@pytest.mark.parametrize("missing", ["DEFAULT_4XX", "DEFAULT_5XX"])
def test_a_default_that_is_missing_is_found(ask: Callable[..., Answer], missing: str) -> None:
    answer = ask(RULE, {}, others=responses(*(kind for kind in ALL if kind != missing)))
    assert isinstance(answer, NonCompliant)
    assert missing in answer.message


def test_an_api_without_answers_of_its_own_is_not_asked(ask: Callable[..., Answer]) -> None:
    assert isinstance(ask(RULE, {}), NotApplicable)


def test_a_token_is_unknown(ask: Callable[..., Answer]) -> None:
    assert isinstance(ask(RULE, {}, others=responses({"Ref": "Given"})), Unknown)
