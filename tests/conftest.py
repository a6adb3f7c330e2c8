"""What every test shares: the checkout's own tools, and one synthesized assembly per profile and run."""

import json
import os
import runpy
import subprocess
import sys
from collections.abc import Callable, Generator
from functools import partial
from pathlib import Path
from typing import Any
from unittest import mock

# jsii starts the first `node` on PATH when aws_cdk is imported: let it be the one that set-up chose,
# when pytest is called by hand.
os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
os.environ["JSII_RUNTIME_PACKAGE_CACHE"] = "enabled"

import aws_cdk as cdk
import hypothesis
import pytest
from aws_cdk import assertions
from aws_cdk import aws_kms as kms
from filelock import FileLock

from tests.local_run import LocalRun, shared_run

# How long an example takes says how busy the machine is, and nothing about what is promised.
hypothesis.settings.register_profile("kit", deadline=None)
hypothesis.settings.load_profile("kit")

ROOT = Path(__file__).resolve().parents[1]
Synthesize = Callable[..., subprocess.CompletedProcess[str]]
SynthesizeProfile = Callable[[Path, str, dict[str, Any]], None]


def _context() -> dict[str, Any]:
    context: dict[str, Any] = json.loads((ROOT / "cdk.json").read_text())["context"]
    return context


def _synthesize(
    outdir: Path,
    *,
    profile: str | None = None,
    context: dict[str, Any] | None = None,
    cwd: Path = ROOT,
    program: tuple[str, ...] = (str(ROOT / "app.py"),),
) -> subprocess.CompletedProcess[str]:
    """Run app.py as the CDK CLI does: context and output folder by environment, and no AWS in sight."""
    settings = _context() | {"aws:cdk:enable-path-metadata": True} | (context or {})
    if profile is not None:
        settings["profile"] = profile
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("AWS_", "CDK_"))}
    environment |= {"CDK_OUTDIR": str(outdir), "CDK_CONTEXT_JSON": json.dumps(settings)}
    return subprocess.run(
        [sys.executable, *program],
        cwd=cwd,
        env=environment,
        text=True,
        capture_output=True,
        check=False,
        timeout=900,
    )


@pytest.fixture(scope="session")
def synthesize() -> Synthesize:
    """Synthesize the app into a folder; see `_synthesize`."""
    return _synthesize


@pytest.fixture(scope="session")
def synthesize_profile() -> SynthesizeProfile:
    """Synthesize the app with a change to one profile, under all checks, into a folder.

    It runs app.py in this process: what the CDK, its checks and Node need to start costs more than a synth.
    """

    def synthesize(outdir: Path, profile: str, change: dict[str, Any]) -> None:
        context = _context()
        context["profiles"][profile] |= change
        context["profile"] = profile
        with mock.patch.object(cdk, "App", partial(cdk.App, outdir=str(outdir), context=context)):
            runpy.run_path(str(ROOT / "app.py"))

    return synthesize


@pytest.fixture(scope="session")
def shared_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all workers of the run know."""
    folder = tmp_path_factory.getbasetemp()
    return folder.parent if "PYTEST_XDIST_WORKER" in os.environ else folder


@pytest.fixture(scope="session")
def local_run(shared_folder: Path) -> Generator[LocalRun]:
    """The chatbot, deployed to the embedded AWS once for all workers of the run."""
    with shared_run(shared_folder) as run:
        yield run


@pytest.fixture(scope="session")
def assembly_of(shared_folder: Path) -> Callable[[str], Path]:
    """The cloud assembly of a profile, synthesized once for all workers of the run.

    `management` is that of the management account, by the settings of prod. `make` has just synthesized all
    three, and says so by `SYNTHESIZED`.
    """

    def assembly(profile: str) -> Path:
        if "SYNTHESIZED" in os.environ:
            return ROOT / ("cdk.out" if profile == "dev" else f"cdk.out.{profile}")
        outdir = shared_folder / f"cdk.out.{profile}"
        with FileLock(f"{outdir}.lock"):
            if not (outdir / "manifest.json").exists():
                if profile == "management":
                    app = ("-m", "stacks.management_app")
                    result = _synthesize(outdir, profile="prod", program=app)
                else:
                    result = _synthesize(outdir, profile=profile)
                assert result.returncode == 0, result.stderr
        return outdir

    return assembly


@pytest.fixture
def stack() -> cdk.Stack:
    """An empty stack of somebody else: no feature flags, no settings, nothing of the kit's own stacks."""
    return cdk.Stack(cdk.App(), "Foreign", env=cdk.Environment(region="eu-west-1"))


@pytest.fixture
def template(stack: cdk.Stack) -> Callable[[], assertions.Template]:
    """Synthesize `stack` when the test is done building."""
    return lambda: assertions.Template.from_stack(stack)


@pytest.fixture
def log_key(stack: cdk.Stack) -> kms.Key:
    """The foreign stack's own key, which the constructs are given."""
    return kms.Key(stack, "ForeignKey")
