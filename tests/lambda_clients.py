"""Which AWS services the code of a function asks for clients of, read from its source."""

import ast
from collections.abc import Iterator
from pathlib import Path


class UnreadClientError(Exception):
    """A client whose service the source does not spell out."""


def services_of(*folders: Path) -> set[str]:
    """The services of every `….client("…")` and `….resource("…")` of boto3 below some folders.

    A helper that is given the service (`def store_client(service): return boto3.client(service, …)`) is
    followed to its callers in the same folders.

    Args:
        folders: Packages, searched for `*.py`.

    Raises:
        UnreadClientError: A service is neither a literal nor the first argument of a helper.
    """
    trees = [ast.parse(path.read_text(), str(path)) for folder in folders for path in folder.rglob("*.py")]
    services: set[str] = set()
    helpers: set[str] = set()
    for tree in trees:
        for call, function in _boto_calls(tree):
            service = call.args[0] if call.args else None
            if isinstance(service, ast.Constant) and isinstance(service.value, str):
                services.add(service.value)
            elif function and isinstance(service, ast.Name) and service.id == function.args.args[0].arg:
                helpers.add(function.name)
            else:
                raise UnreadClientError(f"line {call.lineno}: {ast.unparse(call)}")
    return services | {service for tree in trees for service in _asked_of(helpers, tree)}


def _boto_calls(tree: ast.Module) -> Iterator[tuple[ast.Call, ast.FunctionDef | None]]:
    """Each call that makes a client, with the function around it."""
    around = {
        id(inner): function
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef)
        for inner in ast.walk(function)
    }
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in {"client", "resource"}
            and ("boto3" in ast.unparse(node.func.value) or "session" in ast.unparse(node.func.value).lower())
        ):
            yield node, around.get(id(node))


def _asked_of(helpers: set[str], tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if (
            not isinstance(node, ast.Call)
            or not isinstance(node.func, ast.Name)
            or node.func.id not in helpers
        ):
            continue
        service = node.args[0] if node.args else None
        if not isinstance(service, ast.Constant) or not isinstance(service.value, str):
            raise UnreadClientError(f"line {node.lineno}: {ast.unparse(node)}")
        yield service.value
