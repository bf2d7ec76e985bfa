"""Parsers that not everybody needs: what is missing says how to get it."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from quotecli.errors import InputError


def required(module: str, extra: str) -> Any:
    """Return a module that comes with `quotecli[extra]`; raise InputError with the command that installs it."""
    try:
        return import_module(module)
    except ImportError as error:
        raise InputError(f"needs an extra: pip install 'quotecli[{extra}]'") from error
