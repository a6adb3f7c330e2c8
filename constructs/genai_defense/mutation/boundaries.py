"""Denials that say nothing, because nothing else in a permissions boundary allows what they deny."""

from collections.abc import Iterable
from fnmatch import fnmatchcase

from genai_defense.mutation.operator import Site
from genai_defense.mutation.policies import Kind, Statement, entries, statements
from genai_defense.mutation.shapes import is_object


def is_redundant(statement: Statement, denied: Iterable[object]) -> bool:
    """Whether a Deny of these actions leaves a boundary as it is without them.

    A boundary allows no more than its own Allow statements do. Of any other policy a Deny counts, whatever
    the policy itself allows: other policies of the role may allow more.
    """
    site = statement.document.site
    if statement.kind is not Kind.IDENTITY or not _is_boundary(site):
        return False
    allowing = [one for one in statements(site, Kind.IDENTITY) if one.allows]
    if any("NotAction" in one.body for one in allowing):
        return False
    allowed = [action.lower() for one in allowing for action in one.actions]
    names = [action.lower() if isinstance(action, str) else "*" for action in denied]
    return bool(names) and not any(
        fnmatchcase(name, pattern) or fnmatchcase(pattern, name) for name in names for pattern in allowed
    )


def _is_boundary(site: Site) -> bool:
    resources = site.templates[site.template]["Resources"].values()
    found = [one.get("Properties") for one in resources if is_object(one)]
    bounds = [entries(one.get("PermissionsBoundary")) for one in found if is_object(one)]
    return [{"Ref": site.logical_id}] in bounds
