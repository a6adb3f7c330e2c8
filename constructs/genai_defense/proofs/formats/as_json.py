"""The provers' report that programs read; its schema is `prove-report.schema.json` beside this file."""

import json
from collections.abc import Sequence
from typing import Any

from genai_defense import __version__
from genai_defense.proofs.proof import Proof
from genai_defense.proofs.proven import Proven


def write(proven: Sequence[Proven]) -> str:
    """Write every proof of each deployment."""
    return json.dumps({"version": __version__, "results": [_result(one) for one in proven]}, indent=2) + "\n"


def _result(one: Proven) -> dict[str, Any]:
    return {
        "path": one.path,
        "proofs": [{"prover": name.value, **_proof(proof)} for name, proof in one.proofs],
        "summary": one.counts,
    }


def _proof(proof: Proof) -> dict[str, Any]:
    return {
        "id": proof.id,
        "claim": proof.claim,
        "verdict": proof.verdict.value,
        "counterexamples": list(proof.counterexamples),
        "witness": proof.witness,
        **(
            {"controls": {place: list(rules) for place, rules in proof.controls.items()}}
            if proof.controls
            else {}
        ),
        "without": {layer: verdict.value for layer, verdict in proof.without.items()},
    }
