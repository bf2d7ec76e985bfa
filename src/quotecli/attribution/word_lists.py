"""Word lists kept as data beside the code that uses them."""

from __future__ import annotations

from importlib.resources import files


def read_sections(package: str, file: str) -> dict[str, list[str]]:
    """Return the lines of each `[section]` of a data file of `package`; lines that begin with "#" are comments."""
    sections: dict[str, list[str]] = {}
    lines: list[str] = []
    for line in files(package).joinpath(file).read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            lines = sections.setdefault(line[1 : line.index("]")], [])
        elif line and not line.startswith("#"):
            lines.append(line)
    return sections
