"""A team that installs only the wheel synthesizes every construct, functions included."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from genai_defense.checks.report import read_validation_report

ROOT = Path(__file__).resolve().parents[1]
APP = """
import genai_defense
from aws_cdk import App, Duration, Environment, Stack
from aws_cdk import aws_ec2 as ec2
from genai_defense.application import FunctionHosting, PrivateFunction
from genai_defense.data import DataKey

assert genai_defense.__file__.startswith({site!r}), genai_defense.__file__
app = App(outdir="cdk.out")
stack = Stack(app, "Foreign", env=Environment(region="eu-west-1"))
key = DataKey(stack, "Key", data_class="logs")
key.allow_log_groups()
vpc = ec2.Vpc(
    stack,
    "Vpc",
    availability_zones=["eu-west-1a", "eu-west-1b"],
    nat_gateways=0,
    subnet_configuration=[
        ec2.SubnetConfiguration(name="private", subnet_type=ec2.SubnetType.PRIVATE_ISOLATED),
    ],
)
hosting = FunctionHosting(vpc=vpc, encryption_key=key)
PrivateFunction(
    stack,
    "Function",
    packages=("guardrail", "function_environment", "guardrail_engine"),
    hosting=hosting,
    environment={{}},
    timeout=Duration.seconds(20),
)
app.synth()
"""


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """The wheel, unpacked as an installer does it."""
    command = ["uv", "build", "--wheel", "--no-build-isolation", "--quiet", "--python", sys.executable]
    subprocess.run([*command, "--out-dir", str(tmp_path), str(ROOT)], check=True, timeout=120)
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "site")
    return tmp_path / "site"


def test_the_wheel_alone_synthesizes_a_function(site: Path, tmp_path: Path) -> None:
    (tmp_path / "app.py").write_text(APP.format(site=str(site)))
    environment = {**os.environ, "PYTHONPATH": str(site)}
    result = subprocess.run(
        [sys.executable, "app.py"],
        cwd=tmp_path,
        env=environment,
        text=True,
        capture_output=True,
        check=False,
        timeout=120,
    )
    assert result.returncode == 0, result.stderr
    assert read_validation_report(tmp_path / "cdk.out").failures == ()
    (handler,) = tmp_path.glob("cdk.out/asset.*/guardrail/handler.py")
    assert (handler.parents[1] / "aws_lambda_powertools" / "__init__.py").exists()


def test_the_wheel_carries_no_test_and_no_stack_of_the_sample(site: Path) -> None:
    top = {path.name for path in site.iterdir()}
    assert {name for name in top if not name.endswith(".dist-info")} == {"genai_defense"}
    assert not list(site.rglob("__pycache__"))


def test_the_wheel_carries_the_chat_page_and_what_it_loads(site: Path) -> None:
    where = "from genai_defense.user_interface.chat_page_files import chat_page_folders as f; print(*f())"
    environment = {**os.environ, "PYTHONPATH": str(site)}
    result = subprocess.run(
        [sys.executable, "-c", where],
        cwd=site,
        env=environment,
        text=True,
        capture_output=True,
        check=True,
        timeout=60,
    )
    page, vendored = map(Path, result.stdout.split())
    assert page.is_relative_to(site)
    assert vendored.is_relative_to(site)
    assert (page / "index.html").is_file()
    assert (page / "app" / "main.js").is_file()
    assert {path.name for path in (vendored / "vendor").glob("*.js")} == {"marked.js", "purify.js"}
    assert len(list((vendored / "vendor").glob("*.LICENSE.txt"))) == 2
