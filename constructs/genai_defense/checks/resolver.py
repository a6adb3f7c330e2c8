"""Follows CloudFormation's intrinsic functions as far as the templates alone allow."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, Any, cast

from genai_defense.checks.values import (
    GIVEN,
    Opaque,
    Pseudo,
    Reference,
    Text,
    Unresolved,
    Value,
    dig,
    json_object,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from genai_defense.checks.template_graph import Template, TemplateGraph

_NO_VALUE = Pseudo("AWS::NoValue")
_PLACEHOLDER = re.compile(r"\$\{([^}]*)}")
# Resolved by CloudFormation from another service, under a name that the template does not explain.
_SSM_PARAMETER = "AWS::SSM::Parameter::"


class Resolver:
    """Turns raw template values into `Value`s, within a stack and across the stacks of one graph.

    Args:
        graph: The graph whose resources, exports and nested stacks the references point at.
    """

    def __init__(self, graph: TemplateGraph) -> None:
        self._graph = graph
        self._following: set[tuple[str, str]] = set()
        self._functions: dict[str, Callable[[Any, Template], Value]] = {
            "Ref": self._ref,
            "Fn::GetAtt": self._get_att,
            "Fn::Sub": self._sub,
            "Fn::Join": self._join,
            "Fn::Select": self._select,
            "Fn::Split": self._split,
            "Fn::FindInMap": self._find_in_map,
            "Fn::If": self._if,
            "Fn::ImportValue": self._import_value,
            "Fn::GetStackOutput": self._get_stack_output,
        }

    def resolve(self, raw: object, template: Template) -> Value:
        """Resolve one raw value of a template, with everything inside it."""
        value: Any = raw
        if (body := json_object(value)) is not None:
            return self._resolve_object(body, template)
        if isinstance(value, list):
            resolved = (self.resolve(inner, template) for inner in cast("Sequence[Any]", value))
            return [inner for inner in resolved if inner != _NO_VALUE]
        if isinstance(value, str):
            return Unresolved(f"{value!r} is a dynamic reference") if "{{resolve:" in value else value
        if value is None or isinstance(value, bool | int | float):
            return value
        return Unresolved(f"{type(value).__name__} is no value of a template")

    def _resolve_object(self, raw: dict[str, Any], template: Template) -> Value:
        if len(raw) == 1:
            ((name, argument),) = raw.items()
            if name == "Ref" or str(name).startswith("Fn::"):
                return self._call(str(name), argument, template)
        pairs = ((str(key), self.resolve(inner, template)) for key, inner in raw.items())
        return {key: value for key, value in pairs if value != _NO_VALUE}

    def _call(self, name: str, argument: Any, template: Template) -> Value:
        function = self._functions.get(name)
        if function is None:
            return Unresolved(f"{name} is known only at deployment")
        try:
            return function(argument, template)
        except (AttributeError, KeyError, LookupError, TypeError, ValueError):
            return Unresolved(f"{name} of {argument!r} is malformed")

    def _once(self, kind: str, name: str, follow: Callable[[], Value]) -> Value:
        """Follow a way that could lead back to itself."""
        if (kind, name) in self._following:
            return Unresolved(f"{name} refers to itself")
        self._following.add((kind, name))
        try:
            return follow()
        finally:
            self._following.remove((kind, name))

    def _ref(self, name: str, template: Template) -> Value:
        if resource := self._graph.find(template, name):
            return Reference(resource, "Ref")
        if name.startswith("AWS::"):
            return Pseudo(name)
        parameter = template.entry("Parameters", name)
        if parameter is None:
            return Unresolved(f"{name} is neither a resource nor a parameter of its template")
        given = self._given_by_parent(name, template)
        return self._default(name, parameter) if given is None else given

    def _given_by_parent(self, name: str, template: Template) -> Value:
        parent = self._graph.parent(template)
        if parent is None or template.nested_in is None:
            return None
        stack = parent.entry("Resources", template.nested_in[1]) or {}
        given = stack.get("Properties", {}).get("Parameters", {})
        if name not in given:
            return None
        return self._once(template.name, name, lambda: self.resolve(given[name], parent))

    @staticmethod
    def _default(name: str, parameter: dict[str, Any]) -> Value:
        kind = str(parameter.get("Type"))
        default = parameter.get("Default")
        if not isinstance(default, str | int | float | bool) or kind.startswith(_SSM_PARAMETER):
            return Unresolved(f"the parameter {name} {GIVEN}")
        if kind == "CommaDelimitedList" or kind.startswith("List<"):
            return [part.strip() for part in str(default).split(",")]
        return default

    def _get_att(self, argument: Any, template: Template) -> Value:
        name, attribute = argument.split(".", 1) if isinstance(argument, str) else argument
        resource = self._graph.find(template, name)
        if resource is None or not isinstance(attribute, str):
            return Unresolved(f"{name}.{attribute} is no attribute of a resource of its template")
        nested = self._graph.nested(resource)
        if nested is None or not attribute.startswith("Outputs."):
            return Reference(resource, attribute)
        output = nested.section("Outputs")[attribute.removeprefix("Outputs.")]
        return self._once(nested.name, attribute, lambda: self.resolve(output["Value"], nested))

    def _sub(self, argument: Any, template: Template) -> Value:
        text, variables = (argument, None) if isinstance(argument, str) else argument
        given = json_object(variables) or {}
        parts: list[Value] = []
        for index, part in enumerate(_PLACEHOLDER.split(text)):
            if index % 2 == 0:
                parts.append(part)
            elif part.startswith("!"):
                parts.append(f"${{{part[1:]}}}")
            elif part in given:
                parts.append(self.resolve(given[part], template))
            else:
                name = part.strip()
                parts.append(self._get_att(name, template) if "." in name else self._ref(name, template))
        return _concatenated(parts)

    def _join(self, argument: Any, template: Template) -> Value:
        separator, raw = argument
        parts = self.resolve(raw, template)
        if not isinstance(parts, list):
            return Unresolved("Fn::Join of a list that is known only at deployment")
        spaced = [inner for part in parts for inner in (separator, part)]
        return _concatenated(spaced[1:])

    def _select(self, argument: Any, template: Template) -> Value:
        index, raw = argument
        values = self.resolve(raw, template)
        if not isinstance(values, list):
            return Unresolved("Fn::Select of a list that is known only at deployment")
        return values[int(index)]

    def _split(self, argument: Any, template: Template) -> Value:
        separator, raw = argument
        text = self.resolve(raw, template)
        if not isinstance(text, str):
            return Unresolved("Fn::Split of a text that is known only at deployment")
        return list(text.split(separator))

    def _find_in_map(self, argument: Any, template: Template) -> Value:
        found: Any = template.section("Mappings")
        for raw in argument[:3]:
            key = self.resolve(raw, template)
            if not isinstance(key, str):
                return Unresolved("Fn::FindInMap with a key that is known only at deployment")
            found = found[key]
        return self.resolve(found, template)

    def _if(self, argument: Any, template: Template) -> Value:
        condition, then, otherwise = argument
        if (holds := self._graph.holds(template, condition)) is not None:
            return self.resolve(then if holds else otherwise, template)
        then, otherwise = self.resolve(then, template), self.resolve(otherwise, template)
        # Both branches can be deployed, so only what they share is known.
        return then if then == otherwise else Unresolved(f"it depends on the condition {condition}")

    def _import_value(self, argument: Any, template: Template) -> Value:
        name = self.resolve(argument, template)
        if not isinstance(name, str):
            return Unresolved("Fn::ImportValue of a name that is known only at deployment")
        exporters = self._exports.get(name, [])
        if len(exporters) != 1:
            return Unresolved(f"{len(exporters)} of the templates export {name!r}")
        ((exporter, raw),) = exporters
        return self._once("export", name, lambda: self.resolve(raw, exporter))

    def _get_stack_output(self, argument: Any, _template: Template) -> Value:
        """An output of a stack, of another Region perhaps; the CDK names a template's file by its stack."""
        stack, output = argument["StackName"], argument["OutputName"]
        files = {stack, f"{stack}.template.json"}
        named = [each for each in self._graph.templates if each.name.rpartition("/")[2] in files]
        if len(named) != 1 or (found := named[0].entry("Outputs", output)) is None:
            return Unresolved(f"no template of the stack {stack} with an output {output} is at hand")
        return self._once("output", f"{stack}.{output}", lambda: self.resolve(found["Value"], named[0]))

    @cached_property
    def _exports(self) -> dict[str, list[tuple[Template, Any]]]:
        found: dict[str, list[tuple[Template, Any]]] = {}
        for template in self._graph.templates:
            for raw in template.section("Outputs").values():
                output = json_object(raw) or {}
                name = dig(self.resolve(output.get("Export"), template), "Name")
                if isinstance(name, str):
                    found.setdefault(name, []).append((template, output.get("Value")))
        return found


def _concatenated(parts: Iterable[Value]) -> Value:
    """Join strings and opaque parts; neighbouring strings become one."""
    flat: list[str | Opaque] = []
    for part in parts:
        for inner in part.parts if isinstance(part, Text) else (part,):
            if isinstance(inner, list | dict):
                flat.append(Unresolved("a list or an object stands where a text is expected"))
            elif isinstance(inner, Opaque):
                flat.append(inner)
            elif flat and isinstance(flat[-1], str):
                flat[-1] += str(inner)
            else:
                flat.append(str(inner))
    flat = [part for part in flat if part != ""]
    if not flat:
        return ""
    return flat[0] if len(flat) == 1 else Text(tuple(flat))
