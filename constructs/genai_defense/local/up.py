"""`genai-defense up`: from nothing to a defended chatbot that has been asked and attacked."""

import contextlib
import errno
import json
import signal
import sys
import threading
import time
from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from urllib.error import URLError

from botocore.exceptions import BotoCoreError, ClientError
from pyotp.totp import TOTP
from rich.console import Console

from genai_defense.local import (
    document_stage,
    steps_answer,
    steps_conversations,
    steps_data,
    steps_documents,
    steps_filter,
    steps_identity,
    steps_load,
    steps_operations,
    steps_page,
    steps_request,
    steps_respond,
    steps_stream,
    steps_tools,
    tool_stage,
)
from genai_defense.local.cdk_cli import CdkCli, finish, read_outputs
from genai_defense.local.deployment import Deployment, describe
from genai_defense.local.distribution import Distribution
from genai_defense.local.distribution_config import read_distribution
from genai_defense.local.edge_filter import EdgeFilter, edge_filter
from genai_defense.local.emulator import Emulator
from genai_defense.local.environment import sealed
from genai_defense.local.errors import LocalRunError
from genai_defense.local.fidelity import rows_of
from genai_defense.local.model import StandInModel, server_root
from genai_defense.local.reporter import Reporter
from genai_defense.local.scenario import Scene, Step, StepResult, play
from genai_defense.local.sign_in import access_token, create_user
from genai_defense.local.tables import print_fidelity, print_results
from genai_defense.local.tools import Tools, find_tools
from genai_defense.local.workspace import Lock, Workspace, find_workspace, locked

SYNTH_SECONDS = 300.0
DEPLOY_SECONDS = 600.0
EMULATOR_LOG = "embedded-aws"
# As long as a model takes to write a word of a streamed answer, about.
_WORD_SECONDS = 0.01


@dataclass(frozen=True, kw_only=True)
class UpOptions:
    """What the command line chose.

    Attributes:
        once: Tear everything down after the scenario.
        profile: Profile of cdk.json.
        model_url: OpenAI-compatible server instead of the stand-in.
        port: Port of the embedded AWS on loopback; 0 takes a free one.
        load: Also ask many times at once, which takes about half a minute.
        gameday: Play only the incident, and leave its evidence in this folder.
    """

    once: bool = False
    profile: str = "dev"
    model_url: str | None = None
    port: int = 0
    load: bool = False
    gameday: Path | None = None


def region_of(workspace: Workspace, profile: str) -> str:
    """The Region of a profile of cdk.json. All other settings are the app's business: synth judges them.

    Raises:
        LocalRunError: cdk.json has no such profile.
    """
    file = workspace.root / "cdk.json"
    try:
        profiles = json.loads(file.read_text(encoding="utf-8"))["context"]["profiles"]
        known = ", ".join(sorted(profiles))
    except (ValueError, KeyError, TypeError) as error:
        raise LocalRunError(f"{file} has no profiles under context: {error!r}", "Correct it.") from None
    if profile not in profiles:
        raise LocalRunError(
            f"{file} has no profile {profile!r}; it has {known}.", "Choose one with --profile."
        )
    region = profiles[profile].get("region")
    if not isinstance(region, str):
        raise LocalRunError(f"Profile {profile!r} in {file} has no region.", 'Add one, such as "us-east-1".')
    return region


@contextlib.contextmanager
def interruptible() -> Generator[None]:
    """Let TERM and HUP end the run the way Ctrl-C does, through every clean-up."""

    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    if threading.current_thread() is not threading.main_thread():
        yield
        return
    ending = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT)
    before = {number: signal.signal(number, stop) for number in ending}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _deploy(cdk: CdkCli, reporter: Reporter) -> None:
    with reporter.stage("Synthesize and bootstrap") as detail:
        finish([cdk.synth(), cdk.bootstrap()], detail, timeout=SYNTH_SECONDS)
    with reporter.stage("Deploy all stacks") as detail:
        finish([cdk.deploy()], detail, timeout=DEPLOY_SECONDS)


def _scene(
    deployment: Deployment,
    page_url: str,
    model: StandInModel | None,
    reporter: Reporter,
    web_acl: EdgeFilter,
) -> Scene:
    with reporter.stage("Create two demo users, enrol TOTP, sign in"):
        user, other = create_user(deployment, "demo"), create_user(deployment, "second-demo")
        tool_stage.prepare(deployment, user, other)
        token, other_token = access_token(deployment, user), access_token(deployment, other)
    return Scene(
        deployment=deployment,
        user=user,
        token=token,
        other=other,
        other_token=other_token,
        page_url=page_url,
        web_acl=web_acl,
        model=model,
    )


def steps_for(
    model: StandInModel | None,
    *,
    tools: bool = True,
    documents: bool = True,
    store: bool = True,
    load: bool = False,
) -> list[Step]:
    """All steps, but for what the run lacks.

    Args:
        model: The stand-in; without it, the steps that need a model that leaks on demand fall away.
        tools: Whether tools are deployed.
        documents: Whether the way of documents is.
        store: Whether a store of training data is deployed.
        load: Whether to ask many times at once, too.
    """
    leaking = (*steps_answer.WITH_STAND_IN, *steps_stream.WITH_STAND_IN) if model else ()
    using = steps_tools.STEPS if tools else ()
    return [
        *steps_page.STEPS,
        *steps_identity.STEPS,
        *steps_request.STEPS,
        *steps_filter.STEPS,
        *using,
        *leaking,
        *steps_answer.ALWAYS,
        # Examined while the next steps run.
        *(steps_documents.UPLOADING if documents else ()),
        *steps_conversations.STEPS,
        *(steps_data.STORE if store else ()),
        *steps_data.RESTORE,
        *steps_respond.STEPS,
        *steps_operations.STEPS,
        *(steps_documents.STEPS if documents else ()),
        *(steps_load.STEPS if load else ()),
        *steps_respond.LAST,
    ]


