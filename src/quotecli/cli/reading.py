"""Reading what the user named: bad inputs are reported and counted, the others go on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from quotecli.cli.console import complain
from quotecli.cli.progress import Progress
from quotecli.records import Article, Skipped


class Reading:
    """The articles of some inputs, read one by one while they are asked for.

    skipped: how many inputs gave no article, so far.
    """

    def __init__(self, paths: Sequence[str], *, progress: bool) -> None:
        """`progress`: show how far it is, on a terminal, if it takes more than a second."""
        self._paths = paths
        self._progress = progress
        self.skipped = 0

    def __iter__(self) -> Iterator[Article]:
        from quotecli.loading import load

        with Progress("Reading", shown=self._progress) as progress:
            for found in load(self._paths):
                if isinstance(found, Skipped):
                    self.skipped += 1
                    complain(f"{found.path}: {found.reason}")
                else:
                    yield found
                progress.advance()
