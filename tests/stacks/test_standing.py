"""Every function that serves a user's token can see whether the user is blocked, by the row's key alone."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

Resources = Callable[[str], list[dict[str, Any]]]
_TABLE = "STANDING_TABLE_NAME"


def _handlers_behind_a_scope(assembly: Path) -> set[str]:
    """What the API invokes for a method that asks for a token: the function's reference, as text."""
    found: set[str] = set()
    for path in assembly.glob("*.template.json"):
        for resource in json.loads(path.read_text())["Resources"].values():
            properties = resource.get("Properties", {})
            if resource["Type"] == "AWS::ApiGateway::Method" and properties.get("AuthorizationScopes"):
                found.add(json.dumps(properties["Integration"]["Uri"]))
    return found


def test_every_function_behind_a_scope_knows_the_table_of_standings(
    assembly: Path, resources: Resources
) -> None:
    serving = {
        entry["Properties"]["Handler"].split(".")[0]
        for entry in resources("AWS::Lambda::Function")
        if _TABLE in entry["Properties"].get("Environment", {}).get("Variables", {})
    }
    by_name = {"Guardrail": "guardrail", "Conversations": "conversations", "Desk": "approvals"}
    handlers = _handlers_behind_a_scope(assembly)
    assert len(handlers) >= 2
    for handler in handlers:
        (function,) = [name for part, name in by_name.items() if part in handler]
        assert function in serving, handler


def test_rows_of_standings_are_read_one_by_one_and_by_their_key(assembly: Path) -> None:
    """Of those who serve users; the responder and what restores are not behind the API."""
    read: dict[str, list[str]] = {}
    for path in assembly.glob("*.template.json"):
        for name, resource in json.loads(path.read_text())["Resources"].items():
            if resource["Type"] != "AWS::IAM::ManagedPolicy":
                continue
            for entry in resource["Properties"]["PolicyDocument"]["Statement"]:
                if entry.get("Sid") == "ReadStanding":
                    assert entry["Action"] == "dynamodb:GetItem"
                    read[name] = entry["Condition"]["ForAllValues:StringLike"]["dynamodb:LeadingKeys"]
    own = [keys for name, keys in read.items() if name.startswith("Conversations")]
    assert own == [["user#${aws:PrincipalTag/user_id}"]]
    assert all(keys == ["user#*"] for name, keys in read.items() if not name.startswith("Conversations"))
