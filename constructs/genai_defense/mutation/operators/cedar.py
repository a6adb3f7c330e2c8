"""Cedar: stores of policies, and policies: who, what, on what, when."""

import re
from collections.abc import Iterator

from genai_defense.mutation.edit import Edit, Path
from genai_defense.mutation.factories import CONVENTIONAL, changed, dropped
from genai_defense.mutation.operator import Site, Weakening, operator
from genai_defense.mutation.places import places

_STORE = "AWS::VerifiedPermissions::PolicyStore"
_POLICY = ("AWS::VerifiedPermissions::Policy", "AWS::BedrockAgentCore::Policy")
_TEXTS = ("Definition.Static.Statement", "Definition.Cedar.Statement")
_HEAD = re.compile(r"\b(permit|forbid)\s*\(([^)]*)\)", re.DOTALL)
_CLAUSE = re.compile(r"\b(when|unless)\s*\{([^{}]*)\}", re.DOTALL)
_NUMBER = re.compile(r"([<>]=?\s*)(\d+)")

VALIDATION = changed(
    "cedar-unvalidated",
    CONVENTIONAL,
    _STORE,
    "ValidationSettings.Mode",
    "OFF",
    "Policies that mean nothing are taken.",
)
PROTECTION = changed(
    "cedar-store-deletable",
    CONVENTIONAL,
    _STORE,
    "DeletionProtection.Mode",
    "DISABLED",
    "One call deletes all policies.",
)
KEY = dropped(
    "cedar-store-key-removed", CONVENTIONAL, _STORE, "EncryptionSettings", "No key of ours encrypts it."
)
SCHEMA = dropped(
    "cedar-schema-removed", CONVENTIONAL, _STORE, "Schema", "Nothing says what policies are about."
)


def _texts(site: Site) -> Iterator[tuple[Path, str, str]]:
    """Path, text and effect of each policy that is written as one text."""
    for pattern in _TEXTS:
        for place in places(site.properties, pattern):
            if isinstance(place.value, str) and (head := _HEAD.search(place.value)):
                yield place.path, place.value, head[1]


@operator(id="cedar-forbid-never", mutant_class=CONVENTIONAL, resource_types=_POLICY)
def never(site: Site) -> Iterator[Weakening]:
    """A forbid that holds for nothing."""
    for path, text, effect in _texts(site):
        if effect == "forbid":
            bare = _CLAUSE.sub("", text).rstrip().rstrip(";")
            yield site.weakening("It forbids nothing.", site.edit(path, f"{bare} when {{ false }};\n"))


@operator(id="cedar-permit-wide", mutant_class=CONVENTIONAL, resource_types=_POLICY)
def wide(site: Site) -> Iterator[Weakening]:
    """Each part of a permit's head, and all of them."""
    for path, text, effect in _texts(site):
        head = _HEAD.search(text)
        if effect != "permit" or head is None:
            continue
        parts = [part.strip() for part in re.split(r",(?![^\[]*\])", head[2])]
        for index, part in enumerate(parts):
            name = part.split(" ")[0]
            if part != name and name in ("principal", "action", "resource"):
                wider = [*parts[:index], name, *parts[index + 1 :]]
                made = f"{text[: head.start()]}permit ({', '.join(wider)}){text[head.end() :]}"
                yield site.weakening(f"It permits every {name}.", site.edit(path, made))
        yield site.weakening(
            "It permits everything.", site.edit(path, "permit (principal, action, resource);\n")
        )


@operator(id="cedar-clause-out", mutant_class=CONVENTIONAL, resource_types=_POLICY)
def clause_out(site: Site) -> Iterator[Weakening]:
    """Each condition of a permit, and each part of it."""
    for path, text, effect in _texts(site):
        for clause in _CLAUSE.finditer(text) if effect == "permit" else ():
            yield site.weakening(
                "Its condition is gone.", site.edit(path, text.replace(clause[0], "").rstrip())
            )
            parts = [part.strip() for part in clause[2].split("&&")]
            for part in parts if len(parts) > 1 and clause[1] == "when" else ():
                if " has " in part:  # a check that the next part needs
                    continue
                left = " && ".join(one for one in parts if one is not part)
                made = text.replace(clause[0], f"when {{ {left} }}")
                yield site.weakening(f"It does not ask whether {part}.", site.edit(path, made))


@operator(id="cedar-forbid-narrow", mutant_class=CONVENTIONAL, resource_types=_POLICY)
def narrow(site: Site) -> Iterator[Weakening]:
    """Each number of a forbid, a thousand times as far away; and a condition more."""
    for path, text, effect in _texts(site):
        if effect != "forbid":
            continue
        for found in _NUMBER.finditer(text):
            higher = found[1].startswith(">")
            far = int(found[2]) * 1000 if higher else 0
            if far == int(found[2]):
                continue
            made = f"{text[: found.start()]}{found[1]}{far}{text[found.end() :]}"
            yield site.weakening(f"It forbids from {far} on.", site.edit(path, made))
        clause = next(_CLAUSE.finditer(text), None)
        if clause is not None and clause[1] == "when":
            made = text.replace(clause[0], f"when {{ ({clause[2].strip()}) && context has strict }}")
            yield site.weakening("It forbids only those who ask for it.", site.edit(path, made))


@operator(id="cedar-forbid-out", mutant_class=CONVENTIONAL, resource_types=_POLICY)
def out(site: Site) -> Iterator[Weakening]:
    """The policy itself."""
    if any(effect == "forbid" for _, _, effect in _texts(site)):
        yield Weakening(
            "The policy that forbids is gone.",
            (Edit(template=site.template, path=("Resources", site.logical_id)),),
        )
