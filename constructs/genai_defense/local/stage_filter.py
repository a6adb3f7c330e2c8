"""Puts the emulator's web ACLs to work: the one of an API's stage is asked before the stage.

The emulator only records web ACLs. Their own rules are evaluated here (`genai_defense.proofs.waf`); the
managed groups are not, for nobody outside AWS can. What the evaluator does not know ends in a 500, never in a
pass. IP sets are read at every request, so a change holds at once; rates are counted exactly and at once.
"""

import time
from collections import defaultdict
from collections.abc import Awaitable, Callable, Mapping
from typing import Any
from urllib.parse import urlencode

from genai_defense.local.clients import emulator_module
from genai_defense.local.provisioner import Props
from genai_defense.proofs.waf import Entry, RateCounter, Request, WebAcl, WebAclEvaluator

_VIEWER = "127.0.0.1"
Answer = tuple[int, dict[str, str], bytes]
Execute = Callable[..., Awaitable[Answer]]


def record_inspection(physical_id: str, props: Props) -> dict[str, Any]:
    """Keep how much of a body a web ACL sees, which the emulator drops."""
    _, identifier, scope = physical_id.split("|")
    record = emulator_module("services.waf").web_acl_record(identifier, scope)
    record["AssociationConfig"] = props.get("AssociationConfig", {})
    return {}


class StageFilter:
    """Stands in front of the emulator's `handle_execute` for REST APIs.

    Args:
        gateway: The emulator's API Gateway.
        waf: Its WAF.
        original: Its `handle_execute`.
    """

    def __init__(self, gateway: Any, waf: Any, original: Execute) -> None:
        self._gateway = gateway
        self._waf = waf
        self._original = original
        self._rates: dict[str, RateCounter] = defaultdict(RateCounter)

    async def __call__(  # noqa: PLR0917 - the emulator's own signature
        self,
        api_id: str,
        stage_name: str,
        method: str,
        path: str,
        headers: Mapping[str, Any],
        body: bytes,
        query_params: Mapping[str, Any],
    ) -> Answer:
        """What the stage answers, or the refusal of its web ACL."""
        scope = self._gateway.find_api_scope(api_id)
        acl = self._web_acl(scope, api_id, stage_name) if scope else None
        if acl is not None:
            request = Request(
                method=method,
                path=f"/{stage_name}{path}",
                query=urlencode(query_params, doseq=True),
                headers=_pairs(headers),
                body=body or b"",
                client_address=_VIEWER,
                time=time.monotonic(),
            )
            if not self._evaluator(acl).evaluate(request).passes:
                return self._refusal(scope, api_id, stage_name, headers)
        return await self._original(api_id, stage_name, method, path, headers, body, query_params)

    def _web_acl(self, scope: tuple[str, str], api_id: str, stage_name: str) -> Props | None:
        account, region = scope
        stage = f"arn:aws:apigateway:{region}::/restapis/{api_id}/stages/{stage_name}"
        arn = self._waf._associations.get_scoped(account, region, stage)  # noqa: SLF001 - patches.py checks
        found = (record for _, record in self._waf._web_acls.all_items() if record["ARN"] == arn)  # noqa: SLF001 - the same
        return next(found, None)

    def _evaluator(self, record: Props) -> WebAclEvaluator:
        ip_sets = {each["ARN"]: each["Addresses"] for _, each in self._waf._ip_sets.all_items()}  # noqa: SLF001 - the same
        acl = WebAcl(properties=record, entry=Entry.API_GATEWAY, ip_sets=ip_sets)
        return WebAclEvaluator(acl, self._rates[record["ARN"]])

    def _refusal(
        self, scope: tuple[str, str], api_id: str, stage_name: str, headers: Mapping[str, Any]
    ) -> Answer:
        """The gateway response that the API has for this."""
        gateway = self._gateway
        request: dict[str, Any] = {
            "api_id": api_id,
            "stage_name": stage_name,
            "stage": gateway.stages_for_api(api_id)[stage_name],
            "headers": headers,
            "query_params": {},
            "path_params": {},
            "resource_path": "",
            "request_id": gateway.new_uuid(),
        }
        with gateway.request_scope(*scope):
            answer: Answer = gateway._gateway_error_response(  # noqa: SLF001 - patches.py checks
                gateway._gw_error("WAF_FILTERED", "Forbidden"),  # noqa: SLF001 - the same
                request,
            )
        return answer


def _pairs(headers: Mapping[str, Any]) -> list[tuple[str, str]]:
    pairs: list[tuple[str, str]] = []
    for name, given in headers.items():
        values: list[Any] = given if isinstance(given, list) else [given]  # pyright: ignore[reportUnknownVariableType] - the emulator's
        pairs += [(name, str(value)) for value in values]
    return pairs
