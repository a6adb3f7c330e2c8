"""What a template hands to those outside it."""

import json
import re

from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import json_object


def is_handed_out(resource: Resource, graph: TemplateGraph) -> bool:
    """Whether an output names a resource, so that somebody outside the templates may use it.

    An export counts only where the graph is one template: the others of a deployment are what it is for.
    """
    named = re.compile(rf'["{{]{re.escape(resource.logical_id)}["}}.]')
    outputs = (json_object(each) or {} for each in resource.template.section("Outputs").values())
    return any(
        named.search(json.dumps(output.get("Value"), default=str))
        for output in outputs
        if "Export" not in output or len(graph.templates) == 1
    )
