"""What writes each format of the provers' report."""

from collections.abc import Callable, Sequence

from genai_defense.proofs.formats import as_json, as_markdown, as_text
from genai_defense.proofs.names import ProofFormat
from genai_defense.proofs.proven import Proven

WRITERS: dict[ProofFormat, Callable[[Sequence[Proven]], str]] = {
    ProofFormat.TEXT: as_text.write,
    ProofFormat.JSON: as_json.write,
    ProofFormat.MARKDOWN: as_markdown.write,
}
"""What writes each format; every one ends with a line break."""
