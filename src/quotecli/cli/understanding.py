"""Before a search for meanings: what the statements mean is worked out, as far as it was not before."""

from __future__ import annotations

from quotecli.cli.console import note
from quotecli.cli.corpus import Prepare
from quotecli.cli.progress import Progress
from quotecli.library.questions import Questions


def understanding(*, quiet: bool) -> Prepare:
    """Return what prepares a library for such a search, with a progress bar unless `quiet`."""

    def prepare(library: Questions, digests: tuple[str, ...] | None) -> None:
        left = library.not_understood(digests)
        with Progress("Understanding", shown=not quiet, inputs=lambda: left) as progress:
            for number in library.understand(digests):
                progress.advance(number)
                progress.end_input(number)
        if left and (left := library.not_understood(digests)):
            note(f"The library cannot be written now: {left:,} statements are understood for this once.", quiet=quiet)

    return prepare
