"""Tools with limited agency: what no function may do, over all stacks; and no tools at all by setting."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from function_environment import FunctionEnvironment
from genai_defense.data.approval_table import VISIBLE_ATTRIBUTES
from genai_defense.data.order_table import LOOKUP_ATTRIBUTES
from order_lookup.lookup import ATTRIBUTES
from tests.conftest import SynthesizeProfile
from tool_calls.approval import VISIBLE

Resources = Callable[[str], list[dict[str, Any]]]
_MARKS = ("AWS::VerifiedPermissions", "AWS::StepFunctions")


def _allowing(assembly: Path, action: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Logical id of the managed policy and statement, for each that allows the action."""
    for path in sorted(assembly.glob("*.template.json")):
        for name, resource in json.loads(path.read_text())["Resources"].items():
            if resource["Type"] != "AWS::IAM::ManagedPolicy":
                continue
            for statement in resource["Properties"]["PolicyDocument"]["Statement"]:
                actions = statement.get("Action", [])
                if action in ([actions] if isinstance(actions, str) else actions):
                    yield name, statement


def _holders(assembly: Path, action: str, target: str) -> set[str]:
    return {
        name for name, entry in _allowing(assembly, action) if target in json.dumps(entry.get("Resource"))
    }


def _named(holders: set[str], *prefixes: str) -> bool:
    return len(holders) == len(prefixes) and all(
        any(holder.startswith(prefix) for holder in holders) for prefix in prefixes
    )


def test_only_the_execution_of_an_approved_action_may_invoke_the_refund(assembly: Path) -> None:
    assert _named(_holders(assembly, "lambda:InvokeFunction", "OrderToolsRefund"), "ApprovalFunctionsAction")


def test_only_the_chat_function_may_invoke_the_broker(assembly: Path) -> None:
    assert _named(_holders(assembly, "lambda:InvokeFunction", "BrokerPrivateFunction"), "ChatPrivate")


def test_only_the_state_machine_may_invoke_what_acts(assembly: Path) -> None:
    for target in ("ApprovalFunctionsAction", "ApprovalFunctionsRequest"):
        assert _named(_holders(assembly, "lambda:InvokeFunction", target), "ApprovalPolicy")


def test_only_the_desk_may_end_a_wait_and_only_the_broker_start_one(assembly: Path) -> None:
    assert _named(_holders(assembly, "states:SendTaskSuccess", "StateMachine"), "ApprovalFunctionsDesk")
    assert _named(_holders(assembly, "states:StartExecution", "ApprovalStateMachine"), "BrokerPrivate")


def test_only_the_refund_may_change_an_order(assembly: Path) -> None:
    assert _named(_holders(assembly, "dynamodb:UpdateItem", "Orders"), "OrderToolsRefund")


def test_nobody_may_read_a_task_token(assembly: Path) -> None:
    """It comes out of the one write that takes a decision down, and of nothing else."""
    reading = [
        entry for _, entry in _allowing(assembly, "dynamodb:Query") if "Approvals" in json.dumps(entry)
    ]
    assert len(reading) == 2
    for entry in reading:
        condition = entry["Condition"]
        assert condition["StringEquals"] == {"dynamodb:Select": "SPECIFIC_ATTRIBUTES"}
        assert "task_token" not in condition["ForAllValues:StringEquals"]["dynamodb:Attributes"]
    assert not _holders(assembly, "dynamodb:GetItem", "Approvals")


def test_what_functions_ask_for_is_what_their_roles_may_see() -> None:
    assert VISIBLE_ATTRIBUTES == VISIBLE
    assert LOOKUP_ATTRIBUTES == ATTRIBUTES


def test_every_function_of_the_tools_is_told_what_it_reads(resources: Resources) -> None:
    needed = {
        "tools": {
            "POLICY_STORE_ID",
            "ORDER_TABLE_NAME",
            "ORDER_LOOKUP_FUNCTION_NAME",
            "APPROVAL_STATE_MACHINE_ARN",
        },
        "order_lookup": {"ORDER_TABLE_NAME"},
        "refund": {"ORDER_TABLE_NAME"},
        "approval_request": {"APPROVAL_TABLE_NAME", "APPROVAL_MINUTES"},
        "approvals": {"APPROVAL_TABLE_NAME", "POLICY_STORE_ID"},
        "approved_action": {
            "APPROVAL_TABLE_NAME",
            "ORDER_TABLE_NAME",
            "POLICY_STORE_ID",
            "REFUND_FUNCTION_NAME",
        },
    }
    found: dict[str, dict[str, Any]] = {}
    for function in resources("AWS::Lambda::Function"):
        variables: dict[str, Any] = function["Properties"].get("Environment", {}).get("Variables", {})
        found[variables.get("POWERTOOLS_SERVICE_NAME", "")] = variables
    for service, names in needed.items():
        assert names <= found[service].keys(), service
        folder = Path(__file__).resolve().parents[2] / "lambda" / service
        sources = "".join(path.read_text() for path in folder.glob("*.py"))
        assert all(f'"{name}"' in sources for name in names), service
    minutes = FunctionEnvironment(found["approval_request"], function="x").count("APPROVAL_MINUTES", least=5)
    assert minutes == 60


def test_the_chat_function_is_told_its_broker(resources: Resources) -> None:
    told = [
        function["Properties"]["Environment"]["Variables"].get("TOOLS_FUNCTION_NAME")
        for function in resources("AWS::Lambda::Function")
        if "MODEL_ID" in function["Properties"].get("Environment", {}).get("Variables", {})
    ]
    assert told
    assert all(told)


def test_without_tools_nothing_of_them_is_there(
    synthesize_profile: SynthesizeProfile, tmp_path: Path
) -> None:
    synthesize_profile(tmp_path, "dev", {"tools": {"enabled": False}})
    templates = [json.loads(path.read_text()) for path in tmp_path.glob("*.template.json")]
    assert not (tmp_path / "GenAiDefense-Tools.template.json").exists()
    resources = [resource for template in templates for resource in template["Resources"].values()]
    left = [entry["Type"] for entry in resources if entry["Type"].startswith(_MARKS)]
    assert left == ["AWS::StepFunctions::StateMachine"], "that of the response"
    functions = [entry["Properties"] for entry in resources if entry["Type"] == "AWS::Lambda::Function"]
    variables = [entry.get("Environment", {}).get("Variables", {}) for entry in functions]
    assert not [entry for entry in variables if entry.get("TOOLS_FUNCTION_NAME")]
    assert "/api/approvals" not in json.dumps(templates)
