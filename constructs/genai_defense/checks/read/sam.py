"""Expands SAM templates, and remembers which resource of the author each generated one comes from."""

from __future__ import annotations

import copy
import logging
from importlib import import_module
from typing import TYPE_CHECKING, Any

from genai_defense.checks.read.errors import UnusableInputError
from genai_defense.checks.read.sam_local import pretend_packaged
from genai_defense.checks.values import json_object

if TYPE_CHECKING:
    from collections.abc import Mapping

SAM_TRANSFORM = "AWS::Serverless-2016-10-31"
SAM_PREFIX = "AWS::Serverless::"
_SOURCE = "genai-defense:source"
# The implicit APIs of a template, the event of a function that makes SAM add one, and the property by which
# an event names an API that somebody wrote.
_IMPLICIT = {"ServerlessRestApi": ("Api", "RestApiId"), "ServerlessHttpApi": ("HttpApi", "ApiId")}


def is_sam(body: Mapping[str, Any]) -> bool:
    """Whether a template asks for the SAM transform."""
    transform = body.get("Transform")
    return SAM_TRANSFORM in (transform if isinstance(transform, list) else [transform])


def expand(body: dict[str, Any], name: str) -> tuple[dict[str, Any], dict[str, str]]:
    """Expand a SAM template as AWS does.

    Managed policies named without an ARN keep their name: their text is AWS's and no template's.

    Args:
        body: The template; it is not changed.
        name: Its file, for messages.

    Returns:
        The CloudFormation template, and for each generated logical id the SAM resource it comes from.

    Raises:
        UnusableInputError: SAM refuses the template.
    """
    # Importing it takes a second, which only SAM templates pay; it ships no types.
    exceptions = import_module("samtranslator.model.exceptions")

    marked = copy.deepcopy(body)
    resources = json_object(marked.get("Resources")) or {}
    for logical_id, raw in resources.items():
        resource = json_object(raw) or {}
        if str(resource.get("Type")).startswith(SAM_PREFIX):
            metadata = json_object(resource.get("Metadata")) or {}
            resource["Metadata"] = {**metadata, _SOURCE: logical_id}
    try:
        pretend_packaged(marked)
        expanded = _translate(marked)
    except exceptions.InvalidDocumentException as error:
        causes = "; ".join(str(cause.message) for cause in error.causes)
        raise UnusableInputError(f"{name}: SAM refuses it: {causes}") from error
    except exceptions.ExceptionWithMessage as error:
        raise UnusableInputError(f"{name}: SAM refuses it: {error.message}") from error
    except Exception as error:  # the translator meets malformed templates with whatever comes up
        raise UnusableInputError(f"{name}: SAM cannot expand it: {error!r}.") from error
    # The translator writes into what it is given: it names the implicit API in the events that have none.
    return expanded, _sources(expanded, json_object(body.get("Resources")) or {})


def _translate(body: dict[str, Any]) -> dict[str, Any]:
    from boto3.session import Session  # noqa: PLC0415 - it comes with the translator

    parser = import_module("samtranslator.parser.parser")
    translator = import_module("samtranslator.translator.translator")

    logging.getLogger("samtranslator").setLevel(logging.CRITICAL)
    # The Region gives the partition of generated ARNs; without it the shell's would.
    session = Session(region_name="us-east-1")
    sam = translator.Translator({}, parser.Parser(), boto_session=session)
    expanded: dict[str, Any] = sam.translate(body, {}, passthrough_metadata=True)
    return expanded


def _sources(expanded: dict[str, Any], originals: dict[str, Any]) -> dict[str, str]:
    found: dict[str, str] = {}
    for logical_id, resource in (json_object(expanded.get("Resources")) or {}).items():
        if logical_id in originals and not str(originals[logical_id].get("Type")).startswith(SAM_PREFIX):
            continue
        metadata = json_object(resource.get("Metadata")) or {}
        source = metadata.pop(_SOURCE, None) or _guessed(logical_id, originals)
        if source:
            found[logical_id] = source
    return found


def _guessed(logical_id: str, originals: dict[str, Any]) -> str | None:
    """Generated ids begin with the id of their resource; an implicit API belongs to who has its event."""
    for implicit, (event, own) in _IMPLICIT.items():
        if logical_id.startswith(implicit):
            return next((name for name, one in originals.items() if _has_event(one, event, own)), None)
    fitting = [name for name in originals if logical_id.startswith(name)]
    return max(fitting, key=len, default=None)


def _has_event(resource: dict[str, Any], kind: str, own: str) -> bool:
    properties = json_object(resource.get("Properties")) or {}
    events = json_object(properties.get("Events")) or {}
    for event in map(json_object, events.values()):
        if event and event.get("Type") == kind and own not in (json_object(event.get("Properties")) or {}):
            return True
    return False
