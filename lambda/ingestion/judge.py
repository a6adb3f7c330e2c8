"""Comes to a verdict on one upload: the malware scan's word first, then the reader's, then the screen's."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from document_text import RefusedError
from ingestion.event import CLEAN, THREATS
from ingestion.verdict import Kept, Verdict, kept, refused, screened

if TYPE_CHECKING:
    from collections.abc import Callable

    from document_screen import DocumentScreen
    from document_text import Extracted, Limits
    from ingestion.event import Landed

_TITLE_CHARS: Final = 200


@dataclass(frozen=True, slots=True)
class Judge:
    """Judges uploads.

    Args:
        limits: What reading one document may cost.
        screen: Looks at what was read.
        extract: Reads a document within bounds.
    """

    limits: Limits
    screen: DocumentScreen
    extract: Callable[[str, bytes, Limits], Extracted]

    def scanned(self, landed: Landed, tag: str | None) -> Verdict | None:
        """What the malware scan's word comes to; None when document and tag are clean.

        Args:
            landed: The event.
            tag: The status as tagged on the version.
        """
        said = {landed.scan_status, tag or CLEAN}
        detail = ", ".join(landed.threats)
        if THREATS in said:
            return Verdict((kept(Kept.MALWARE, detail),))
        if said != {CLEAN}:
            return Verdict((kept(Kept.NOT_SCANNED, ", ".join(sorted(said - {CLEAN}))),))
        return None

    def read(self, file_name: str, data: bytes) -> Verdict:
        """What reading and screening come to.

        Raises:
            Exception: The reader could not be started, or the screen raised: nothing is known, and the upload
                is judged again.
        """
        try:
            document = self.extract(file_name, data, self.limits)
        except RefusedError as error:
            return Verdict((refused(error.refusal),))
        judgement = self.screen.judge(file_name, document)
        hidden: Counter[str] = Counter()
        for piece in document.hidden:
            hidden[piece.way] += piece.chars
        facts = {
            "type": document.kind,
            "pages": document.pages,
            "text_chars": len(judgement.text),
            "text_sha256": hashlib.sha256(judgement.text.encode()).hexdigest() if judgement.clean else None,
            "hidden_chars": dict(hidden),
            "masked": dict(judgement.masked),
        }
        if not judgement.clean:
            return Verdict(tuple(map(screened, judgement.found)), facts=facts)
        title = judgement.title or file_name.rpartition(".")[0]
        return Verdict((), judgement.text, title[:_TITLE_CHARS], facts)
