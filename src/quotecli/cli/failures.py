"""Errors as one line on stderr, and the exit code of each kind."""

from __future__ import annotations

import errno
import os
import sys
import traceback

import typer

from quotecli.cli.console import OutputError, ReaderGoneError, complain
from quotecli.cli.exits import Exit
from quotecli.cli.hints import message_of
from quotecli.errors import InputError, LibraryError, ModelError, NotFoundError, QuotecliError, UsageError

DEBUG_VARIABLE = "QUOTECLI_DEBUG"
ISSUES = "please report it with the output of the same command under QUOTECLI_DEBUG=1"

_UNWRITABLE = {errno.ENOSPC, errno.EBADF, errno.EIO, errno.EDQUOT}
_CODES: tuple[tuple[type[QuotecliError], Exit], ...] = (
    (UsageError, Exit.USAGE),
    (NotFoundError, Exit.NOT_FOUND),
    (InputError, Exit.INPUT),
    (ModelError, Exit.UNUSABLE),
    (LibraryError, Exit.UNUSABLE),
    (OutputError, Exit.OUTPUT),
)


def report(error: Exception) -> Exit:
    """Write `error` as one line for a person and return the exit code that belongs to it."""
    if isinstance(error, ReaderGoneError):
        return Exit.DONE
    if os.environ.get(DEBUG_VARIABLE):
        traceback.print_exception(error, file=sys.stderr)
    if isinstance(error, typer.TyperException):
        complain(_usage(error))
        return Exit.USAGE
    if isinstance(error, QuotecliError):
        complain(message_of(error))
        return next((code for kind, code in _CODES if isinstance(error, kind)), Exit.DEFECT)
    if isinstance(error, BrokenPipeError):
        return Exit.DONE
    if isinstance(error, OSError) and error.errno in _UNWRITABLE:  # help and the like are written by typer
        complain(f"cannot write the results: {error.strerror}")
        return Exit.OUTPUT
    complain(f"a defect in quotecli ({type(error).__name__}: {error}); {ISSUES}")
    return Exit.DEFECT


def _usage(error: typer.TyperException) -> str:
    context = getattr(error, "ctx", None)
    command = context.command_path if context else "quotecli"
    said = " ".join(error.format_message().split())
    return f"{said}{'' if said.endswith(('.', '?')) else '.'} Try '{command} --help'."
