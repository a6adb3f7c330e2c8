"""Writes the generated pages of docs/ from the one place where each fact stands. Run by `make docs`."""

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from inspect import getdoc
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from genai_defense.checks.report import read_validation_report
from genai_defense.local.fidelity import FIDELITY, NOT_MODELLED
from genai_defense.markdown import codes, page, table
from genai_defense.reference_egress import egress_page
from genai_defense.reference_proof import proof_page
from genai_defense.reference_rules import rule_pages
from genai_defense.settings import Settings, load_settings

_ATTRIBUTE = re.compile(r"^    (\w+): (.*(?:\n {8}.*)*)", re.MULTILINE)
_ASSEMBLIES = {"dev": "cdk.out", "prod": "cdk.out.prod", "management": "cdk.out.management"}


def pages(checkout: Path, assemblies: Mapping[str, Path]) -> dict[str, str]:
    """The generated pages, by their path below the checkout.

    Args:
        checkout: Folder with cdk.json.
        assemblies: Profile, or `management`, to its cloud assembly.
    """
    written = json.loads((checkout / "cdk.json").read_text())["context"]["profiles"]
    profiles = {profile: load_settings(written, profile) for profile in written}
    return {
        "docs/acknowledged.md": _acknowledged({profile: assemblies[profile] for profile in profiles}),
        "docs/egress.md": page("The way out, tried", *egress_page(assemblies["prod"])),
        "docs/local-run.md": _local_run(),
        "docs/proof.md": proof_page(checkout, assemblies["prod"], assemblies["management"]),
        "docs/settings.md": _settings(profiles),
        **rule_pages(),
    }


def _acknowledged(assemblies: Mapping[str, Path]) -> str:
    where: dict[tuple[str, str], dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    count: Counter[str] = Counter()
    for profile, assembly in assemblies.items():
        for finding in read_validation_report(assembly).acknowledged:
            # The CDK's own validator speaks in the report only where the CLI does not run it itself.
            if finding.acknowledgement and finding.pack != "CloudFormation Validate":
                count[profile] += 1
                where[finding.construct_path, finding.acknowledgement.reason][finding.rule].add(profile)
    rows = [
        (f"`{path}`", codes(sorted(rules)), ", ".join(sorted(set[str]().union(*rules.values()))), reason)
        for (path, reason), rules in sorted(where.items())
    ]
    total = ", ".join(f"{profile}: {number}" for profile, number in count.items())
    return page(
        "Acknowledged findings",
        f"No finding is open. These are acknowledged ({total}), each on its one resource, with the reason "
        "that stands in `validation-report.json`.",
        table(["resource", "findings", "profiles", "reason"], rows),
    )


def _local_run() -> str:
    rows = [(f"`{kind}`", fidelity.value, meaning) for kind, (fidelity, meaning) in sorted(FIDELITY.items())]
    return page(
        "What the local run is, and is not",
        "`genai-defense up` deploys to MiniStack, an emulator. *real*: it does what the type promises, "
        "within the limit that stands beside it. *recorded only*: the properties are kept, nothing acts on "
        "them. A name that ends in `::` covers every type below it that has no row of its own.",
        table(["type", "fidelity", "what that means"], rows),
        "## Not modelled",
        "\n".join(f"- {sentence}" for sentence in NOT_MODELLED),
    )


def _settings(profiles: Mapping[str, Settings]) -> str:
    rows = [
        (f"`{key}`", meaning, *(_shown(profiles[profile], key) for profile in profiles))
        for key, meaning in _fields(Settings, "")
    ]
    return page(
        "Settings",
        "Profiles stand in `cdk.json` under `context.profiles`; `-c profile=NAME` chooses one, `dev` by "
        "default. An unknown key, a wrong type or a value out of range ends the synth with one line that "
        "says what is allowed.",
        table(["key", "meaning", *(f"`{profile}`" for profile in profiles)], rows),
    )


def _fields(section: type[BaseModel], prefix: str) -> Iterator[tuple[str, str]]:
    meanings = {name: " ".join(text.split()) for name, text in _ATTRIBUTE.findall(getdoc(section) or "")}
    for name, field in section.model_fields.items():
        kind = field.annotation
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            yield from _fields(kind, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", meanings[name]


def _shown(settings: Settings, key: str) -> str:
    value: Any = settings.model_dump(mode="json")
    for part in key.split("."):
        value = value[part]
    return f"`{json.dumps(value)}`"


def main() -> None:
    """Write every page; the assemblies must have been synthesized."""
    checkout = Path.cwd()
    for path, text in pages(
        checkout, {name: checkout / folder for name, folder in _ASSEMBLIES.items()}
    ).items():
        (checkout / path).parent.mkdir(parents=True, exist_ok=True)
        (checkout / path).write_text(text)


if __name__ == "__main__":
    main()
