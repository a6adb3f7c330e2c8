"""Reads a document in a process of its own, with time, memory and output bounded by the kernel."""

from __future__ import annotations

import dataclasses
import json
import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from document_text.refusals import Refusal, RefusedError
from document_text.types import kind_of_name
from document_text.wire import load

if TYPE_CHECKING:
    from document_text.limits import Limits
    from document_text.results import Extracted

_CHILD: Final = str(Path(__file__).with_name("child.py"))
_KEPT: Final = ("LD_LIBRARY_PATH",)
_TIMED: Final = frozenset({-signal.SIGXCPU, -signal.SIGKILL})


def extract(name: str, data: bytes, limits: Limits) -> Extracted:
    """Read one document, whatever it does to its reader.

    Args:
        name: File name of the document.
        data: Its content.
        limits: What reading may cost.

    Returns:
        What people see of it, what they do not, and what stands beside.

    Raises:
        RefusedError: It is not read, or reading it did not end well.
        OSError: The process could not be started; nothing is known about the document.
    """
    if len(data) > limits.document_bytes:
        raise RefusedError(Refusal.TOO_LARGE)
    kind_of_name(name)
    # -I: no variable or user site of this machine reaches the interpreter. Of the environment only the path
    # of Lambda's libraries goes along, so the process holds no credentials.
    command = [sys.executable, "-I", "-B", _CHILD, name, json.dumps(dataclasses.asdict(limits))]
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as answered:
        given.write(data)
        given.seek(0)
        try:
            ended = subprocess.run(  # noqa: S603 - our own script; the name is an argument and no shell reads it
                command,
                stdin=given,
                stdout=answered,
                stderr=subprocess.DEVNULL,
                env={key: os.environ[key] for key in _KEPT if key in os.environ},
                check=False,
                timeout=limits.wall_seconds,
            )
        except subprocess.TimeoutExpired as error:
            raise RefusedError(Refusal.TOOK_TOO_LONG) from error
        if ended.returncode != 0:
            raise RefusedError(_why(ended.returncode))
        answered.seek(0)
        return load(answered.read())


def _why(code: int) -> Refusal:
    if code in _TIMED:
        return Refusal.TOOK_TOO_LONG
    # An interpreter without memory ends in several ways, and a crash of one is no reading either.
    return Refusal.TOOK_TOO_MUCH_MEMORY
