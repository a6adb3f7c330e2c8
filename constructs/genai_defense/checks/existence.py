"""Answers whether a deployment has a resource at all."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant
from genai_defense.checks.template_graph import TemplateGraph


def existence(graph: TemplateGraph, kind: str) -> Answer:
    """Compliant when the templates declare a resource of a type, non-compliant when none does."""
    found = next(graph.of_type(kind), None)
    if found is None:
        return NonCompliant("", f"no template declares an {kind}")
    return Compliant(f"it has {found!r}")