def _play(scene: Scene, reporter: Reporter, options: UpOptions) -> list[StepResult]:
    tools = tool_stage.find_stage(scene.deployment) is not None
    documents = document_stage.find_stage(scene.deployment) is not None
    store, load = steps_data.has_store(scene), options.load
    steps = steps_for(scene.model, tools=tools, documents=documents, store=store, load=load)
    if options.gameday:
        steps = list(steps_respond.incident(options.gameday))
    results: list[StepResult] = []
    with reporter.stage(f"Ask and attack: {len(steps)} steps") as detail:
        for result in play(steps, scene):
            results.append(result)
            detail(result.name)
            reporter.say(f"  {'pass' if result.passed else 'FAIL'}  {result.name} ({result.seconds:.1f} s)")
    return results


def _stay_up(scene: Scene, reporter: Reporter) -> None:
    deployment, user = scene.deployment, scene.user
    reporter.say(f"""
The chatbot is up until Ctrl-C.
  page        {scene.page_url}
  API         {scene.page_url}api/chat
  user        {user.name}
  password    {user.password}
  TOTP secret {user.totp_secret}
  code now    {TOTP(user.totp_secret).now()} (30 s; your authenticator app takes the secret)
  AWS         AWS_ENDPOINT_URL={deployment.endpoint.url} AWS_ACCESS_KEY_ID={deployment.endpoint.account}
              AWS_SECRET_ACCESS_KEY=emulator AWS_REGION={deployment.endpoint.region}
Ask it (the token lasts as long as the user pool says):
  curl -s {scene.page_url}api/chat -H 'Content-Type: application/json' \\
    -H 'Authorization: Bearer {scene.token}' -d '{{"message": "When are you open?"}}'""")
    while True:
        time.sleep(3600)


def _run(options: UpOptions, workspace: Workspace, lock: Lock, tools: Tools, console: Console) -> int:
    reporter = Reporter(console)
    region = region_of(workspace, options.profile)
    with contextlib.ExitStack() as cleanup:
        model = None if options.model_url else cleanup.enter_context(StandInModel(pause=_WORD_SECONDS))
        model_url = model.url if model else server_root(options.model_url or "")
        with reporter.stage("Start the embedded AWS"):
            emulator = cleanup.enter_context(
                Emulator(
                    state=workspace.state / "aws",
                    log=workspace.log(EMULATOR_LOG),
                    region=region,
                    model_url=model_url,
                    port=options.port,
                )
            )
        lock.record([emulator.pid] if emulator.pid else [])
        cdk = CdkCli(workspace=workspace, tools=tools, endpoint=emulator.endpoint, profile=options.profile)
        _deploy(cdk, reporter)
        deployment = describe(read_outputs(workspace.outputs), emulator.endpoint)
        web_acl = edge_filter(deployment, workspace.assembly)
        distribution = Distribution(deployment, read_distribution(deployment), web_acl)
        page_url = cleanup.enter_context(distribution).url
        scene = _scene(deployment.behind(page_url), page_url, model, reporter, web_acl)
        results = _play(scene, reporter, options)
        print_fidelity(console, rows_of(workspace.assembly))
        print_results(console, results)
        failed = sum(not result.passed for result in results)
        if failed:
            reporter.say(f"{failed} of {len(results)} steps failed. Logs: {workspace.logs}")
        else:
            reporter.say(f"All {len(results)} steps passed.")
        if not options.once and not failed:
            _stay_up(scene, reporter)
    return 1 if failed else 0


def _run_locked(options: UpOptions, workspace: Workspace, console: Console) -> int:
    tools = find_tools(workspace.root)
    with locked(workspace) as lock:
        workspace.prepare()
        try:
            return _run(options, workspace, lock, tools, console)
        except (BotoCoreError, ClientError, URLError) as error:
            what = f"The embedded AWS answered unexpectedly: {error}"
            raise LocalRunError(what, "Read its log.", log=workspace.log(EMULATOR_LOG)) from error


def run_up(options: UpOptions, *, start: Path, console: Console) -> int:
    """Run it all; 0, or 1 after a failure, 130 after Ctrl-C.

    Args:
        options: What the command line chose.
        start: A folder of the project.
        console: Where progress and tables go; errors go to standard error.
    """
    try:
        with interruptible(), sealed():
            return _run_locked(options, find_workspace(start), console)
    except KeyboardInterrupt:
        console.print("Stopped; nothing is left running.")
        return 130
    except LocalRunError as error:
        return _fail(error)
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT):
            raise
        return _fail(LocalRunError(f"The disk is full: {error}", "Free some room and start again."))


def _fail(error: LocalRunError) -> int:
    sys.stderr.write(f"{error}\n")
    return 1
