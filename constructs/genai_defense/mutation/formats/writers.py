"""What writes each format of the report."""

from collections.abc import Callable

from genai_defense.mutation.formats import as_json, as_markdown, as_text
from genai_defense.mutation.formats.names import MutationFormat
from genai_defense.mutation.report import Report

WRITERS: dict[MutationFormat, Callable[[Report], str]] = {
    MutationFormat.TEXT: as_text.write,
    MutationFormat.JSON: as_json.write,
    MutationFormat.MARKDOWN: as_markdown.write,
}
"""What writes each format; every one ends with a line break."""
