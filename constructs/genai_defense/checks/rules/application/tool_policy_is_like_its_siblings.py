"""What every other permit of a policy store asks, each permit asks."""

import re

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown
from genai_defense.checks.cedar_policies import STATEMENTS, Written, policies_beside, written_in
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque

_TYPES = tuple(STATEMENTS)
_LEAST = 2
# A guard of a comparison that follows, without blanks: an attribute that must be there needs none.
_GUARD = re.compile(r"(principal|resource|context)has\w+")


@rule(
    id="OwaspLlm-ToolPolicyIsLikeItsSiblings",
    boundary=Boundary.APPLICATION,
    level=Level.WARNING,
    info="A Cedar permit leaves out what all other permits of its store ask.",
    explanation="One tool acts for another tenant, another role or on another kind of thing, while the store"
    " looks as if it never did.",
    remedy="Bind principal and resource, and ask for the same attributes, as in the other permits; or"
    " say in a forbid what holds for all.",
    source=Source(
        "https://docs.aws.amazon.com/verifiedpermissions/latest/userguide/policies.html", "2026-11-24"
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM06", "LLM07"),
        owasp_agentic=("ASI02", "ASI03"),
        mitre_atlas=("AML.T0053",),
        nist_csf=("PR.AA",),
        nist_ai_600_1=("Information Security", "Human-AI Configuration"),
        aws_gensec=("GENSEC05-BP01",),
    ),
    resource_types=_TYPES,
)
def tool_policy_is_like_its_siblings(policy: Resource, graph: TemplateGraph) -> Answer:
    """Two others are enough: whole conditions do not repeat by chance. Which action it is, differs anyway."""
    written = written_in(policy)
    path = STATEMENTS[policy.type]
    if isinstance(written, Opaque):
        return Unknown(path, written.why)
    if written is None or written.policy.effect != "permit":
        return NotApplicable()
    others = [each for each in policies_beside(policy, graph) if each.policy.effect == "permit"]
    if len(others) < _LEAST:
        return NotApplicable()
    for name in ("principal", "resource"):
        if name in written.policy.unbound and not any(name in each.policy.unbound for each in others):
            return NonCompliant(path, f"all other permits bind the {name}; this one is for every {name}")
    first, *rest = (_asked(each) for each in others)
    common = first.intersection(*rest) - _asked(written)
    if common:
        return NonCompliant(path, f"it does not ask, as all other permits do, whether {min(common)}")
    return Compliant("it asks what all other permits ask")


def _asked(written: Written) -> set[str]:
    """The parts of its conditions, without blanks; both sides of a comparison in one order."""
    parts: set[str] = set()
    for text in written.policy.conditions:
        if text.startswith("when") and "||" not in text:
            for part in text[5:-1].split("&&"):
                if not _GUARD.fullmatch(part):
                    parts.add("==".join(sorted(part.strip("()").split("=="))))
        else:
            parts.add(text)
    return parts
