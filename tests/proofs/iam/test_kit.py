"""What holds of the kit's production templates, and that no layer can go unnoticed."""

import copy
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from genai_defense.checks.read.deployment import Deployment, read_deployments
from genai_defense.checks.template_graph import Template
from genai_defense.proofs.iam import prove
from genai_defense.proofs.proof import Proof, Verdict
from tests.proofs.iam.prover import NAMES_GUARDRAIL

pytestmark = pytest.mark.slow

ENDPOINT = "iam-every-invocation-passes-an-endpoint"
MODEL = "iam-every-invocation-is-of-an-approved-model"
ROWS = "iam-a-caller-reaches-only-his-rows"
INVOKE = {"bedrock:InvokeModel", "bedrock:InvokeModelWithResponseStream"}
GUARDRAIL_KEY = "bedrock:GuardrailIdentifier"
Statements = Iterator[tuple[str, dict[str, Any], list[dict[str, Any]]]]


@pytest.fixture(scope="module")
def deployment(assembly_of: Callable[[str], Path]) -> Deployment:
    (found,) = read_deployments(assembly_of("prod"))
    return found


@pytest.fixture(scope="module")
def proofs(deployment: Deployment) -> dict[str, Proof]:
    return {proof.id: proof for proof in prove(deployment)}


def _documents(templates: tuple[Template, ...]) -> Statements:
    """Type, resource and statements of every policy that decides on calls of roles."""
    for template in templates:
        for resource in template.section("Resources").values():
            document = resource.get("Properties", {}).get("PolicyDocument")
            if resource["Type"] in {"AWS::IAM::ManagedPolicy", "AWS::EC2::VPCEndpoint"} and document:
                yield resource["Type"], resource, document["Statement"]


def _is_boundary(resource: dict[str, Any]) -> bool:
    return "boundary" in str(resource["Properties"].get("Description")).lower()


def _invokes(statement: dict[str, Any]) -> bool:
    action = statement.get("Action", [])
    return bool(INVOKE & {action, *action} if isinstance(action, str) else INVOKE & set(action))


def _changed(deployment: Deployment, change: Callable[[Statements], None]) -> dict[str, Proof]:
    templates = tuple(
        Template(each.name, copy.deepcopy(dict(each.body)), each.nested_in) for each in deployment.templates
    )
    change(_documents(templates))
    return {proof.id: proof for proof in prove(Deployment(path="changed", templates=templates))}


def _open(*, own: bool = False, deny: bool = False, bound: bool = False, endpoint: bool = False) -> Any:
    """Take the guardrail out of what the kit's policies say, layer by layer."""

    def change(documents: Statements) -> None:
        for kind, resource, statements in documents:
            here = endpoint if kind.endswith("Endpoint") else bound if _is_boundary(resource) else own
            for statement in [each for each in statements if _invokes(each)]:
                if statement["Effect"] == "Deny":
                    if deny:
                        statements.remove(statement)
                elif here:
                    statement.pop("Condition", None)

    return change


def test_every_claim_holds_of_the_kit_within_seconds(deployment: Deployment) -> None:
    begun = time.process_time()
    found = list(prove(deployment))
    assert time.process_time() - begun < 10
    assert {proof.id: proof.counterexamples for proof in found if proof.fails} == {}
    assert all(proof.witness for proof in found)
    assert len(found) >= 19


def test_the_guardrail_stays_when_any_single_layer_is_taken_away(proofs: dict[str, Proof]) -> None:
    without = proofs[NAMES_GUARDRAIL].without
    assert set(without) >= {"identity Allow", "identity Deny", "permissions boundary", "endpoint policy"}
    assert set(without.values()) == {Verdict.HOLDS}
    assert set(proofs[MODEL].without.values()) == {Verdict.HOLDS}


def test_what_is_in_order_only_for_a_reason_is_told(proofs: dict[str, Proof]) -> None:
    assert (
        "GenAiDefense-Model/InvocationLog/Function/Role"
        in proofs["iam-nobody-weakens-the-invocation-log"].witness
    )
    firewall = proofs["iam-nobody-weakens-the-firewall"].witness
    assert "GenAiDefense-Respond/Functions/Responder/Role may call wafv2:UpdateIPSet" in firewall
    assert "bedrock.amazonaws.com" in proofs["iam-roles-are-passed-one-by-one"].witness


def test_the_guardrail_is_lost_when_every_layer_forgets_it(deployment: Deployment) -> None:
    found = _changed(deployment, _open(own=True, deny=True, bound=True, endpoint=True))[NAMES_GUARDRAIL]
    assert found.verdict is Verdict.FAILS
    told = found.counterexamples[0]
    assert told.startswith("role GenAiDefense-Model/Caller may call bedrock:InvokeModel")
    assert "without bedrock:guardrailidentifier" in told
    assert "identity Allow at AccessPolicy" in told


@pytest.mark.parametrize(
    ("kept", "needed"),
    [
        ("own", {"identity Allow"}),
        # Other roles have no such Deny: given everything, they would be free.
        ("deny", {"identity Allow", "identity Deny"}),
        ("bound", {"permissions boundary"}),
    ],
)
def test_the_last_layer_that_demands_the_guardrail_is_told(
    deployment: Deployment, kept: str, needed: set[str]
) -> None:
    others = {name: name != kept for name in ("own", "deny", "bound", "endpoint")}
    found = _changed(deployment, _open(**others))[NAMES_GUARDRAIL]
    assert found.verdict is Verdict.HOLDS
    assert {name for name, verdict in found.without.items() if verdict is Verdict.FAILS} == needed


def test_the_endpoint_policy_alone_guards_whoever_must_come_through_it(deployment: Deployment) -> None:
    """The Allow still demands the endpoint, so what the endpoint's policy demands is demanded."""

    def change(documents: Statements) -> None:
        for kind, _, statements in documents:
            for statement in [each for each in statements if _invokes(each)]:
                condition = statement.get("Condition", {})
                if statement["Effect"] == "Allow" and not kind.endswith("Endpoint"):
                    condition.get("StringEquals", {}).pop(GUARDRAIL_KEY, None)
                elif GUARDRAIL_KEY in condition.get("StringNotEquals", {}):
                    statements.remove(statement)

    found = _changed(deployment, change)[NAMES_GUARDRAIL]
    assert found.verdict is Verdict.HOLDS
    assert {name for name, verdict in found.without.items() if verdict is Verdict.FAILS} == {
        "endpoint policy",
        "identity Allow",
    }


def test_a_caller_without_leading_keys_reaches_everybodys_rows(deployment: Deployment) -> None:
    def change(documents: Statements) -> None:
        for _, _, statements in documents:
            for statement in statements:
                if "LeadingKeys" in str(statement.get("Condition")):
                    del statement["Condition"]

    found = _changed(deployment, change)[ROWS]
    assert found.verdict is Verdict.FAILS
    assert any("Chat/RowsRole may call" in told for told in found.counterexamples)


def test_a_function_that_may_leave_the_endpoint_is_found(deployment: Deployment) -> None:
    def change(documents: Statements) -> None:
        for _, _, statements in documents:
            for statement in [each for each in statements if _invokes(each)]:
                condition = statement.get("Condition", {})
                condition.get("StringEquals", {}).pop("aws:SourceVpce", None)
                if "aws:SourceVpce" in condition.get("StringNotEquals", {}):
                    statements.remove(statement)

    found = _changed(deployment, change)
    assert found[ENDPOINT].verdict is Verdict.FAILS
    assert "without aws:sourcevpce" in found[ENDPOINT].counterexamples[0]
    assert found[NAMES_GUARDRAIL].verdict is Verdict.HOLDS
