"""What a function carries to Lambda: its packages and its locked dependencies, nothing else."""

import os
import shutil
from pathlib import Path

import jsii
from aws_cdk import AssetHashType, BundlingOptions, DockerImage, ILocalBundling
from aws_cdk import aws_lambda as lambda_

_PACKAGE = Path(__file__).resolve().parents[1]
_CHECKOUT = _PACKAGE.parents[1]
_NEVER = ("__pycache__", "*.pyc", ".lock", "bin")
# Dependencies that one package alone imports: the other functions do not carry them.
_READERS = ("justhtml", "markdown_it", "markdown_it_py", "mdurl", "pypdf", "tinycss2", "webencodings")
_ONLY_WITH = {
    "document_text": tuple(name for reader in _READERS for name in (reader, f"{reader}-*.dist-info"))
}


def _first_folder(*candidates: Path) -> Path:
    for candidate in candidates:
        if candidate.is_dir():
            return candidate
    raise FileNotFoundError(
        f"The functions' files are missing; looked in {', '.join(map(str, candidates))}. "
        "In a checkout, run `make setup`; otherwise install genai-defense again.",
    )


def _link(source: str, target: str) -> None:
    """The same file under a second name: set-up replaces the dependencies, and nothing changes them in place.

    Every function carries them, and copies were most of what a synth wrote.
    """
    try:
        os.link(source, target)
    except OSError:  # another file system, or somebody else's files
        shutil.copy2(source, target)


@jsii.implements(ILocalBundling)
class _Copy:
    """Copies, and builds nothing: set-up built the dependencies for Lambda, so synth needs no network."""

    def __init__(self, packages: tuple[str, ...]) -> None:
        self._packages = packages

    def try_bundle(self, output_dir: str, *_: object, **__: object) -> bool:
        target = Path(output_dir)
        sources = _first_folder(_PACKAGE / "_lambda", _CHECKOUT / "lambda")
        dependencies = _first_folder(
            _PACKAGE / "_lambda_dependencies", _CHECKOUT / "build" / "lambda-dependencies"
        )
        never = shutil.ignore_patterns(*_NEVER)
        foreign = [
            pattern
            for package, patterns in _ONLY_WITH.items()
            if package not in self._packages
            for pattern in patterns
        ]
        without = shutil.ignore_patterns(*_NEVER, *foreign)
        shutil.copytree(dependencies, target, ignore=without, copy_function=_link, dirs_exist_ok=True)
        for package in self._packages:
            shutil.copytree(sources / package, target / package, ignore=never)
        return True


def function_code(*packages: str) -> lambda_.Code:
    """An asset with these packages of the kit and the dependencies that `lambda/requirements.txt` locks.

    Args:
        packages: Names of folders below `lambda/`.

    Raises:
        FileNotFoundError: At synth, when the dependencies were not built yet.
    """
    sources = _first_folder(_PACKAGE / "_lambda", _CHECKOUT / "lambda")
    return lambda_.Code.from_asset(
        str(sources / packages[0]),
        asset_hash_type=AssetHashType.OUTPUT,
        bundling=BundlingOptions(image=DockerImage.from_registry("unused"), local=_Copy(packages)),
    )
