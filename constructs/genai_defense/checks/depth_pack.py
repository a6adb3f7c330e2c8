"""The pack `OwaspLlm-Depth`: a deployment has two independent controls against every risk."""

from collections.abc import Callable

from genai_defense.checks.answer import Answer, Compliant, NonCompliant
from genai_defense.checks.depth import RISKS, Depth, depth_of
from genai_defense.checks.pack import OWASP_LLM, Pack
from genai_defense.checks.rule import Boundary, Level, Risks, Rule, Source
from genai_defense.checks.template_graph import DEPLOYMENT, Resource, TemplateGraph

_SOURCE = Source(
    "https://aws.amazon.com/blogs/machine-learning/architect-defense-in-depth-security-for-generative-ai-"
    "applications-using-the-owasp-top-10-for-llms/",
    "2026-11-24",
)


def depth_of_graph(graph: TemplateGraph) -> tuple[Depth, ...]:
    """Count what stands against each risk, by what `OwaspLlm` finds in order.

    Args:
        graph: A deployment. Whoever has asked `OwaspLlm.results` about it pays nothing more.
    """
    return depth_of(OWASP_LLM.results(graph))


def what_is_missing(depth: Depth) -> str:
    """Why a risk has less than two independent controls; empty where it has them."""
    if depth.independent is not None:
        return ""
    if not depth.controls:
        return "no control stands against it"
    places = ", ".join(
        f"{boundary.value} ({', '.join(control.rule for control in controls)})"
        for boundary, controls in depth.by_boundary.items()
    )
    if len(depth.by_boundary) == 1:
        return f"controls stand at one boundary only: {places}"
    return f"its controls stand on the same resources: {places}"


def _rule(risk: str) -> Rule:
    return Rule(
        id=f"OwaspLlm-Depth{risk}",
        boundary=Boundary.ORGANIZATION,
        level=Level.ERROR,
        info=f"The deployment has less than two independent controls against {RISKS[risk]} ({risk}).",
        explanation="Whoever gets round the one control, or a change that takes it away, meets nothing more.",
        remedy="Add a control at another boundary; the reference of the rules lists those against this risk.",
        source=_SOURCE,
        mapping=Risks(
            owasp_llm_2025=(risk,),
            owasp_agentic=(),
            mitre_atlas=(),
            nist_csf=("PR.IR",),
            nist_ai_600_1=(),
            aws_gensec=(),
        ),
        resource_types=(DEPLOYMENT,),
        check=_check(risk),
    )


def _check(risk: str) -> Callable[[Resource, TemplateGraph], Answer]:
    def check(_deployment: Resource, graph: TemplateGraph) -> Answer:
        depth = next(each for each in depth_of_graph(graph) if each.risk == risk)
        if missing := what_is_missing(depth):
            return NonCompliant("", missing)
        return Compliant(f"{len(depth.controls)} controls at {len(depth.by_boundary)} boundaries")

    return check


OWASP_LLM_DEPTH = Pack(name="OwaspLlm-Depth", rules=tuple(_rule(risk) for risk in RISKS))
"""Two independent controls against every risk: for whole applications, since half of one is no fault."""
