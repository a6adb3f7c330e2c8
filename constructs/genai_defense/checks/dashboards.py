"""The metrics that people see on dashboards."""

from collections.abc import Iterator
from typing import NamedTuple

from genai_defense.checks.json_text import json_text
from genai_defense.checks.template_graph import Resource
from genai_defense.checks.values import Unresolved, json_list, json_object

_SAME = "."


class Metric(NamedTuple):
    """A metric, without its dimensions.

    Attributes:
        namespace: Such as `AWS/Lambda`, or one's own.
        name: Such as `Errors`.
    """

    namespace: str
    name: str


def metrics_on(dashboard: Resource) -> Iterator[Metric]:
    """The metrics of a dashboard's graphs; none where its body cannot be read.

    A row of a graph starts with a namespace and a name; a full stop repeats what stands above it.
    """
    parsed = json_text(dashboard.get("DashboardBody"))
    for body in [] if isinstance(parsed, Unresolved) else parsed:
        for widget in json_list(body.get("widgets")):
            above = Metric("", "")
            properties = json_object((json_object(widget) or {}).get("properties")) or {}
            for row in json_list(properties.get("metrics")):
                namespace, name = [*json_list(row), None, None][:2]
                if isinstance(namespace, str) and isinstance(name, str):
                    above = Metric(
                        above.namespace if namespace == _SAME else namespace,
                        above.name if name == _SAME else name,
                    )
                    yield above
