"""Makes the emulator's IAM see what AWS's IAM sees.

With `AUTH=true` the emulator evaluates identity, resource, trust and session policies. It does not know some
condition keys that the chatbot's policies stand on; a sound policy would refuse, a hole would stay unseen:

- `aws:SourceVpce` and `aws:SourceVpc`: the endpoint through which a function in a VPC reaches the service.
  Its own policy is evaluated as well; without an endpoint or a default route there is no way.
- `bedrock:GuardrailIdentifier` and `bedrock:InferenceProfileArn`. Converse is authorised as InvokeModel, for
  the profile and for the model behind it, and needs ApplyGuardrail for the guardrail that it names.
- The guardrail that ApplyGuardrail names in its path.
- `dynamodb:LeadingKeys`, `dynamodb:Select`, `dynamodb:Attributes`: which rows, which attributes of them.
- `events:source`, entry by entry, with the bus of each; the IP set that is read or changed.
- The policy store that is asked, the state machine behind a task token: resources that it does not see.
- `aws:SecureTransport`: the loopback connection counts as TLS.
"""

import contextvars
import json
import logging
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from genai_defense.local.clients import emulator_module
from genai_defense.local.network_path import NetworkPath, path_to
from genai_defense.local.patches_tools import machine_of
from genai_defense.local.provisioner import account_and_region
from genai_defense.local.provisioners_tools import store_arn

_log = logging.getLogger("enforcement")
_CONVERSE = {
    "bedrock:Converse": "bedrock:InvokeModel",
    "bedrock:ConverseStream": "bedrock:InvokeModelWithResponseStream",
}
# InvokeWithResponseStream is no IAM action either (Lambda API reference, read 2026-11-24).
_STREAMED_INVOCATION = "lambda:InvokeWithResponseStream"
_OF_IP_SETS = ("wafv2:GetIPSet", "wafv2:UpdateIPSet")
_APPLY_PATH = re.compile(r"/guardrail/(?P<guardrail>[^/]+)/version/[^/]+/apply")
_PROFILE = re.compile(r"^(?:us|eu|apac|us-gov|jp|au|global)\.(?P<model>[a-z0-9-]+\..+)$")
_request: contextvars.ContextVar["_Request | None"] = contextvars.ContextVar("request", default=None)

Enforce = Callable[..., Any]


@dataclass(frozen=True)
class _Request:
    path: str
    body: dict[str, Any]


@dataclass(frozen=True)
class Check:
    """One question to IAM.

    Attributes:
        action: IAM action.
        resource: Resource ARN.
        context: Condition keys beside those that the emulator knows.
    """

    action: str
    resource: str
    context: dict[str, Any]


def _json_body(body: bytes) -> dict[str, Any]:
    try:
        content: Any = json.loads(body or b"{}")
    except ValueError:
        return {}
    return content if isinstance(content, dict) else {}  # pyright: ignore[reportUnknownVariableType] - JSON


def remember_request(original: Callable[..., str]) -> Callable[..., str]:
    """Wrap `extract_resource_arn`, which sees path and body right before `enforce` is asked."""

    def extract(service: str, method: str, path: str, headers: Any, body: bytes, *rest: Any) -> str:
        _request.set(_Request(path, _json_body(body)))
        return original(service, method, path, headers, body, *rest)

    return extract


def model_checks(action: str, path: str, body: dict[str, Any]) -> list[Check]:
    """What AWS asks IAM before it invokes a model."""
    account, region = account_and_region()
    model_id = unquote(path.split("/model/", 1)[1].rsplit("/", 1)[0]).rsplit("/", 1)[-1]
    context: dict[str, Any] = {}
    checks: list[Check] = []
    guardrail: dict[str, Any] = body.get("guardrailConfig", {})
    if guardrail:
        arn = _guardrail_arn(str(guardrail.get("guardrailIdentifier", "")))
        context["bedrock:GuardrailIdentifier"] = f"{arn}:{guardrail.get('guardrailVersion', 'DRAFT')}"
        checks.append(Check("bedrock:ApplyGuardrail", arn, {}))
    action = _CONVERSE.get(action, action)
    if profile := _PROFILE.match(model_id):
        arn = f"arn:aws:bedrock:{region}:{account}:inference-profile/{model_id}"
        checks.append(Check(action, arn, context))
        context = {**context, "bedrock:InferenceProfileArn": arn}
        model_id = profile["model"]
    return [*checks, Check(action, f"arn:aws:bedrock:{region}::foundation-model/{model_id}", context)]


def applied_guardrail(path: str) -> str:
    """ARN of the guardrail that a text is held against: it stands in the path alone."""
    found = _APPLY_PATH.fullmatch(path)
    return _guardrail_arn(unquote(found["guardrail"]) if found else "")


def _guardrail_arn(named: str) -> str:
    """ARN of a guardrail that is named by id or by ARN."""
    account, region = account_and_region()
    return f"arn:aws:bedrock:{region}:{account}:guardrail/{named.rsplit('/', 1)[-1]}"


def leading_keys(body: dict[str, Any], partition_key: str) -> list[str]:
    """The partition keys that a DynamoDB request names; empty when it names none (a scan)."""
    named: dict[str, Any] = body.get("Item", body.get("Key", {}))
    item: dict[str, Any] | None = named.get(partition_key)
    if item is None:
        names = body.get("ExpressionAttributeNames", {})
        terms = re.findall(r"([#\w]+)\s*=\s*(:\w+)", str(body.get("KeyConditionExpression", "")))
        values: dict[str, dict[str, Any]] = body.get("ExpressionAttributeValues", {})
        item = next(
            (values.get(value) for name, value in terms if names.get(name, name) == partition_key), None
        )
    return [str(next(iter(item.values())))] if item else []


