"""Finds web ACLs in synthesized templates, with the sets that they refer to."""

import json
from collections.abc import Mapping
from typing import Any, cast

from genai_defense.proofs.waf.request import Entry
from genai_defense.proofs.waf.web_acl import WebAcl

_WEB_ACL, _IP_SET, _REGEX_SET = "AWS::WAFv2::WebACL", "AWS::WAFv2::IPSet", "AWS::WAFv2::RegexPatternSet"


def web_acls_in(
    template: Mapping[str, Any],
    *,
    entry: Entry | None = None,
    secret: str | None = None,
    ip_sets: Mapping[str, list[str]] | None = None,
) -> dict[str, WebAcl]:
    """The web ACLs of a template by their logical ids.

    A reference to a resource of the template becomes `<logical id>.<attribute>`, under which the sets are
    found. Whatever else only a deployment knows stays as it is, and the evaluator refuses it where it
    matters.

    Args:
        template: A synthesized template.
        entry: What the Regional ones stand in front of. Default: an API stage.
        secret: The value of every secret that is read by a dynamic reference. Default: unknown.
        ip_sets: Logical id to what is in the set by now. Default: what the template says.
    """
    resources: Mapping[str, Any] = template["Resources"]
    held = {name: body["Properties"] for name, body in resources.items() if body["Type"] == _IP_SET}
    now = ip_sets or {}
    networks = {f"{name}.Arn": now.get(name, body["Addresses"]) for name, body in held.items()}
    expressions = {
        f"{name}.Arn": body["Properties"]["RegularExpressionList"]
        for name, body in resources.items()
        if body["Type"] == _REGEX_SET
    }
    found: dict[str, WebAcl] = {}
    for name, body in resources.items():
        if body["Type"] != _WEB_ACL:
            continue
        at_edge = body["Properties"]["Scope"] == "CLOUDFRONT"
        found[name] = WebAcl(
            properties=_plain(body["Properties"], secret),
            entry=Entry.CLOUDFRONT if at_edge else entry or Entry.API_GATEWAY,
            ip_sets=networks,
            regex_sets=expressions,
        )
    return found


def _plain(raw: Any, secret: str | None) -> Any:
    """A value without the intrinsic functions that the template itself answers."""
    if isinstance(raw, list):
        return [_plain(each, secret) for each in raw]  # pyright: ignore[reportUnknownVariableType] - JSON
    if isinstance(raw, str):
        return secret if "{{resolve:secretsmanager:" in raw and secret is not None else raw
    if not isinstance(raw, dict):
        return raw
    body = cast("dict[str, Any]", raw)
    if body.keys() == {"Fn::GetAtt"}:
        return ".".join(body["Fn::GetAtt"])
    if body.keys() == {"Fn::Join"} and secret is not None and "{{resolve:secretsmanager:" in json.dumps(body):
        return secret
    return {key: _plain(each, secret) for key, each in body.items()}
