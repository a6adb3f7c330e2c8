"""The report that test dashboards read: one case a rule and resource."""

from collections import defaultdict
from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from genai_defense.checks.formats.as_text import heading
from genai_defense.checks.judge import Found, Judgement


def write(judgements: Sequence[Judgement]) -> str:
    """Write a suite for each deployment; what is accepted is skipped, with its reason."""
    root = Element("testsuites", name="genai-defense check")
    for judgement in judgements:
        _suite(root, judgement)
    indent(root)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{tostring(root, encoding="unicode")}\n'


def _suite(root: Element, judgement: Judgement) -> None:
    suite = SubElement(root, "testsuite", name=_printable(judgement.path))
    cases: dict[tuple[str, str], list[Found]] = defaultdict(list)
    for kept in judgement.evidence:
        cases[kept.rule, kept.resource] = []
    for found in judgement.findings:
        cases[found.rule, heading(found, judgement)].append(found)
    failures = skipped = 0
    for (rule, resource), findings in sorted(cases.items()):
        case = SubElement(suite, "testcase", classname=rule, name=_printable(resource))
        unaccepted = [found for found in findings if found.is_open]
        if unaccepted:
            failures += 1
            failure = SubElement(
                case, "failure", type=unaccepted[0].level, message=_printable(unaccepted[0].message)
            )
            failure.text = _printable(
                "\n".join(f"{found.message}\nRemedy: {found.remedy}" for found in unaccepted)
            )
        elif findings:
            skipped += 1
            reason = findings[0].acknowledged or "Known: it stands in the baseline."
            SubElement(case, "skipped", message=_printable(reason))
    suite.attrib |= {
        "tests": str(len(cases)),
        "failures": str(failures),
        "errors": "0",
        "skipped": str(skipped),
    }


def _printable(text: str) -> str:
    """Text without the characters that XML cannot hold."""
    return "".join(
        char if char.isprintable() or char in "\n\t" else "\N{REPLACEMENT CHARACTER}" for char in text
    )
