"""The web ACL of the deployed distribution, for the local CloudFront to ask."""

import json
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from genai_defense.local.cdk_cli import EDGE_REGION
from genai_defense.local.clients import aws_client
from genai_defense.local.deployment import Deployment
from genai_defense.local.errors import LocalRunError
from genai_defense.proofs.waf import Entry, RateCounter, Request, Verdict, WebAclEvaluator, web_acls_in

_FRESH_SECONDS = 1.0


class EdgeFilter:
    """The rules are those of the synthesized template, the IP sets are read as they are now.

    Args:
        deployment: The chatbot.
        stack_name: The stack of the web ACL.
        template: Its template.
    """

    def __init__(self, deployment: Deployment, stack_name: str, template: Mapping[str, Any]) -> None:
        where = deployment.endpoint
        self._clients = {
            service: aws_client(service, url=where.url, region=EDGE_REGION, account=where.account)
            for service in ("cloudformation", "wafv2")
        }
        self._template = template
        self._rates = RateCounter()
        self._read_at = float("-inf")
        self._evaluator: WebAclEvaluator | None = None
        self.ip_sets = self._ip_sets(stack_name)

    def verdict(self, request: Request) -> Verdict:
        """What the web ACL does with a request."""
        now = time.monotonic()
        if self._evaluator is None or now - self._read_at > _FRESH_SECONDS:
            held = {logical_id: self.addresses(logical_id) for logical_id in self.ip_sets}
            (acl,) = _at_edge(self._template, held).values()
            self._evaluator, self._read_at = WebAclEvaluator(acl, self._rates), now
        return self._evaluator.evaluate(request)

    def addresses(self, logical_id: str) -> list[str]:
        """What is in an IP set now."""
        addresses: list[str] = self._get(logical_id)["IPSet"]["Addresses"]
        return addresses

    def fill(self, logical_id: str, addresses: list[str]) -> None:
        """Put addresses into an IP set, as a responder does, and heed them from the next request on."""
        token = self._get(logical_id)["LockToken"]
        self._clients["wafv2"].update_ip_set(**self.ip_sets[logical_id], Addresses=addresses, LockToken=token)
        self._evaluator = None

    def _get(self, logical_id: str) -> dict[str, Any]:
        answer: dict[str, Any] = self._clients["wafv2"].get_ip_set(**self.ip_sets[logical_id])
        return answer

    def _ip_sets(self, stack_name: str) -> dict[str, dict[str, str]]:
        """Logical id to what WAF calls the set."""
        described = self._clients["cloudformation"].describe_stack_resources(StackName=stack_name)
        return {
            entry["LogicalResourceId"]: dict(
                zip(("Name", "Id", "Scope"), entry["PhysicalResourceId"].split("|"), strict=True)
            )
            for entry in described["StackResources"]
            if entry["ResourceType"] == "AWS::WAFv2::IPSet"
        }


def edge_filter(deployment: Deployment, assembly: Path) -> EdgeFilter:
    """The web ACL of the scope CLOUDFRONT that was deployed.

    Args:
        deployment: The chatbot.
        assembly: The cloud assembly that was deployed.

    Raises:
        LocalRunError: There is none, or more than one.
    """
    found = {
        file.name.removesuffix(".template.json"): template
        for file in sorted(assembly.glob("*.template.json"))
        if _at_edge(template := json.loads(file.read_text(encoding="utf-8")), {})
    }
    if len(found) != 1:
        raise LocalRunError(
            f"{len(found)} stacks of {assembly} have a web ACL of the scope CLOUDFRONT; one is expected.",
            "Deploy the edge stack (stacks/edge.py).",
        )
    ((stack_name, template),) = found.items()
    return EdgeFilter(deployment, stack_name, template)


def _at_edge(template: Mapping[str, Any], ip_sets: Mapping[str, list[str]]) -> dict[str, Any]:
    acls = web_acls_in(template, ip_sets=ip_sets)
    return {name: acl for name, acl in acls.items() if acl.entry is Entry.CLOUDFRONT}
