"""The trained network, run by onnxruntime: windows of word pieces in, scores out.

Nothing here is imported before a text is really to be tagged: onnxruntime takes a tenth of a second.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import numpy as np
from numpy.typing import NDArray

from quotecli.deadline import check_time
from quotecli.errors import ModelError
from quotecli.model.heads import Heads
from quotecli.model.inputs import Pieces
from quotecli.model.word_pieces import WordPieces
from quotecli.workers import available_processors

Floats = NDArray[np.float32]

FOLDER = Path(__file__).parent
VOCABULARY = FOLDER / "vocabulary.txt"
"""The word pieces of the encoder, a piece a line: it is not trained, and the same for every network."""
CLS, SEP = 101, 102


class Manifest(msgspec.Struct, frozen=True):
    """What belongs to model.onnx: the CRF's scores, [from, to] and of a paragraph's first word."""

    transitions: list[list[float]]
    first: list[float]


STATES = ("before_last", "last")
"""The outputs that give what the last two layers of the encoder hold of each piece: heads read these 768 numbers."""
STATE_SIZE = 768


class Output(NamedTuple):
    """One row a piece: `tags` [pieces, 14] (roles, then names), `links` [pieces, 256], `null` the same of [CLS].

    heads: [pieces, number of heads], what each head asked for reads off the states; None where none was asked for.
    """

    tags: Floats
    links: Floats
    null: Floats
    heads: Floats | None = None


class Network:
    """The network with its tokenizer; one for a process, safe to share between threads."""

    def __init__(self, folder: Path = FOLDER) -> None:
        """Load from `folder`. Raise ModelError when a file is missing or damaged."""
        try:
            manifest = msgspec.json.decode((folder / "manifest.json").read_bytes(), type=Manifest)
            self.tokenizer = WordPieces.load(VOCABULARY)
            self.heads = msgspec.json.decode((folder / "heads.json").read_bytes(), type=Heads)
            self._session = _session(folder / "model.onnx")
        except Exception as error:  # the libraries raise classes of their own
            raise ModelError(f"the tagging model in {folder} cannot be loaded ({error}); reinstall quotecli") from error
        self.transitions = np.array(manifest.transitions, dtype=np.float32)
        self.first = np.array(manifest.first, dtype=np.float32)
        self._threads = ThreadPoolExecutor(available_processors())

    def run(
        self,
        pieces: Pieces,
        windows: Sequence[tuple[int, int]],
        *,
        heads: Floats | None = None,
        alone: bool = False,
    ) -> list[Output]:
        """Return the scores of each window of `pieces`, in the order given.

        heads: [STATE_SIZE, n] weights by which n heads read the states; a whole text's states would fill the memory,
        so that only the products are kept. alone: work on one processor.
        """
        run = map if alone else self._threads.map
        outputs = []
        for output in run(lambda window: self._run_window(pieces, window, heads), windows):
            check_time()
            outputs.append(output)
        return outputs

    def _run_window(self, pieces: Pieces, window: tuple[int, int], heads: Floats | None) -> Output:
        """Run one window by itself: the scale of a product's rounding is that of all that it is computed with."""
        inputs = dict(zip(("ids", "case", "place", "quoted"), framed(pieces, window), strict=True))
        wanted = ["tags", "links"] if heads is None else ["tags", "links", *STATES]
        tags, links, *states = (output[0] for output in self._session.run(wanted, inputs))
        read = None if heads is None else np.concatenate(states, axis=1)[1:-1] @ heads
        return Output(tags[1:-1], links[1:-1], links[0], read)


def framed(pieces: Pieces, window: tuple[int, int]) -> NDArray[np.int64]:
    """Return what the network reads of a window: ids, case, place and quoted, [4, 1, pieces + 2], with [CLS] in front
    and [SEP] behind."""
    start, end = window
    columns = np.zeros((4, 1, end - start + 2), dtype=np.int64)
    columns[0, 0, 0], columns[0, 0, -1] = CLS, SEP
    for column, values in zip(columns, (pieces.ids, pieces.case, pieces.place, pieces.quoted), strict=True):
        column[0, 1:-1] = values[start:end]
    return columns


@cache
def network() -> Network:
    """Return the network that ships with quotecli, loaded at the first call of a process."""
    return Network()


if hasattr(os, "register_at_fork"):
    # Threads do not come along into a forked process: it would wait for those of the network for ever.
    os.register_at_fork(after_in_child=network.cache_clear)


def _session(path: Path) -> Any:
    # From 1.29 on, which we do not ask for, it counts its users, in their home and over the network, unless this is
    # set before its import.
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    import onnxruntime

    options = onnxruntime.SessionOptions()
    # Whole windows run side by side in threads of ours: that scales better than splitting each product.
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
