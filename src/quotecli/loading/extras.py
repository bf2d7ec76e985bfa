"""Parsers that not everybody needs: what is missing says how to get it."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from quotecli.errors import InputError


def required(module: str) -> Any:
    """Return a module of a library that bears its name; raise InputError with the command that installs it."""
    try:
        return import_module(module)
    except ImportError as error:
        raise InputError(f"needs another library: pip install {module.partition('.')[0]}") from error
