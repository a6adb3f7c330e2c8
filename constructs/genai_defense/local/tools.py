"""The programs that the local run needs, looked for before anything is started."""

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from genai_defense.local.errors import LocalRunError

MINIMUM_NODE = 22


@dataclass(frozen=True, kw_only=True)
class Tools:
    """What was found.

    Attributes:
        cdk: The CDK CLI.
        path: PATH for the children: this Python's folder and the project's node_modules come first.
    """

    cdk: str
    path: str


def search_path(root: Path) -> str:
    """PATH with this checkout's own tools in front."""
    own = [str(Path(sys.executable).parent), str(root / "node_modules" / ".bin")]
    return os.pathsep.join([*own, os.environ.get("PATH", os.defpath)])


def _node_major(node: str) -> tuple[int, str]:
    try:
        said = subprocess.run(  # noqa: S603 - the node found on PATH
            [node, "--version"], capture_output=True, text=True, timeout=30, check=True
        ).stdout
    except (OSError, subprocess.SubprocessError):
        return 0, "an unknown version"
    match = re.match(r"v(\d+)\.", said)
    return (int(match.group(1)) if match else 0), said.strip()


def find_tools(root: Path) -> Tools:
    """Look for Node.js and the CDK CLI.

    Raises:
        LocalRunError: One of them is missing or too old.
    """
    path = search_path(root)
    node = shutil.which("node", path=path)
    if node is None:
        raise LocalRunError(
            f"Node.js is not installed; the CDK CLI needs version {MINIMUM_NODE} or later.",
            "Run make setup, which installs one beside this Python, or install Node.js yourself.",
        )
    major, version = _node_major(node)
    if major < MINIMUM_NODE:
        raise LocalRunError(
            f"{node} is {version}; the CDK CLI needs version {MINIMUM_NODE} or later.",
            "Run make setup, which installs one beside this Python, or put a newer Node.js first on PATH.",
        )
    cdk = shutil.which("cdk", path=path)
    if cdk is None:
        raise LocalRunError(
            f"The CDK CLI (cdk) is neither in {root / 'node_modules'} nor on PATH.",
            "Run make setup, or: npm ci --ignore-scripts",
        )
    return Tools(cdk=cdk, path=path)
