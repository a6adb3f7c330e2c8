"""Whether a document that was read may be published."""

from document_screen.causes import Cause, Found
from document_screen.screen import QUARANTINED, DocumentScreen, Judgement

__all__ = ["QUARANTINED", "Cause", "DocumentScreen", "Found", "Judgement"]
