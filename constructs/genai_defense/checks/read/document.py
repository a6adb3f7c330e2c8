"""Reads one file as a JSON object, whichever way it is written."""

import json
import math
from pathlib import Path
from typing import Any

from genai_defense.checks.read.errors import UnusableInputError
from genai_defense.checks.read.limits import MAX_BYTES, check_shape
from genai_defense.checks.values import json_object


def read_document(path: Path) -> dict[str, Any]:
    """Read a template, or another object, from a JSON or a YAML file.

    Args:
        path: The file. What begins with `{` is read as JSON.

    Raises:
        UnusableInputError: It is missing, too large, malformed, too deep, or no object.
    """
    text = _text(path)
    try:
        value = _parsed(text)
    except (ValueError, RecursionError) as error:
        kind = "JSON" if _is_json(text) else "YAML"
        raise UnusableInputError(f"{path}: not readable as {kind}: {error}.") from error
    body = json_object(value)
    if body is None:
        raise UnusableInputError(f"{path}: a template is an object with Resources, this is not.")
    check_shape(body, str(path))
    return body


def _text(path: Path) -> str:
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise UnusableInputError(
                f"{path}: {math.ceil(size / 2**20)} MiB; no template is larger than {MAX_BYTES // 2**20} MiB."
            )
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise UnusableInputError(f"{path}: {error.strerror or error}.") from error
    except UnicodeDecodeError as error:
        raise UnusableInputError(f"{path}: not text in UTF-8.") from error


def _is_json(text: str) -> bool:
    return text.lstrip().startswith("{")


def _parsed(text: str) -> object:
    if _is_json(text):
        return json.loads(text)
    from genai_defense.checks.read.yaml_text import load_yaml  # noqa: PLC0415 - most assemblies need no YAML

    return load_yaml(text)
