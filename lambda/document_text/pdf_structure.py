"""The objects of a PDF: none may act, hold a file or take content from elsewhere."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, StreamObject, TextStringObject

from document_text.refusals import Refusal, RefusedError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pypdf import PdfReader

    from document_text.limits import Limits

# Actions that do more than turn pages or follow a link that somebody clicks.
_ACTIONS: Final = frozenset(
    {
        "/JavaScript",
        "/Launch",
        "/SubmitForm",
        "/ResetForm",
        "/ImportData",
        "/GoToE",
        "/Rendition",
        "/Movie",
        "/Sound",
        "/RichMediaExecute",
        "/Hide",
        "/SetOCGState",
        "/GoTo3DView",
        "/Thread",
    }
)
_BY_ITSELF: Final = frozenset({"/GoTo"})
_CLICKED: Final = frozenset({"/GoTo", "/URI", "/Named"})
_TURNS: Final = frozenset({"/NextPage", "/PrevPage", "/FirstPage", "/LastPage", "/GoBack", "/GoForward"})
_LINK: Final = re.compile(r"\s*(?:(?:https?|mailto|tel):|[^:\\/]*(?:[/#?]|\Z)|[\w.-]+:\d)", re.IGNORECASE)
_MOST_CHAINED: Final = 50
_REMOTE_ACTIONS: Final = frozenset({"/GoToR"})
_ACTIVE_KEYS: Final = frozenset({"/JS", "/JavaScript", "/XFA", "/RichMediaContent", "/RichMediaSettings"})
_ACTIVE_SUBTYPES: Final = frozenset({"/RichMedia", "/Screen", "/Movie", "/Sound", "/3D"})
_FILE_KEYS: Final = frozenset({"/EmbeddedFiles", "/EF", "/Collection"})
_SPOKEN: Final = frozenset({"/Contents", "/TU", "/RC", "/V", "/DV", "/Alt", "/ActualText", "/E", "/Subj"})


def check_structure(reader: PdfReader, limits: Limits) -> None:
    """Look at every object that the document reaches.

    Raises:
        RefusedError: One acts, holds a file, takes content from elsewhere, or there are too many.
    """
    for found in _dictionaries(reader.trailer, limits):
        _check(found)


def _dictionaries(root: Any, limits: Limits) -> Iterator[DictionaryObject]:
    """Every dictionary below the root, each once."""
    seen: set[tuple[int, int]] = set()
    waiting: list[tuple[Any, int]] = [(root, 0)]
    count = 0
    while waiting:
        value, depth = waiting.pop()
        count += 1
        if count > limits.objects:
            raise RefusedError(Refusal.TOO_COMPLEX)
        if depth > limits.depth:
            raise RefusedError(Refusal.NESTED_TOO_DEEP)
        if isinstance(value, IndirectObject):
            if (value.idnum, value.generation) in seen:
                continue
            seen.add((value.idnum, value.generation))
            # An arrow to another object starts anew: long chains of pages are no nesting.
            waiting.append((value.get_object(), 0))
        elif isinstance(value, DictionaryObject):
            yield value
            waiting += [(inner, depth + 1) for inner in value.values()]
        elif isinstance(value, ArrayObject):
            waiting += [(inner, depth + 1) for inner in value]


def _check(found: DictionaryObject) -> None:
    keys = frozenset(found)
    if keys & _ACTIVE_KEYS:
        raise RefusedError(Refusal.ACTIVE_CONTENT)
    if keys & _FILE_KEYS:
        raise RefusedError(Refusal.EMBEDDED_FILE)
    _check_actions(found)
    action = _name(found, "/S")
    if action in _ACTIONS:
        raise RefusedError(Refusal.ACTIVE_CONTENT)
    if action in _REMOTE_ACTIONS or (isinstance(found, StreamObject) and "/F" in keys):
        # A stream with /F keeps its content in another file.
        raise RefusedError(Refusal.EXTERNAL_REFERENCE)
    subtype = _name(found, "/Subtype")
    if subtype == "/FileAttachment":
        raise RefusedError(Refusal.EMBEDDED_FILE)
    if subtype in _ACTIVE_SUBTYPES and "/Rect" in keys:
        raise RefusedError(Refusal.ACTIVE_CONTENT)
    if "/Ref" in keys and subtype == "/Form":
        raise RefusedError(Refusal.EXTERNAL_REFERENCE)


def _check_actions(found: DictionaryObject) -> None:
    """What happens when the document is opened, closed, printed or turned, and what when somebody clicks."""
    triggers = _resolved(found.get("/AA"))
    if isinstance(triggers, DictionaryObject):
        for trigger in triggers:
            _refuse_other_than(_BY_ITSELF, triggers.get(trigger))
    _refuse_other_than(_BY_ITSELF, found.get("/OpenAction"))
    for key in ("/A", "/PA"):
        _refuse_other_than(_CLICKED, found.get(key))
    if _name(found, "/S") == "/Named" and _name(found, "/N") not in _TURNS:
        raise RefusedError(Refusal.ACTIVE_CONTENT)
    if _name(found, "/S") == "/URI" and "/URI" in found:
        address = _resolved(found.get("/URI"))
        text = address.decode("latin-1") if isinstance(address, bytes) else str(address)
        if _LINK.match(text) is None or text.lstrip().startswith(("//", "\\")):
            raise RefusedError(Refusal.EXTERNAL_REFERENCE)


def _refuse_other_than(allowed: frozenset[str], value: Any) -> None:
    """An action and all that follow it must be among these; a place to go to is none."""
    waiting = [value]
    for _ in range(_MOST_CHAINED):
        if not waiting:
            return
        action = _resolved(waiting.pop())
        if isinstance(action, ArrayObject) and action and isinstance(_resolved(action[0]), DictionaryObject):
            # A place begins with a page, a chain with an action.
            waiting += [item for item in action if "/S" in (_resolved(item) or ())]
        if not isinstance(action, DictionaryObject) or "/S" not in action:
            continue
        kind = _name(action, "/S")
        if kind not in allowed and kind not in _REMOTE_ACTIONS:
            raise RefusedError(Refusal.ACTIVE_CONTENT)
        waiting.append(action.get("/Next"))
    if waiting:
        raise RefusedError(Refusal.TOO_COMPLEX)


def _resolved(value: Any) -> Any:
    return value.get_object() if isinstance(value, IndirectObject) else value


def _name(found: DictionaryObject, key: str) -> str:
    value = found.get(key)
    value = value.get_object() if isinstance(value, IndirectObject) else value
    return value if isinstance(value, str) else ""


def asides_of(reader: PdfReader) -> Iterator[tuple[str, str]]:
    """What a PDF says beside its pages: metadata, annotations, values of fields, other readings."""
    metadata: Any = reader.metadata or {}
    for value in metadata.values():
        yield "metadata", str(value)
    root: Any = reader.trailer["/Root"]
    packet = root.get("/Metadata")
    if packet is not None:
        yield "metadata", packet.get_object().get_data().decode("utf-8", "replace")
    forms = root.get("/AcroForm")
    fields = reader.get_fields() if forms is not None else None
    for field in (fields or {}).values():
        yield from _spoken(field)
    for page in reader.pages:
        for annotation in page.get("/Annots") or ():
            resolved = annotation.get_object()
            if isinstance(resolved, DictionaryObject):
                yield from _spoken(resolved)


def _spoken(found: Any) -> Iterator[tuple[str, str]]:
    for key in _SPOKEN & frozenset(found):
        value = found.get(key)
        value = value.get_object() if isinstance(value, IndirectObject) else value
        if isinstance(value, TextStringObject):
            yield "annotation", str(value)
