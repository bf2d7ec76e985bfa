"""Reading what the user named: bad inputs are reported and counted, the others go on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from quotecli.cli.console import complain
from quotecli.cli.options import Inputs
from quotecli.cli.progress import Progress
from quotecli.records import Article, Skipped

_ALL = Inputs(any_language=True)
"""For what is no source of statements: a draft is checked in whatever language it is."""


class Reading:
    """The articles of some inputs, read one by one while they are asked for.

    skipped: how many inputs gave no article, so far.
    """

    def __init__(self, paths: Sequence[str], *, progress: bool, inputs: Inputs = _ALL) -> None:
        """`progress`: show how far it is, on a terminal, if it takes more than a second.

        `inputs`: how they are read.
        """
        self._paths = paths
        self._progress = progress
        self._inputs = inputs
        self.skipped = 0

    def __iter__(self) -> Iterator[Article]:
        from quotecli.loading import load

        with Progress("Reading", shown=self._progress) as progress:
            for found in load(self._paths, any_language=self._inputs.any_language):
                if isinstance(found, Skipped):
                    self.skipped += 1
                    complain(f"{found.path}: {found.reason}")
                else:
                    yield found
                progress.advance()
