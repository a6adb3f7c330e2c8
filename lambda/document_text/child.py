"""The process that reads a stranger's file: first it ties its own hands, then it imports the readers.

Run as a script by ``bounded``, with the file on standard input and the answer on standard output. It gets no
environment, so that it holds no credentials.
"""

from __future__ import annotations

import json
import resource
import sys
from pathlib import Path

_SPARE_OUTPUT = 4 * 1024 * 1024
_BYTES_PER_CHAR = 12
"""A character beyond the first plane is twelve bytes of JSON."""


def tie(*, memory_bytes: int, cpu_seconds: int, output_bytes: int) -> None:
    """Bound this process for good.

    Args:
        memory_bytes: Address space.
        cpu_seconds: Processor time; one second later the kernel kills.
        output_bytes: Most that any file may hold.
    """
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (output_bytes, output_bytes))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # Nobody but root starts another process from here.
    resource.setrlimit(resource.RLIMIT_NPROC, (0, 0))


def main(name: str, bounds: str) -> None:
    """Read the document on standard input.

    Args:
        name: Its file name.
        bounds: The limits as JSON.
    """
    values = json.loads(bounds)
    tie(
        memory_bytes=values["memory_bytes"],
        cpu_seconds=values["cpu_seconds"],
        output_bytes=values["text_chars"] * _BYTES_PER_CHAR + _SPARE_OUTPUT,
    )
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
    # Deep enough for every document that the limits allow, shallow enough for the stack.
    sys.setrecursionlimit(2000)
    from document_text.limits import Limits  # noqa: PLC0415 - nothing is imported before the bounds hold
    from document_text.reading import read  # noqa: PLC0415 - see above
    from document_text.refusals import Refusal, RefusedError  # noqa: PLC0415 - see above
    from document_text.wire import dump  # noqa: PLC0415 - see above

    try:
        answer = dump(read(name, sys.stdin.buffer.read(), Limits(**values)))
    except RefusedError as error:
        answer = dump(error.refusal)
    except MemoryError:
        answer = dump(Refusal.TOOK_TOO_MUCH_MEMORY)
    except RecursionError:
        answer = dump(Refusal.NESTED_TOO_DEEP)
    except Exception:  # noqa: BLE001 - fail closed: a reader that broke has not read
        answer = dump(Refusal.DAMAGED)
    sys.stdout.buffer.write(answer)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
