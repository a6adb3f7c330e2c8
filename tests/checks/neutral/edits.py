"""Edits of a template that change nothing about what it protects."""

import copy
import re
from collections.abc import Callable, Mapping
from random import Random
from typing import Any, cast

from genai_defense.checks.values import json_object

Body = dict[str, Any]
Edit = Callable[[Body, Random], Body]
_SUFFIX = "Zq7"
_TAGGED = {"AWS::S3::Bucket", "AWS::KMS::Key", "AWS::IAM::Role", "AWS::DynamoDB::Table", "AWS::SQS::Queue"}


def original_name(logical_id: str) -> str:
    """A logical id as it was before `rename`."""
    return logical_id.removesuffix(_SUFFIX)


def _walk(node: object, change: Callable[[Body], Body]) -> Any:
    """A copy with every object changed, the inner ones first."""
    if (body := json_object(node)) is not None:
        return change({key: _walk(value, change) for key, value in body.items()})
    if isinstance(node, list):
        return [_walk(each, change) for each in cast("list[object]", node)]
    return node


def _everywhere(body: Body, change: Callable[[Body], Body]) -> Body:
    changed: Body = _walk(body, change)
    return changed


def rename(body: Body, _: Random) -> Body:
    """Every resource gets another logical id, and every reference follows; SAM's own names are fixed."""
    known = {name for name in body["Resources"] if not name.startswith("Serverless")}

    def named(name: str) -> str:
        return f"{name}{_SUFFIX}" if name in known else name

    def sub(text: str) -> str:
        return re.sub(r"\$\{([^}.!]+)", lambda found: "${" + named(found[1]), text)

    def change(node: Body) -> Body:
        for key, value in node.items():
            if key == "Ref":
                node[key] = named(value)
            elif key == "Fn::GetAtt":
                where: list[str] = value.split(".") if isinstance(value, str) else value
                node[key] = [named(where[0]), *where[1:]]
            elif key == "Fn::Sub":
                node[key] = sub(value) if isinstance(value, str) else [sub(value[0]), value[1]]
            elif key == "DependsOn":
                node[key] = [named(each) for each in ([value] if isinstance(value, str) else value)]
        return node

    changed = _everywhere(body, change)
    changed["Resources"] = {named(name): entry for name, entry in changed["Resources"].items()}
    return changed


def reorder_resources(body: Body, random: Random) -> Body:
    """The resources stand in another order."""
    entries = list(body["Resources"].items())
    random.shuffle(entries)
    return {**body, "Resources": dict(entries)}


def reorder_statements(body: Body, random: Random) -> Body:
    """The statements of every policy document, and their actions and resources, stand in another order."""

    def change(node: Body) -> Body:
        for key in ("Statement", "Action", "Resource", "NotAction"):
            if isinstance(node.get(key), list):
                node[key] = random.sample(node[key], len(node[key]))
        return node

    return _everywhere(body, change)


def one_or_list(body: Body, _: Random) -> Body:
    """A lone action, resource or condition value becomes a list of one, and the other way round."""

    def turned(value: object) -> object:
        if not isinstance(value, list):
            return [value]
        entries = cast("list[object]", value)
        return entries[0] if len(entries) == 1 else entries

    def change(node: Body) -> Body:
        if node.get("Effect") in {"Allow", "Deny"}:
            for key in ("Action", "NotAction", "Resource"):
                if key in node:
                    node[key] = turned(node[key])
            if (conditions := json_object(node.get("Condition"))) is not None:
                node["Condition"] = {
                    operator: {key: turned(value) for key, value in tests.items()}
                    for operator, tests in conditions.items()
                }
        return node

    return _everywhere(body, change)


def other_letters(body: Body, _: Random) -> Body:
    """IAM reads actions and condition keys without regard to case."""

    def lowered(value: object) -> object:
        if isinstance(value, list):
            return [lowered(each) for each in cast("list[object]", value)]
        return value.lower() if isinstance(value, str) else value

    def change(node: Body) -> Body:
        if node.get("Effect") in {"Allow", "Deny"}:
            for key in ("Action", "NotAction"):
                if key in node:
                    node[key] = lowered(node[key])
            if (conditions := json_object(node.get("Condition"))) is not None:
                node["Condition"] = {
                    operator: {key.lower(): value for key, value in tests.items()}
                    for operator, tests in conditions.items()
                }
        return node

    return _everywhere(body, change)


def name_statements(body: Body, _: Random) -> Body:
    """Every statement gets a Sid."""
    count = iter(range(100_000))

    def change(node: Body) -> Body:
        if node.get("Effect") in {"Allow", "Deny"}:
            return {"Sid": f"Statement{next(count)}", **{k: v for k, v in node.items() if k != "Sid"}}
        return node

    return _everywhere(body, change)


def join_instead_of_sub(body: Body, _: Random) -> Body:
    """`Fn::Sub` is written as `Fn::Join`."""

    def change(node: Body) -> Body:
        if set(node) == {"Fn::Sub"} and isinstance(node["Fn::Sub"], str):
            parts = re.split(r"(\$\{[^}!]+\})", node["Fn::Sub"])
            if any(part.startswith("${!") for part in parts):
                return node
            return {"Fn::Join": ["", [_part(part) for part in parts if part]]}
        return node

    return _everywhere(body, change)


def _part(part: str) -> Any:
    if not part.startswith("${"):
        return part
    name = part[2:-1].strip()
    return {"Fn::GetAtt": name.split(".", 1)} if "." in name else {"Ref": name}


def tag(body: Body, _: Random) -> Body:
    """What takes a list of tags gets one more."""
    changed: Body = copy.deepcopy(body)
    for entry in changed["Resources"].values():
        if entry["Type"] in _TAGGED:
            entry.setdefault("Properties", {}).setdefault("Tags", []).append({"Key": "team", "Value": "blue"})
    return changed


def describe(body: Body, _: Random) -> Body:
    """Every resource gets metadata, the template a description."""
    changed: Body = copy.deepcopy(body)
    for entry in changed["Resources"].values():
        entry.setdefault("Metadata", {})["Owner"] = "blue"
    return {**changed, "Description": "The same in other words."}


def text_for_numbers(body: Body, _: Random) -> Body:
    """CloudFormation takes `"30"` for 30 and `"true"` for true."""

    def change(node: Body) -> Body:
        return {key: _as_text(value) for key, value in node.items()}

    changed: Body = copy.deepcopy(body)
    for entry in changed["Resources"].values():
        entry["Properties"] = _walk(entry.get("Properties") or {}, change)
    return changed


def _as_text(value: Any) -> Any:
    if isinstance(value, bool):
        return str(value).lower()
    return str(value) if isinstance(value, int) else value


EDITS: Mapping[str, Edit] = {
    edit.__name__: edit
    for edit in (
        rename,
        reorder_resources,
        reorder_statements,
        one_or_list,
        other_letters,
        name_statements,
        join_instead_of_sub,
        tag,
        describe,
        text_for_numbers,
    )
}