def selection(body: dict[str, Any]) -> dict[str, Any]:
    """What a DynamoDB request asks for: `dynamodb:Select` and, where it names some, `dynamodb:Attributes`."""
    names: dict[str, str] = body.get("ExpressionAttributeNames", {})
    asked = [name.strip() for name in str(body.get("ProjectionExpression", "")).split(",") if name.strip()]
    context: dict[str, Any] = {"dynamodb:Select": body["Select"]} if "Select" in body else {}
    return {**context, "dynamodb:Attributes": [names.get(name, name) for name in asked]} if asked else context


def _partition_key(table: str) -> str:
    described = emulator_module("services.dynamodb")._tables.get(table, {})  # noqa: SLF001 - patches.py checks
    schema: list[dict[str, str]] = described.get("KeySchema", [])
    return next((key["AttributeName"] for key in schema if key["KeyType"] == "HASH"), "")


def checks_for(action: str, service: str, resource: str, request: "_Request | None") -> list[Check]:
    """The questions that AWS asks IAM for one request."""
    if action == _STREAMED_INVOCATION:
        action = "lambda:InvokeFunction"
    if request is None:
        return [Check(action, resource, {})]
    if service == "bedrock-runtime" and "/model/" in request.path:
        return model_checks(action, request.path, request.body)
    if action == "bedrock:ApplyGuardrail":
        resource = applied_guardrail(request.path)
    if service == "dynamodb" and isinstance(request.body.get("TableName"), str):
        table = request.body["TableName"].rsplit("/", 1)[-1]
        keys = leading_keys(request.body, _partition_key(table))
        context = {"dynamodb:LeadingKeys": keys} if keys else {}
        return [Check(action, resource, {**context, **selection(request.body)})]
    if action == "events:PutEvents":
        return event_checks(request.body)
    if service == "states" and "taskToken" in request.body:
        resource = machine_of(request.body["taskToken"])
    if action in _OF_IP_SETS:
        resource = ip_set_arn(request.body)
    if service == "verifiedpermissions":
        resource = store_arn(str(request.body.get("policyStoreId")))
    return [Check(action, resource, {})]


def ip_set_arn(body: dict[str, Any]) -> str:
    """ARN of the IP set that a request names; the emulator takes it for a web ACL."""
    account, region = account_and_region()
    scope = "global" if body.get("Scope") == "CLOUDFRONT" else "regional"
    return f"arn:aws:wafv2:{region}:{account}:{scope}/ipset/{body.get('Name')}/{body.get('Id')}"


def event_checks(body: dict[str, Any]) -> list[Check]:
    """What AWS asks IAM before it takes events: for each one its bus, and from whom it claims to come."""
    account, region = account_and_region()
    return [
        Check(
            "events:PutEvents",
            entry["EventBusName"]
            if entry["EventBusName"].startswith("arn:")
            else f"arn:aws:events:{region}:{account}:event-bus/{entry['EventBusName']}",
            {"events:source": [entry.get("Source")]},
        )
        for entry in ({"EventBusName": "default", **entry} for entry in body.get("Entries", []))
    ]


class Enforcement:
    """Stands in front of the emulator's `enforce`.

    Args:
        evaluator: The emulator's IAM evaluator.
        original: Its `enforce`.
    """

    def __init__(self, evaluator: Any, original: Enforce) -> None:
        self._evaluator = evaluator
        self._original = original

    def __call__(  # noqa: PLR0917 - the emulator's own signature
        self,
        access_key: str,
        action: str,
        service: str,
        region: str,
        resource_arn: str = "*",
        service_context: dict[str, Any] | None = None,
    ) -> Any:
        """None when the request may go on, else the emulator's refusal."""
        way = path_to(service, access_key)
        for check in checks_for(action, service, resource_arn, _request.get()):
            context = {**(service_context or {}), **check.context, **(way.condition_keys() if way else {})}
            denied = self._original(
                access_key,
                check.action,
                service,
                region,
                resource_arn=check.resource,
                service_context=context,
            )
            denied = denied or (self._on_the_way(way, check, access_key, region, context) if way else None)
            if denied:
                _log.warning("denied: %s on %s, keys %s: %s", check.action, check.resource, context, denied)
                return denied
        return None

    def _on_the_way(
        self, way: NetworkPath, check: Check, access_key: str, region: str, context: dict[str, Any]
    ) -> Any:
        """The refusal of the network, or of the policy of the endpoint on the way."""
        account, _ = account_and_region()
        if not way.open:
            return self._evaluator.EvalResult("Deny", reason="no route and no endpoint")
        if way.policy is None:
            return None
        principal = self._evaluator.resolve_principal(access_key, account)
        asked = self._evaluator.EvalContext(
            principal_arn=principal.arn,
            principal_type=principal.type,
            principal_account=principal.account,
            action=check.action,
            resource_arn=check.resource,
            region=region,
            service_context={key.lower(): value for key, value in context.items()},
            principal_keys=principal.keys,
        )
        verdict = self._evaluator.evaluate_resource_policy(way.policy, asked)
        return None if verdict.decision == "Allow" else verdict
