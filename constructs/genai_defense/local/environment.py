"""Keeps the user's own AWS accounts and proxies out of the local run."""

import contextlib
import os
from collections.abc import Generator

_UNPROXIED = "127.0.0.1,localhost"
# Everything else stays outside: a credential, an endpoint or a proxy would lead a child off the laptop.
_INHERITED = (
    "PATH", "HOME", "LANG", "LC_ALL", "TERM", "SHELL", "USER", "VIRTUAL_ENV", "PYTHONPATH",
    "JSII_RUNTIME_PACKAGE_CACHE",
)  # fmt: skip
# No file of the user's, no instance role.
NO_AWS_ACCOUNT = {
    "AWS_CONFIG_FILE": os.devnull,
    "AWS_EC2_METADATA_DISABLED": "true",
    "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
}


def clean_environment() -> dict[str, str]:
    """What every child of the local run inherits from the user's shell."""
    kept = {name: os.environ[name] for name in _INHERITED if name in os.environ}
    return {**kept, "NO_PROXY": _UNPROXIED, "no_proxy": _UNPROXIED, "PYTHONUNBUFFERED": "1"}


@contextlib.contextmanager
def sealed() -> Generator[None]:
    """Hide the user's AWS settings and proxies from this process, too."""
    before = dict(os.environ)
    hidden = [name for name in before if name.startswith("AWS_") or name.lower().endswith("_proxy")]
    for name in hidden:
        del os.environ[name]
    os.environ.update(NO_AWS_ACCOUNT)
    try:
        yield
    finally:
        for name in NO_AWS_ACCOUNT:
            os.environ.pop(name, None)
        os.environ.update({name: before[name] for name in hidden})
