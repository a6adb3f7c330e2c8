"""The pages docs/reference/rules/: what each rule asks, why, and what to do."""

from collections import defaultdict

from genai_defense.checks.pack import OWASP_LLM, OWASP_LLM_BASELINE, all_rules
from genai_defense.checks.rule import Boundary, Rule
from genai_defense.markdown import codes, page, table

_FOLDER = "docs/reference/rules"


def rule_pages() -> dict[str, str]:
    """A page for each boundary, and one that lists every rule; by their path below the checkout."""
    by_boundary: dict[Boundary, list[Rule]] = defaultdict(list)
    for rule in all_rules():
        by_boundary[rule.boundary].append(rule)
    return {
        f"{_FOLDER}/README.md": _index(by_boundary),
        **{
            f"{_FOLDER}/{boundary.value}.md": page(
                f"Rules: {_name(boundary)}", *(_rule(rule) for rule in by_boundary[boundary])
            )
            for boundary in Boundary
        },
    }


def _index(by_boundary: dict[Boundary, list[Rule]]) -> str:
    rows = [
        (
            f"[{rule.id}]({boundary.value}.md#{rule.id.lower()})",
            rule.level.value,
            ", ".join(rule.mapping.owasp_llm_2025),
            rule.info,
        )
        for boundary in Boundary
        for rule in by_boundary[boundary]
    ]
    packs = ", ".join(f"`{pack.name}` {len(pack.rules)}" for pack in (OWASP_LLM, OWASP_LLM_BASELINE))
    return page(
        "Rules",
        f"There are {len(all_rules())} rules ({packs}). Each answers per resource: compliant, non-compliant, "
        "unknown (which counts as non-compliant) or not applicable.",
        table(["rule", "level", "OWASP LLM 2025", "a finding says"], rows),
    )


def _name(boundary: Boundary) -> str:
    return boundary.value.replace("_", " ")


def _rule(rule: Rule) -> str:
    mapping = rule.mapping
    risks = {
        "OWASP LLM 2025": mapping.owasp_llm_2025,
        "OWASP LLM 2023/24": mapping.owasp_llm_2023,
        "OWASP Agentic": mapping.owasp_agentic,
        "MITRE ATLAS": mapping.mitre_atlas,
        "NIST CSF 2.0": mapping.nist_csf,
        "NIST AI 600-1": mapping.nist_ai_600_1,
        "AWS GENSEC": mapping.aws_gensec,
    }
    return "\n\n".join(
        [
            f"## {rule.id}",
            f"**{rule.level.value}** on {codes(rule.resource_types)}. {rule.info}",
            rule.explanation,
            f"*Remedy.* {rule.remedy}",
            table(["list", "ids"], [(name, ", ".join(ids)) for name, ids in risks.items() if ids]),
            f"Source: <{rule.source.url}> (read {rule.source.read}).",
        ],
    )
