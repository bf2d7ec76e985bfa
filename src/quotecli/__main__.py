"""`python -m quotecli` and the command `quotecli`."""

from __future__ import annotations

import signal
import sys

if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # Ctrl-C while it starts, or ends, needs no words


def run() -> int:
    """Run the program and return its exit code."""
    from quotecli.cli import main

    return main()


if __name__ == "__main__":
    sys.exit(run())
