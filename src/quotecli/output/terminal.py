"""Tables for a terminal, wrapped to its width. The only module that needs rich: import it where a terminal is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.cells import cell_len
from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

from quotecli.output.looks import Look

GAP = 2
"""Columns between two columns of a table."""


def draw(renderable: RenderableType, look: Look) -> str:
    """Return `renderable` as the lines that a terminal of this look shows, without spaces at their ends."""
    console = Console(
        width=look.width,
        force_terminal=look.styled,
        color_system="standard" if look.styled else None,
        no_color=not look.coloured,
        legacy_windows=False,
        _environ={},  # the look says it all
    )
    with console.capture() as captured:
        console.print(renderable, highlight=False, markup=False, emoji=False)
    return "".join(line.rstrip() + "\n" for line in captured.get().splitlines())


class Grid:
    """A table whose columns have fixed widths, so that it can be drawn row by row."""

    def __init__(self, look: Look, widths: Sequence[int | None]) -> None:
        """`widths`: of each column; None for the one that takes what remains."""
        assert look.width is not None
        self._look = look
        fixed = sum(width or 0 for width in widths) + GAP * (len(widths) - 1)
        self._widths = [width or max(20, look.width - fixed) for width in widths]

    def header(self, *titles: str) -> str:
        """Return the line of column titles."""
        return self.row(*(Text(title, style="bold dim") for title in titles))

    def row(self, *cells: Text) -> str:
        """Return one row, as many lines as its longest cell needs."""
        table = Table.grid(padding=(0, GAP, 0, 0), pad_edge=False)
        for width in self._widths:
            table.add_column(width=width, overflow="fold")
        table.add_row(*cells)
        return draw(table, self._look)


def table(titles: Sequence[str], rows: Sequence[Sequence[str]], numbers: set[int], look: Look) -> Iterator[str]:
    """Yield a table whose columns share the terminal's width; those in `numbers` are set to the right."""
    assert look.width is not None
    columns = list(zip(titles, *rows, strict=True))
    grid = Grid(look, _fitted(columns, look.width - GAP * (len(columns) - 1)))
    yield grid.header(*titles)
    for row in rows:
        yield grid.row(
            *(
                Text(cell, style="bold" if index == 0 else "", justify="right" if index in numbers else "left")
                for index, cell in enumerate(row)
            )
        )


def _fitted(columns: Sequence[Sequence[str]], room: int) -> list[int]:
    """Return the widths of columns that fit into `room`: the widest give way first, no word is cut if possible."""
    widths = [max(map(cell_len, cells)) for cells in columns]
    words = [max(cell_len(word) for cell in cells for word in cell.split() or [""]) for cells in columns]
    while sum(widths) > room:
        spare = [index for index, width in enumerate(widths) if width > words[index]]
        widths[max(spare or range(len(widths)), key=lambda index: widths[index])] -= 1
    return widths
