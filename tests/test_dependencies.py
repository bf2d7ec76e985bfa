"""An ordinary installation stays lean: few packages, and none that comes only by another's whim."""

from __future__ import annotations

import tomllib
from importlib.metadata import PackageNotFoundError, requires
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
MOST_PACKAGES = 38  # and quotecli itself, and pip


def installed_with(name: str, found: set[str]) -> set[str]:
    """Add a package to `found`, and all that it requires without extras."""
    if name in found:
        return found
    try:
        required = requires(name) or []
    except PackageNotFoundError:
        return found
    found.add(name)
    for each in map(Requirement, required):
        if each.marker is None or each.marker.evaluate({"extra": ""}):
            installed_with(canonicalize_name(each.name), found)
    return found


def test_few_packages_are_installed_and_the_docs_name_each() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    found: set[str] = set()
    for wanted in map(Requirement, project["dependencies"]):
        installed_with(canonicalize_name(wanted.name), found)
    assert {"typer", "onnxruntime", "trafilatura"} <= found
    assert len(found) <= MOST_PACKAGES
    documented = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    words = set(documented.replace(",", " ").split())
    assert found - words == set()
