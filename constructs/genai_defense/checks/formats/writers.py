"""What writes each format of the report."""

from collections.abc import Callable, Sequence

from genai_defense.checks.formats import as_json, as_junit, as_markdown, as_sarif, as_text
from genai_defense.checks.formats.names import Format
from genai_defense.checks.judge import Judgement

WRITERS: dict[Format, Callable[[Sequence[Judgement]], str]] = {
    Format.TEXT: as_text.write,
    Format.JSON: as_json.write,
    Format.SARIF: as_sarif.write,
    Format.JUNIT: as_junit.write,
    Format.MARKDOWN: as_markdown.write,
}
"""What writes each format; every one ends with a line break."""
