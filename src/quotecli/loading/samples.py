"""The sample articles that come with quotecli."""

from __future__ import annotations

from pathlib import Path


def samples() -> list[Path]:
    """Return the sample articles in the order of their names: from the installed package, else from the checkout."""
    installed = Path(__file__).parents[1] / "data"
    folder = installed if installed.is_dir() else Path(__file__).parents[3] / "data"
    return sorted(path for path in folder.iterdir() if path.is_file()) if folder.is_dir() else []
