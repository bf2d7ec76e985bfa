"""Word lists kept as data beside the code that uses them."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).parent  # importlib.resources would load zip files and temporary folders for it


def read_sections(*path: str) -> dict[str, list[str]]:
    """Return the lines of each `[section]` of a data file of the package; lines that begin with "#" are comments.

    path: the names of its folders and its own. No code is imported, which in some rooms takes long.
    """
    sections: dict[str, list[str]] = {}
    lines: list[str] = []
    for line in _PACKAGE.joinpath(*path).read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            lines = sections.setdefault(line[1 : line.index("]")], [])
        elif line and not line.startswith("#"):
            lines.append(line)
    return sections
