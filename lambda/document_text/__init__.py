"""Plain text of documents, read within bounds: pdf, docx, html, md, txt, csv."""

from document_text.bounded import extract
from document_text.limits import Limits
from document_text.refusals import Refusal, RefusedError
from document_text.results import Aside, Extracted, Hidden, HiddenWay, Kind

__all__ = [
    "Aside",
    "Extracted",
    "Hidden",
    "HiddenWay",
    "Kind",
    "Limits",
    "Refusal",
    "RefusedError",
    "extract",
]
