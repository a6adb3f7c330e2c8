"""What these tests cannot do without, and what becomes of them where it is missing."""

import os
import shutil

import pytest

_TOOLS = ("suricata", "ip", "iptables", "curl", "openssl")


def need(reason: str) -> None:
    """Fail where CI runs the tests; elsewhere leave them out, and say so loudly.

    Args:
        reason: What is missing; empty when nothing is.
    """
    if reason and os.environ.get("CI") == "true":
        pytest.fail(f"The firewall's rules meet no traffic: {reason}")
    if reason:
        pytest.skip(f"THE FIREWALL'S RULES MEET NO TRAFFIC: {reason}")


def missing_tools() -> str:
    """Which tools are missing, and how to install them; empty when none is."""
    missing = ", ".join(tool for tool in _TOOLS if shutil.which(tool) is None)
    return missing and f"{missing} missing on the PATH. Install it: .ci/suricata (Debian, as root)."
