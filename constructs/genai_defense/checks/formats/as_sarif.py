"""The report that code scanning reads.

Source: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html (read 2026-11-24).
"""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import quote

from genai_defense import __version__
from genai_defense.checks.baseline import steady
from genai_defense.checks.judge import Found, Judgement
from genai_defense.checks.pack import all_rules
from genai_defense.checks.rule import Rule

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_FINGERPRINT = "genaiDefense/v1"


def write(judgements: Sequence[Judgement]) -> str:
    """Write one run; what is accepted is a suppressed result, with its reason."""
    asked = sorted({rule_id for judgement in judgements for rule_id in judgement.counts})
    known = {rule.id: rule for rule in all_rules()}
    run = {
        "tool": {
            "driver": {
                "name": "genai-defense",
                "semanticVersion": __version__,
                "rules": [_rule(rule_id, known.get(rule_id)) for rule_id in asked],
            }
        },
        "columnKind": "unicodeCodePoints",
        "results": [
            _result(found, asked.index(found.rule), nth)
            for judgement in judgements
            for nth, found in _numbered(judgement.findings)
        ],
    }
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2) + "\n"


def _rule(rule_id: str, rule: Rule | None) -> dict[str, Any]:
    if rule is None:
        return {"id": rule_id}
    return {
        "id": rule.id,
        "shortDescription": {"text": rule.info},
        "fullDescription": {"text": f"{rule.info} {rule.explanation}"},
        "help": {"text": rule.remedy},
        "helpUri": rule.source.url,
        "defaultConfiguration": {"level": rule.level.value},
        "properties": {"tags": ["security", *rule.mapping.owasp_llm_2025, *rule.mapping.owasp_agentic]},
    }


def _numbered(findings: Sequence[Found]) -> Iterator[tuple[int, Found]]:
    """Each finding, and how many before it have its fingerprint: places in one list have the same path."""
    seen: Counter[str] = Counter()
    for found in findings:
        known = fingerprint(found)
        yield seen[known], found
        seen[known] += 1


def _result(found: Found, index: int, nth: int) -> dict[str, Any]:
    name = "/".join(filter(None, (found.resource, found.path.replace(".", "/"))))
    result: dict[str, Any] = {
        "ruleId": found.rule,
        "ruleIndex": index,
        "level": found.level,
        "message": {"text": f"{found.message} Remedy: {found.remedy}"},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": quote(Path(found.template).as_posix())},
                    "region": {"startLine": 1},
                },
                "logicalLocations": [
                    {"name": found.resource, "fullyQualifiedName": name, "kind": "resource"}
                ],
            }
        ],
        "partialFingerprints": {_FINGERPRINT: fingerprint(found, nth)},
        "properties": {"status": found.status, "resourceType": found.resource_type},
    }
    if not found.is_open:
        reason = found.acknowledged or "Known: it stands in the baseline."
        kind = "inSource" if found.acknowledged else "external"
        result["suppressions"] = [{"kind": kind, "justification": reason}]
    return result


def fingerprint(found: Found, nth: int = 0) -> str:
    """What stays the same while a finding does, whatever the wording and the order of resources.

    Args:
        found: The finding.
        nth: How many findings of the same rule, resource and path come before it.
    """
    parts = (
        found.rule,
        Path(found.template).name,
        found.resource,
        steady(found.path),
        *([str(nth)] * (nth > 0)),
    )
    return sha256("\n".join(parts).encode()).hexdigest()[:32]
