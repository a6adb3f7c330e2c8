"""No tool of an agent does whatever the model writes."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown

RULE = "OwaspLlm-AgentRunsNoCode"


def _agent(*groups: object) -> dict[str, Any]:
    return {"AgentName": "help", "ActionGroups": list(groups)}


@pytest.mark.parametrize("kind", ["AMAZON.CodeInterpreter", "ANTHROPIC.Bash", "ANTHROPIC.Computer"])
def test_a_tool_that_does_anything_is_found(ask: Callable[..., Answer], kind: str) -> None:
    group = {"ActionGroupName": "do", "ParentActionGroupSignature": kind}
    answer = ask(RULE, _agent({"ActionGroupName": "orders"}, group))
    assert isinstance(answer, NonCompliant)
    assert answer.property == "ActionGroups.1.ParentActionGroupSignature"
    assert isinstance(ask(RULE, _agent(group | {"ActionGroupState": "DISABLED"})), Compliant)


@pytest.mark.parametrize(
    "properties",
    [{}, _agent({"ActionGroupName": "ask", "ParentActionGroupSignature": "AMAZON.UserInput"})],
)
def test_tools_with_schemas_are_sound(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), Compliant)


@pytest.mark.parametrize(
    "properties",
    [
        {"ActionGroups": {"Ref": "Given"}},
        _agent({"Ref": "Given"}),
        _agent({"ParentActionGroupSignature": {"Ref": "Given"}}),
    ],
)
def test_a_token_is_unknown(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), Unknown)
