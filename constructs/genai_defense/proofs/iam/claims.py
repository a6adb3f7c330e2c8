"""A claim as cases that are solved one by one, and what becomes of it with every layer and without each."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeAlias

from genai_defense.proofs.iam.account import Account, Layer
from genai_defense.proofs.iam.formula import NO, Span, every, none
from genai_defense.proofs.iam.principals import Principal
from genai_defense.proofs.iam.request import Request
from genai_defense.proofs.iam.solver import Found, TimedOut, solve
from genai_defense.proofs.iam.words import Call, call_in_words
from genai_defense.proofs.proof import Proof, Verdict

MOST_COUNTEREXAMPLES = 8
"""So many are told; the rest are counted."""

Goal: TypeAlias = Callable[[Request, Layer | None], Span]
"""When a call is in order, by what it says and by the layer that is taken away."""


@dataclass(frozen=True, kw_only=True)
class Case:
    """What one principal may do by one action.

    Attributes:
        principal: Who.
        action: By what.
        goal: When such a call is in order.
        keys: The condition keys that a counterexample tells.
    """

    principal: Principal
    action: str
    goal: Goal
    keys: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Claim:
    """Something that is to be proven of a deployment.

    Attributes:
        id: The proof's id.
        sentence: What holds, in one sentence.
        cases: What is asked.
        empty: Why there is nothing to prove when none of the calls is allowed.
        exists: What shows that the claim is about something, in place of an allowed case.
        about: Which of the allowed calls show that; all of them unless it is said.
        notes: What is in order only because of what the templates say, in words.
    """

    id: str
    sentence: str
    cases: tuple[Case, ...]
    empty: str
    exists: str = ""
    about: Goal | None = None
    notes: tuple[str, ...] = ()


def prove_claim(claim: Claim, account: Account) -> Proof:
    """Solve all cases of a claim, then again without each layer."""
    witness = claim.exists or _witness(claim, account)
    if not witness:
        return _about_nothing(claim, account)
    verdict, told = _judge(claim, account)
    return Proof(
        id=claim.id,
        claim=claim.sentence,
        verdict=verdict,
        counterexamples=told,
        witness=" ".join([witness, *claim.notes]),
        without={layer.value: _verdict_without(claim, account, layer) for layer in account.layers},
    )


def _about_nothing(claim: Claim, account: Account) -> Proof:
    """A claim on calls of which none is allowed: nobody is given any, or what is given contradicts itself."""
    for case in claim.cases:
        if account.grants(case.principal, account.request(case.principal, case.action)):
            told = (
                f"{case.principal.name} is given {case.action}, but no request passes every layer: either he"
                " cannot do his work, or a condition is not what its author meant."
            )
            return Proof(id=claim.id, claim=claim.sentence, verdict=Verdict.UNKNOWN, counterexamples=(told,))
    return Proof(id=claim.id, claim=claim.sentence, verdict=Verdict.NOT_APPLICABLE, witness=claim.empty)


def _witness(claim: Claim, account: Account) -> str:
    """A call that is allowed whatever the templates leave open, or else one that can be."""
    for sure in (True, False):
        for case in claim.cases:
            request = account.request(case.principal, case.action)
            allowed = account.allowed(case.principal, request)
            if claim.about is not None and allowed != NO:
                allowed = every([allowed, claim.about(request, None)])
            found = solve(allowed.must if sure else allowed.may, request)
            if isinstance(found, Found):
                call = call_in_words(account, case.principal, request, found, case.keys)
                return f"{call.by([case.action])}."
    return ""


def _judge(claim: Claim, account: Account) -> tuple[Verdict, tuple[str, ...]]:
    """What becomes of a claim with every layer, and all that breaks it."""
    told: dict[tuple[Verdict, Call], list[str]] = {}
    for case in claim.cases:
        verdict, call = _wrong(case, account, None)
        if call is not None:
            told.setdefault((verdict, call), []).append(case.action)
    if not told:
        return Verdict.HOLDS, ()
    worst = Verdict.FAILS if any(verdict is Verdict.FAILS for verdict, _ in told) else Verdict.UNKNOWN
    listed = [call.by(actions) for (verdict, call), actions in told.items() if verdict is worst]
    shown = listed[:MOST_COUNTEREXAMPLES]
    if len(listed) > len(shown):
        shown.append(f"… and {len(listed) - len(shown)} more")
    return worst, tuple(shown)


def _verdict_without(claim: Claim, account: Account, layer: Layer) -> Verdict:
    """What becomes of a claim when a layer is taken away."""
    worst = Verdict.HOLDS
    for case in claim.cases:
        # Whoever gets a policy has nothing without it.
        if layer is not Layer.ALLOW or case.principal.arn is not None:
            verdict, _ = _wrong(case, account, layer)
            if verdict is Verdict.FAILS:
                return verdict
            worst = verdict if verdict is Verdict.UNKNOWN else worst
    return worst


def _wrong(case: Case, account: Account, without: Layer | None) -> tuple[Verdict, Call | None]:
    """The verdict on a case, and what shows it where it is not in order."""
    request = account.request(case.principal, case.action)
    allowed = account.allowed(case.principal, request, without)
    if allowed == NO:
        return Verdict.HOLDS, None
    wrong = every([allowed, none(case.goal(request, without))])
    can_be = solve(wrong.may, request)
    if can_be is None:
        return Verdict.HOLDS, None
    if isinstance(can_be, TimedOut):
        return Verdict.UNKNOWN, Call(case.principal.name, "for all that the solver found out in its time")
    surely = solve(wrong.must, request)
    if isinstance(surely, Found):
        return Verdict.FAILS, call_in_words(account, case.principal, request, surely, case.keys)
    call = call_in_words(account, case.principal, request, can_be, case.keys)
    return Verdict.UNKNOWN, Call(call.who, f"{call.rest}, as far as the templates tell")


def allowed_in_order(case: Case, account: Account) -> str:
    """A call of a case that is allowed and in order, in words; empty where there is none."""
    request = account.request(case.principal, case.action)
    allowed = account.allowed(case.principal, request)
    if allowed == NO:
        return ""
    found = solve(every([allowed, case.goal(request, None)]).may, request)
    if not isinstance(found, Found):
        return ""
    return call_in_words(account, case.principal, request, found, case.keys).by([case.action])


def always(answer: Span) -> Goal:
    """A goal that does not look at the request."""
    return lambda _request, _without: answer


def among(principals: Iterable[Principal], actions: Iterable[str]) -> list[tuple[Principal, str]]:
    """Each principal with each action."""
    listed = list(actions)
    return [(principal, action) for principal in principals for action in listed]
