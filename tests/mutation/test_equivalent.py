"""The file of reviewed mutants is read as it was written: one argument for each pattern."""

import re

from genai_defense.mutation.equivalent import REVIEWED, read_equivalents


def test_each_entry_argues_for_a_pattern_of_its_own() -> None:
    """A merge of two additions that share a line would make one entry of two."""
    entries = read_equivalents()
    patterns = [entry.mutant for entry in entries]
    assert len(set(patterns)) == len(patterns) == REVIEWED.read_text().count("\nmutant = ")
    for entry in entries:
        assert entry.mutant.count("/") == 3, entry.mutant
        assert re.fullmatch(r".{80,}[.]\s*", entry.reason, re.DOTALL), entry.mutant
