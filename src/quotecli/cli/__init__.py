"""The command line: parse, call, print, exit code. Nothing else in quotecli prints or exits."""

from __future__ import annotations

import os
import sys

from quotecli.cli.exits import Exit


def main() -> int:
    """Run `quotecli` on the arguments of the process and return its exit code. Every error ends here, in one line."""
    try:
        _prepare_streams()
        from quotecli.cli.app import app

        return int(app(prog_name="quotecli", standalone_mode=False) or Exit.DONE)
    except KeyboardInterrupt:
        return Exit.INTERRUPTED
    except Exception as error:
        from quotecli.cli.failures import report

        return report(error)
    finally:
        _end_output()


def _prepare_streams() -> None:
    """Write UTF-8 into files and pipes on every system; a terminal shows a sign for what it cannot show."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            if stream.isatty():
                stream.reconfigure(errors="replace")
            else:
                stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _end_output() -> None:
    """Write what is left; where that is impossible, let Python close stdout without a word about it."""
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
