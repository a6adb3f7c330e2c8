"""What the CDK CLI is told, and what its failures say."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from genai_defense.local import cdk_cli
from genai_defense.local.cdk_cli import CdkCli, Running, fault_lines, finish, progress_of, read_outputs
from genai_defense.local.emulator import Endpoint
from genai_defense.local.errors import LocalRunError
from genai_defense.local.tools import Tools
from genai_defense.local.workspace import Workspace

MakeProgram = Callable[[str, str], Path]
_ENDPOINT = Endpoint(url="http://127.0.0.1:9", account="123456789012", region="eu-west-1")


def _cli(workspace: Workspace, cdk: Path) -> CdkCli:
    tools = Tools(cdk=str(cdk), path=os.defpath)
    return CdkCli(workspace=workspace, tools=tools, endpoint=_ENDPOINT, profile="prod")


def _run(*commands: Running, timeout: float = 20.0) -> list[str]:
    details: list[str] = []
    finish(list(commands), details.append, timeout=timeout)
    return details


def test_a_broken_command_shows_its_end_and_its_log(workspace: Workspace, program: MakeProgram) -> None:
    cli = _cli(workspace, program("cdk", "echo starting; echo 'Error: the stack is crooked'; exit 3"))
    with pytest.raises(
        LocalRunError, match=r"(?s)cdk synth ended with exit code 3:\n.*the stack is crooked"
    ) as failure:
        _run(cli.synth())
    assert str(workspace.log("cdk-synth")) in str(failure.value)


def test_a_full_disk_is_told_as_such(workspace: Workspace, program: MakeProgram) -> None:
    cli = _cli(workspace, program("cdk", "echo 'ENOSPC: no space left on device, write'; exit 1"))
    with pytest.raises(LocalRunError, match="The disk is full: free some room"):
        _run(cli.deploy())


def test_an_unknown_resource_type_names_where_to_add_it(workspace: Workspace, program: MakeProgram) -> None:
    cli = _cli(workspace, program("cdk", "echo 'Unrecognized resource types: [AWS::New::Thing]'; exit 1"))
    with pytest.raises(LocalRunError, match=r"AWS::New::Thing(.|\n)*provisioners_recorded\.py"):
        _run(cli.deploy())


def test_a_command_that_hangs_is_stopped(workspace: Workspace, program: MakeProgram) -> None:
    command = _cli(workspace, program("cdk", "sleep 600")).deploy()
    with pytest.raises(LocalRunError, match="did not finish within 1 s"):
        _run(command, timeout=1.0)
    assert not command.child.running()


def test_one_failure_stops_the_command_beside_it(workspace: Workspace, program: MakeProgram) -> None:
    cli = _cli(workspace, program("cdk", 'test "$1" = synth && exit 1; sleep 600'))
    bootstrap = cli.bootstrap()
    with pytest.raises(LocalRunError, match="cdk synth"):
        _run(cli.synth(), bootstrap)
    assert not bootstrap.child.running()


def test_progress_is_passed_on(workspace: Workspace, program: MakeProgram) -> None:
    event = "Stack-A |   3 | 5:54:56 AM | CREATE_COMPLETE | AWS::KMS::Key | Key (Key1)"
    assert progress_of(event) == "Stack-A, 3 resources, AWS::KMS::Key"
    assert progress_of("anything else") is None
    cli = _cli(workspace, program("cdk", f"echo '{event}'; sleep 0.5"))
    assert "Stack-A, 3 resources, AWS::KMS::Key" in _run(cli.deploy())


def test_the_summary_of_a_failed_deployment_is_what_is_shown() -> None:
    log = "noise\nCREATE_FAILED early\nFailed resources:\nStack | CREATE_FAILED | reason\nits second line"
    assert fault_lines(log) == log.split("\n")[2:]


def test_a_failed_synth_tells_the_whole_reason(workspace: Workspace, program: MakeProgram) -> None:
    said = """Bundling asset A/Code/Stage...
profile 'dev' in cdk.json cannot be used:
  retention.audit_days: 0: should be greater than or equal to 1
.venv/bin/python app.py: Subprocess exited with error 1"""
    cli = _cli(workspace, program("cdk", f"cat >&2 <<'END'\n{said}\nEND\nexit 1"))
    with pytest.raises(LocalRunError, match=r"retention.audit_days: 0: should be") as caught:
        _run(cli.synth())
    assert "Bundling" not in str(caught.value)


def test_a_disk_that_filled_up_is_named_even_if_the_log_could_not_say_so(
    workspace: Workspace,
    program: MakeProgram,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    full = shutil.disk_usage(workspace.state)._replace(free=0)
    cli = _cli(workspace, program("cdk", "exit 1"))
    running = cli.synth()

    def disk_usage(_path: object) -> object:
        return full

    monkeypatch.setattr(shutil, "disk_usage", disk_usage)
    with pytest.raises(LocalRunError, match="disk is full"):
        _run(running)


def test_a_log_without_a_word_of_failure_shows_its_end() -> None:
    assert fault_lines("\n".join(map(str, range(50)))) == [str(number) for number in range(38, 50)]


def test_the_cli_sees_the_emulator_and_nothing_of_the_user(
    workspace: Workspace, program: MakeProgram, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_PROFILE", "production")
    monkeypatch.setenv("AWS_SESSION_TOKEN", "real")
    environment = _cli(workspace, program("cdk", "exit 0")).environment()
    assert environment["AWS_ENDPOINT_URL"] == _ENDPOINT.url
    assert environment["AWS_ACCESS_KEY_ID"] == _ENDPOINT.account
    assert environment["CDK_HOME"].startswith(str(workspace.state))
    assert not {"AWS_PROFILE", "AWS_SESSION_TOKEN"} & environment.keys()


def test_the_commands_are_the_clis_own(workspace: Workspace, program: MakeProgram) -> None:
    cli = _cli(workspace, program("cdk", f'echo "$PWD $@" >> {workspace.state}/calls'))
    for start in (cli.synth, cli.bootstrap, cli.deploy):
        _run(start())
    synth, bootstrap, deploy = (workspace.state / "calls").read_text().splitlines()
    assert synth.startswith(f"{workspace.root} synth --quiet -c profile=prod --output {workspace.assembly}")
    regions = "aws://123456789012/eu-west-1 aws://123456789012/us-east-1"
    assert bootstrap.startswith(f"{workspace.state} bootstrap {regions}")
    assert deploy.startswith(f"{workspace.root} deploy --all --app {workspace.assembly}")


def test_outputs_of_all_stacks_are_merged(tmp_path: Path) -> None:
    file = tmp_path / "outputs.json"
    file.write_text('{"A": {"ApiUrl": "x"}, "B": {"UserPoolId": "y"}}')
    assert read_outputs(file) == {"ApiUrl": "x", "UserPoolId": "y"}


@pytest.mark.parametrize("content", [None, "no json", "[]", '{"A": 1}'])
def test_unusable_outputs_are_explained(tmp_path: Path, content: str | None) -> None:
    file = tmp_path / "outputs.json"
    if content is not None:
        file.write_text(content)
    with pytest.raises(LocalRunError, match="left no usable outputs"):
        read_outputs(file)


def test_polling_is_quick_enough_not_to_matter() -> None:
    assert cdk_cli.__dict__["_POLL_SECONDS"] <= 0.2
