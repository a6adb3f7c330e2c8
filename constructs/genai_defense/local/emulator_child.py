"""The emulator's own process: `python -m genai_defense.local.emulator_child DESCRIPTOR`.

Its standard input is the leash to the local run (see leash.py); the descriptor is a socket that listens,
so that no other process can take the port in between.
"""

import asyncio
import os
import resource
import signal
import sys
from types import FrameType
from typing import Any, NoReturn

import hypercorn.asyncio
from hypercorn.config import Config

from genai_defense.local import (
    patches,
    patches_documents,
    patches_streaming,
    patches_tools,
    provisioners,
    security_hub,
)
from genai_defense.local.clients import emulator_module
from genai_defense.local.leash import hold


def _raise_descriptor_limit() -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft < hard:
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


def _end(_number: int, _frame: FrameType | None) -> NoReturn:
    os._exit(0)


def main() -> int:
    """Serve until the leash is let go."""
    if os.getpgid(0) != os.getpid():
        sys.exit("emulator_child: must lead its own process group")
    hold()
    _raise_descriptor_limit()
    signal.signal(signal.SIGTERM, _end)
    application = emulator_module("app").app
    provisioners.install()
    patches.install()
    patches_documents.install()
    patches_tools.install()
    patches_streaming.install()
    security_hub.install()
    config = Config()
    config.bind = [f"fd://{sys.argv[1]}"]
    config.keep_alive_timeout = 75
    # hypercorn types its own ASGI callables only half.
    serve: Any = getattr(hypercorn.asyncio, "serve")  # noqa: B009 - keeps the half-typed name from pyright
    asyncio.run(serve(application, config))
    return 0


if __name__ == "__main__":
    sys.exit(main())
