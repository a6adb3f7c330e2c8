"""A stand-in for Verified Permissions: real Cedar decides over the deployed policies and schema.

The emulator has no such service. This one keeps the policy stores that CloudFormation deploys, refuses what
STRICT validation refuses, and answers `IsAuthorized`. Who may ask is IAM's business, in front of it.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import cedarpy

TARGET = "VerifiedPermissions"
Answer = tuple[int, dict[str, str], bytes]
# cedarpy types its dictionaries only half.
_cedar: Any = cedarpy
_HEADERS = {"Content-Type": "application/x-amz-json-1.0"}


class PolicyError(ValueError):
    """Verified Permissions would not take this schema, policy or question."""


def faults_of(statements: str, schema: str) -> list[str]:
    """What STRICT validation says against policies; nothing when they fit the schema."""
    result = _cedar.validate_policies(statements, schema)
    return [] if result.validation_passed else [str(error) for error in result.errors] or ["not valid"]


@dataclass(kw_only=True)
class Store:
    """A policy store in STRICT mode.

    Attributes:
        schema: Cedar schema as JSON.
        policies: Policy id to statement.
    """

    schema: str
    policies: dict[str, str] = field(default_factory=dict[str, str])

    def put(self, policy_id: str, statement: str) -> None:
        """Keep a policy.

        Raises:
            PolicyError: It does not fit the schema.
        """
        if faults := faults_of(statement, self.schema):
            raise PolicyError("; ".join(faults))
        self.policies[policy_id] = statement

    def decide(self, question: Mapping[str, Any]) -> dict[str, Any]:
        """The answer of `IsAuthorized`.

        Raises:
            PolicyError: The question does not fit the schema.
        """
        identified = "\n".join(f'@id("{name}")\n{text}' for name, text in self.policies.items())
        entities = [_entity(item) for item in question.get("entities", {}).get("entityList", [])]
        action = question["action"]
        result = _cedar.is_authorized(
            {
                "principal": _uid(question["principal"]),
                "action": {"type": action["actionType"], "id": action["actionId"]},
                "resource": _uid(question["resource"]),
                "context": {
                    name: _plain(value)
                    for name, value in question.get("context", {}).get("contextMap", {}).items()
                },
            },
            identified,
            entities,
            self.schema,
        )
        if result.decision is cedarpy.Decision.NoDecision:
            raise PolicyError("; ".join(map(str, result.diagnostics.errors)) or "no decision")
        return {
            "decision": "ALLOW" if result.allowed else "DENY",
            "determiningPolicies": [{"policyId": reason} for reason in result.diagnostics.reasons],
            "errors": [{"errorDescription": str(error)} for error in result.diagnostics.errors],
        }


STORES: dict[str, Store] = {}


def _uid(identifier: Mapping[str, str]) -> dict[str, str]:
    return {"type": identifier["entityType"], "id": identifier["entityId"]}


def _plain(value: Mapping[str, Any]) -> Any:
    """An attribute value of the API as Cedar's JSON has it."""
    ((kind, content),) = value.items()
    if kind == "entityIdentifier":
        return {"__entity": _uid(content)}
    if kind == "set":
        return [_plain(item) for item in content]
    if kind == "record":
        return {name: _plain(item) for name, item in content.items()}
    if kind in {"boolean", "long", "string"}:
        return content
    raise PolicyError(f"values of kind {kind} are not understood here")


def _entity(item: Mapping[str, Any]) -> dict[str, Any]:
    attributes = item.get("attributes", {})
    return {
        "uid": _uid(item["identifier"]),
        "attrs": {name: _plain(value) for name, value in attributes.items()},
        "parents": [_uid(parent) for parent in item.get("parents", [])],
    }


async def handle_request(
    _method: str, _path: str, headers: Mapping[str, str], body: bytes, _query: object
) -> Answer:
    """Answer one request of the JSON protocol."""
    operation = headers.get("x-amz-target", "").rsplit(".", 1)[-1]
    question: dict[str, Any] = json.loads(body or b"{}")
    if operation != "IsAuthorized":
        return _fault("UnknownOperationException", f"{operation} is not one of the stand-in's operations")
    store = STORES.get(str(question.get("policyStoreId")))
    if store is None:
        return _fault("ResourceNotFoundException", "there is no such policy store")
    try:
        answer = store.decide(question)
    except (PolicyError, KeyError, TypeError, ValueError) as error:
        return _fault("ValidationException", str(error))
    return 200, dict(_HEADERS), json.dumps(answer).encode()


def _fault(kind: str, message: str) -> Answer:
    headers = {**_HEADERS, "x-amzn-errortype": kind}
    return 400, headers, json.dumps({"__type": kind, "message": message}).encode()
