"""The quota under load: many requests at once, of several users, and every one is accounted for."""

import json
import random
import threading
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

from genai_defense.local.audit import records
from genai_defense.local.deployment import Deployment
from genai_defense.local.distribution_config import read_distribution
from genai_defense.local.scenario import Scene, Step, Verdict
from genai_defense.local.sign_in import access_token, create_user
from genai_defense.local.steps_request import leave_requests

REQUESTS = 200
CLIENTS = 4
LEFT = 5
_EXECUTIONS = 4
_GIVE_UP_SECONDS = 120.0
_FIRST_PAUSE_SECONDS = 4.0
_LONGEST_PAUSE_SECONDS = 24.0
_BODY = json.dumps({"message": "When are you open?"}).encode()


@dataclass
class Client:
    """One user with many requests at once.

    Attributes:
        sub: Who.
        token: Access token.
        outcomes: How many requests ended how.
        answered: Ids of the answered ones.
        rejected: How many attempts the API did not accept; each was tried again.
    """

    sub: str
    token: str
    outcomes: Counter[str] = field(default_factory=Counter[str])
    answered: list[str] = field(default_factory=list[str])
    rejected: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def ask(self, scene: Scene, proof: Mapping[str, str]) -> None:
        """Ask until a function decides: what the API or Lambda turns away was not accepted."""
        url = f"{scene.deployment.stage_url}/api/chat"
        end = time.monotonic() + _GIVE_UP_SECONDS
        pause = _FIRST_PAUSE_SECONDS
        while time.monotonic() < end:
            reply = scene.post_to(url, _BODY, self.token, **proof)
            answer = reply.json()
            with self._lock:
                # Only a function gives a request an id.
                if answer.get("request_id"):
                    self.outcomes[str(answer.get("outcome"))] += 1
                    if answer.get("outcome") == "answered":
                        self.answered.append(str(answer["request_id"]))
                    return
                self.rejected += 1
            time.sleep(random.uniform(pause / 2, pause))  # noqa: S311 - spreads the load, hides nothing
            # Each token has a rate at the web ACL: many tries would lock it out.
            pause = min(2 * pause, _LONGEST_PAUSE_SECONDS)


@dataclass(frozen=True, kw_only=True)
class Account:
    """What the table and the audit say of one client.

    Attributes:
        requests: Requests counted during the load.
        tokens: Tokens counted.
        spent: Tokens in the audit records of the answered requests.
    """

    requests: int
    tokens: int
    spent: int


def fault_of(client: Client, account: Account) -> str | None:
    """What does not add up for one client, if anything."""
    answered, unsettled = client.outcomes["answered"], client.outcomes["unavailable"]
    if len(set(client.answered)) != answered:
        return "an answer was counted twice"
    if max(answered, account.requests) > LEFT:
        return f"{max(answered, account.requests)} requests spent, {LEFT} were left"
    # A request that failed after it was counted stays counted.
    if not answered <= account.requests <= answered + unsettled:
        return f"{account.requests} counted, {answered} answered, {unsettled} unavailable"
    if account.tokens < account.spent or (not unsettled and account.tokens != account.spent):
        return f"{account.tokens} tokens counted, {account.spent} spent"
    return None


def verdict_of(clients: Sequence[Client], accounts: Sequence[Account]) -> Verdict:
    """Whether every request is decided once, and nobody spent more than the quota."""
    total = sum((client.outcomes for client in clients), Counter[str]())
    faults = [
        fault for one, account in zip(clients, accounts, strict=True) if (fault := fault_of(one, account))
    ]
    decided = total["answered"] + total["refused"] + total["quota_exceeded"] + total["unavailable"]
    if not total["answered"]:
        faults.append("nobody was answered, so nothing is shown")
    if decided != REQUESTS or total.total() != REQUESTS:
        faults.append(f"{decided} of {REQUESTS} decided")
    said = ", ".join(f"{count} {outcome}" for outcome, count in sorted(total.items()))
    turned_away = sum(client.rejected for client in clients)
    return "; ".join([f"{said} ({turned_away} attempts not accepted)", *faults]), not faults


def _account(deployment: Deployment, client: Client, before: int, usage: dict[str, int]) -> Account:
    today = time.strftime("%Y-%m-%d", time.gmtime())
    key = {"pk": {"S": f"user#{client.sub}"}, "sk": {"S": f"day#{today}"}}
    table = deployment.client("dynamodb")
    row: dict[str, Any] = table.get_item(TableName=deployment.quota_table, Key=key)["Item"]
    return Account(
        requests=int(row["requests"]["N"]) - before,
        tokens=int(row["tokens"]["N"]),
        spent=sum(usage.get(request, 0) for request in client.answered),
    )


def _load(scene: Scene) -> Verdict:
    deployment = scene.deployment
    clients: list[Client] = []
    before = 0
    for number in range(CLIENTS):
        user = create_user(deployment, f"load-{number}")
        clients.append(Client(user.sub, access_token(deployment, user)))
        before = leave_requests(scene, user.sub, LEFT)
    guardrail = _guardrail_function(deployment)
    functions = deployment.client("lambda")
    # The emulator starts a process for each execution; the reserve of the stack would be 20.
    functions.put_function_concurrency(FunctionName=guardrail, ReservedConcurrentExecutions=_EXECUTIONS)
    # Behind the distribution, which counts by address: all of this comes from one.
    proof = read_distribution(deployment).behavior("/api/chat").origin.headers
    try:
        with ThreadPoolExecutor(REQUESTS) as threads:
            work = [threads.submit(clients[index % CLIENTS].ask, scene, proof) for index in range(REQUESTS)]
            for done in work:
                done.result()
    finally:
        functions.delete_function_concurrency(FunctionName=guardrail)
    usage = {record.request_id: _tokens(record.document.get("usage")) for record in records(deployment)}
    return verdict_of(clients, [_account(deployment, client, before, usage) for client in clients])


def _tokens(usage: dict[str, int] | None) -> int:
    return sum(usage.values()) if usage else 0


def _guardrail_function(deployment: Deployment) -> str:
    functions = deployment.client("lambda").list_functions()["Functions"]
    return str(
        next(entry["FunctionName"] for entry in functions if entry["Handler"].startswith("guardrail."))
    )


STEPS = (
    Step(
        name=f"{REQUESTS} requests at once by {CLIENTS} users, each with {LEFT} left",
        expected=f"each decided once, 1 to {CLIENTS * LEFT} answered, all counted",
        check=_load,
    ),
)
