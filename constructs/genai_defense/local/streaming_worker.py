"""Functions with a runtime of their own, as Lambda starts them: through `AWS_LAMBDA_EXEC_WRAPPER`.

The emulator's managed Python runtime cannot stream, like Lambda's. Its workers for custom runtimes already
speak the Runtime API; this one starts the wrapper script with this machine's Python in place of a
`bootstrap`, and hands on the pieces of a response when they come.
"""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from genai_defense.local.clients import emulator_module

WRAPPER = "AWS_LAMBDA_EXEC_WRAPPER"
_TASK_ROOT = "/var/task/"
_BOOTSTRAP = f"""#!/bin/sh
exec "$LAMBDA_TASK_ROOT/${{{WRAPPER}#{_TASK_ROOT}}}" {sys.executable} /var/runtime/bootstrap.py
"""

Sink = Callable[[bytes], None]


def wraps(config: dict[str, Any]) -> bool:
    """Whether a function names a wrapper script in its own code."""
    variables: dict[str, str] = config.get("Environment", {}).get("Variables", {})
    return variables.get(WRAPPER, "").startswith(_TASK_ROOT)


def with_bootstrap(original: Callable[[bytes], str]) -> Callable[[bytes], str]:
    """The folder of a function's code, with a `bootstrap` that starts the wrapper where there is none."""

    def code_dir(code_zip: bytes) -> str:
        folder = original(code_zip)
        bootstrap = Path(folder) / "bootstrap"
        if not bootstrap.exists():
            bootstrap.write_text(_BOOTSTRAP, encoding="utf-8")
            bootstrap.chmod(0o755)
        return folder

    return code_dir


def with_endpoint(original: Callable[..., dict[str, str]]) -> Callable[..., dict[str, str]]:
    """The environment of a custom runtime, with the emulator's address as managed runtimes get it."""

    def environment(config: dict[str, Any], code_dir: str, port: int) -> dict[str, str]:
        made = original(config, code_dir, port)
        gateway = made.get("GATEWAY_PORT", "4566")
        name = config.get("FunctionName", "")
        return {
            "AWS_ENDPOINT_URL": f"http://127.0.0.1:{gateway}",
            "AWS_LAMBDA_LOG_GROUP_NAME": f"/aws/lambda/{name}",
            **made,
        }

    return environment


def worker_class() -> Any:
    """The worker, built on the emulator's for custom runtimes; `sink` gets the pieces of a response."""
    provided: Any = emulator_module("core.lambda_runtime").ProvidedWorker

    def invoke(worker: Any, event: Any, request_id: str, **options: Any) -> Any:
        # What else managed runtimes are told of an invocation has no place in the Runtime API.
        known = {name: options.get(name) for name in ("trace_id", "invoked_function_arn")}
        return provided.invoke(worker, event, request_id, **known)

    def build(worker: Any, generation: int, pending: Any) -> Any:
        return _handler_class(provided._build_handler_class(worker, generation, pending), worker)  # noqa: SLF001 - patches_streaming.py checks

    return type("WrappedWorker", (provided,), {"sink": None, "invoke": invoke, "_build_handler_class": build})


def _handler_class(base: Any, worker: Any) -> Any:
    """The Runtime API of one environment, which reads chunks when they come."""

    def read_body(handler: Any) -> bytes:
        if "chunked" not in handler.headers.get("Transfer-Encoding", "").lower():
            plain: bytes = base._read_body(handler)  # noqa: SLF001 - patches_streaming.py checks
            return plain
        body = b"".join(_chunks(handler.rfile, worker.sink))
        if _ERROR_TYPE in _trailers(handler.rfile):
            # The emulator knows no error behind a response.
            handler.path = handler.path.replace("/response", "/error")
        return body

    return type("Handler", (base,), {"_read_body": read_body})


_ERROR_TYPE = "lambda-runtime-function-error-type"


def _chunks(stream: Any, sink: Sink | None) -> list[bytes]:
    chunks: list[bytes] = []
    while size := int(stream.readline().strip() or b"0", 16):
        chunk: bytes = stream.read(size)
        stream.readline()
        chunks.append(chunk)
        if sink is not None:
            sink(chunk)
    return chunks


def _trailers(stream: Any) -> list[str]:
    names: list[str] = []
    while line := stream.readline().strip():
        names.append(line.decode("latin-1").partition(":")[0].lower())
    return names
