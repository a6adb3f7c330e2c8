"""Asks a rule about what an account has at all."""

from typing import Any

from genai_defense.checks.judge import judge
from genai_defense.checks.pack import OWASP_LLM_BASELINE
from genai_defense.checks.read.deployment import Deployment
from genai_defense.checks.template_graph import Template


def status(
    rule: str, *kinds: str, properties: dict[str, Any] | None = None, condition: dict[str, Any] | None = None
) -> str:
    """The one answer of a rule about two templates, whose second has resources of these types."""
    resources = {
        f"R{index}": {"Type": kind, "Properties": properties or {}}
        | ({"Condition": "There"} if condition else {})
        for index, kind in enumerate(kinds)
    }
    account = {"Conditions": {"There": condition} if condition else {}, "Resources": resources}
    other = {"Resources": {"News": {"Type": "AWS::SNS::Topic"}}}
    templates = (Template("other", other), Template("account", account))
    counts = judge(Deployment(path="t", templates=templates), [OWASP_LLM_BASELINE]).counts[rule]
    (answer,) = (name for name, count in counts.items() if count)
    assert counts[answer] == 1
    return answer
