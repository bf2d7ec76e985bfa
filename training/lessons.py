"""What the teacher makes of many texts, a paragraph a lesson: what `student.py` learns from.

    python training/lessons.py CORPUS NEWS TEACHER --out FOLDER

CORPUS: PolNeAR, whose train texts have labels. NEWS: `.jsonl.gz` of texts without labels (`text`). The articles of
benchmarks/speakers that nobody holds out are read as well, without their labels. TEACHER: the weights of a network.

The teacher reads a part of the texts in packed windows, with what stands around a paragraph, and the rest as the
student will: what is known from the context is so taught to one that does not see it.
"""

from __future__ import annotations

import argparse
import gzip
import json
import pickle
import random
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray

from corpus import SMALLEST_FIRST_WINDOW, Text, Window, make_windows, packed_windows, read_texts
from export import averaged
from network import Tagger, shape_of
from quotecli.model.inputs import WINDOW, Pieces
from quotecli.model.inputs import windows as alone_windows
from quotecli.model.network import VOCABULARY, framed
from quotecli.model.word_pieces import WordPieces

OURS = Path(__file__).parent.parent / "benchmarks"
sys.path.insert(0, str(OURS))
import speakers  # noqa: E402

RENAMED = 0.3
"""The share of the labelled texts whose people get other names."""
PACKED = 0.6
"""The share of the texts that the teacher reads in packed windows."""
TEXTS_A_FILE = 150


class Lesson(NamedTuple):
    """A paragraph with what the teacher makes of it, one row a piece.

    states: of its last layer but one and its last, [pieces, 2 * HIDDEN]; tags: their scores, [pieces, 2 * TAGS].
    labelled: whether the window's own labels are gold.
    """

    window: Window
    states: NDArray[np.float16]
    tags: NDArray[np.float16]
    labelled: bool


def teach(text: Text, teacher: Tagger, tokenizer: WordPieces, rng: random.Random) -> Iterator[Lesson]:
    """Yield the paragraphs of `text`, its names and marks drawn at random, with what the teacher makes of them."""
    paragraphs = list(make_windows(text, tokenizer, rng, RENAMED, packed=False))
    if not paragraphs:
        return
    pieces = Pieces._make(np.concatenate(columns) for columns in zip(*(w.pieces for w in paragraphs), strict=True))
    packed = rng.random() < PACKED
    size = rng.randint(SMALLEST_FIRST_WINDOW, WINDOW)
    windows = packed_windows(pieces, size) if packed else alone_windows(pieces)
    states, tags = (np.concatenate(each) for each in zip(*(_read(teacher, pieces, w) for w in windows), strict=True))
    ends = np.cumsum([len(window.roles) for window in paragraphs])
    for window, its_states, its_tags in zip(paragraphs, np.split(states, ends), np.split(tags, ends), strict=False):
        yield Lesson(window, its_states, its_tags, labelled=text.silver is not None)


@torch.no_grad()
def _read(teacher: Tagger, pieces: Pieces, window: tuple[int, int]) -> tuple[NDArray[np.float16], NDArray[np.float16]]:
    *_, before, last = teacher.states(*map(torch.from_numpy, framed(pieces, window)))
    states, tags = torch.cat([before, last], dim=-1), teacher.tags(last)
    return states[0, 1:-1].half().numpy(), tags[0, 1:-1].half().numpy()


def read_news(path: Path) -> list[Text]:
    """Read texts without labels, the marks of those repaired that were decoded wrongly."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    return [Text(row["id"], _repaired(row["text"]), [[]], None) for row in rows]


def _repaired(text: str) -> str:
    try:
        return text.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return text.replace("Â£", "£")


def read_ours() -> list[Text]:
    """Read the articles of benchmarks/speakers but for the third that is held out."""
    samples = map(speakers.read, sorted((OURS / "speakers").glob("*.txt")))
    return [Text(each.article.id, each.article.text, [[]], None) for each in samples if each.part == "ours"]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("news", type=Path)
    parser.add_argument("teacher", type=Path, nargs="+", help="checkpoints, whose mean it is")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    weights = averaged(arguments.teacher)
    teacher = Tagger(*shape_of(weights))
    teacher.load_state_dict(weights)
    teacher.eval()
    tokenizer, rng = WordPieces.load(VOCABULARY), random.Random(arguments.seed)
    texts = [*read_texts(arguments.corpus, "train"), *read_news(arguments.news), *read_ours()]
    rng.shuffle(texts)
    arguments.out.mkdir(parents=True, exist_ok=True)
    for number, start in enumerate(range(0, len(texts), TEXTS_A_FILE)):
        some = texts[start : start + TEXTS_A_FILE]
        lessons = [lesson for text in some for lesson in teach(text, teacher, tokenizer, rng)]
        (arguments.out / f"{number:02}.pickle").write_bytes(pickle.dumps(lessons, protocol=5))
        print(number, len(lessons), flush=True)


if __name__ == "__main__":
    main()
