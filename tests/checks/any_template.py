"""Templates with properties that rules read, and anything at all as their values."""

import os
from typing import Any

from hypothesis import strategies as st

from genai_defense.checks.pack import all_rules

Values = st.SearchStrategy[Any]


def cases(usual: int) -> int:
    """How many templates a test tries: the usual number, or what `make nightly` asks for."""
    return int(os.environ.get("FUZZ_CASES", usual))


_TYPES = sorted({kind for rule in all_rules() for kind in rule.resource_types})
_NAMES: Values = st.sampled_from(["A", "B", "C", "AWS::Region", "Nobody"])
_FUNCTIONS = st.sampled_from(
    ["Ref", "Fn::Sub", "Fn::GetAtt", "Fn::If", "Fn::Join", "Fn::Select", "Fn::Split", "Fn::Nope"]
)
_READ = st.sampled_from(["PolicyDocument", "Policies", "Statement", "Rules", "Properties", "KeyPolicy"])


def _call(name: str, argument: Any) -> dict[str, Any]:
    return {name: argument}


def _inside(inner: Values) -> Values:
    return st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.text(max_size=6), inner, max_size=3),
        st.builds(_call, st.just("Ref"), _NAMES),
        st.builds(_call, _FUNCTIONS, inner),
    )


_VALUES: Values = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-9, 9), st.text(max_size=8), _NAMES),
    _inside,
    max_leaves=12,
)
_PROPERTIES: Values = st.one_of(_VALUES, st.dictionaries(_READ, _VALUES, max_size=4))
_RESOURCES: Values = st.one_of(
    _VALUES, st.fixed_dictionaries({"Type": st.sampled_from(_TYPES), "Properties": _PROPERTIES})
)
_SECTIONS: Values = st.dictionaries(
    st.sampled_from(["Parameters", "Conditions", "Outputs"]), _VALUES, max_size=3
)


@st.composite
def any_template(draw: st.DrawFn) -> dict[str, Any]:
    """A template of three resources, each of a type that some rule asks about, or malformed."""
    resources = {name: draw(_RESOURCES) for name in ("A", "B", "C")}
    return {"Resources": resources, **draw(_SECTIONS)}
