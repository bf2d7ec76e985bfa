"""The command line: parse, call, print, exit code. Nothing else in quotecli prints or exits."""

from __future__ import annotations

from contextlib import suppress

from quotecli.cli.exits import Exit
from quotecli.cli.stopping import SHELL, stoppable
from quotecli.cli.streams import end_streams, open_streams
from quotecli.uncollected import uncollected


def main() -> int:
    """Run `quotecli` on the arguments of the process and return its exit code. Every error ends here, in one line."""
    code, caught = int(Exit.INTERRUPTED), list[int]()
    with suppress(KeyboardInterrupt), stoppable(caught):
        open_streams()
        code = _run()
    return end_streams(SHELL + caught[0] if caught else code)


def _run() -> int:
    try:
        with uncollected():  # nothing of what comes with a module is garbage
            from quotecli.cli.app import app

        return int(app(prog_name="quotecli", standalone_mode=False) or Exit.DONE)
    except Exception as error:
        from quotecli.cli.failures import report

        return report(error)
