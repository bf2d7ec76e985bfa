"""The story that every file tells, and what a file is said to hold."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

TITLE = "Harwick closes its two oldest piers"
BYLINE = "Jo Marsh"
OUTLET = "The Harwick Example"
DAY = "2024-03-04"
URL = "https://harwick.example/piers"
VOTED = "The harbour board voted on Monday to close the two oldest piers, ending a year of argument in the town."
WONT_PAY = (
    "“We won’t pay £3 million for piers that nobody uses,” said Ann Whitfield, the board’s chair, after the vote."
)
DISGRACE = (
    "Tom O’Neill, who has sold tickets on the pier since 1998, called the decision “a disgrace” and said that he "
    "would ask a court to stop it."
)
REPORT = "According to a report by the town’s engineers, a repair of the piers would take at least four years."
LINES = (VOTED, WONT_PAY, DISGRACE, REPORT)

SECOND_TITLE = "Ferries will run every hour"
SECOND_LINES = (
    "Ferries to the islands will run every hour from May, the company said, and tickets will cost as much as before.",
    "“People asked us for more boats,” its manager, Rosa Lindt, told reporters at the quay. “Now they get them.”",
)


@dataclass(frozen=True)
class Told:
    """An article that a file holds: its lines, and its metadata as far as the file gives any."""

    lines: tuple[str, ...] = LINES
    title: str | None = None
    byline: str | None = None
    outlet: str | None = None
    published: str | None = None
    url: str | None = None


@dataclass(frozen=True)
class Shape:
    """A file as some program writes it.

    file: its name, which says the format. program: which program's files look so. make: returns its bytes.
    told: the articles in it. skipped: what the reasons say for what is no article in it, in order.
    """

    file: str
    program: str
    make: Callable[[], bytes]
    told: tuple[Told, ...] = (Told(),)
    skipped: tuple[str, ...] = field(default=())


def zipped(members: Mapping[str, str | bytes], *, stored: str | None = None) -> bytes:
    """Return a zip file; stored: the member that stands first and is not compressed, as EPUB and ODF want it."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            method = zipfile.ZIP_STORED if name == stored else zipfile.ZIP_DEFLATED
            archive.writestr(zipfile.ZipInfo(name, (2024, 3, 4, 12, 0, 0)), content, method)
    return file.getvalue()
