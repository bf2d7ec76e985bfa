"""Make the vectors of words by which `quotecli search --semantic` finds: `src/quotecli/meaning/words.npz`.

    python training/vectors.py CORPUS ENCODER FREQUENCIES

As in model2vec (Tulkens and van Dongen 2024), the sentence encoder (ENCODER, a folder) reads each word of a vocabulary
alone, its vectors are made shorter, and frequent words weigh less (SIF: Arora et al. 2017). Unlike there, what makes
them shorter is not a principal component analysis but a matrix that is learned: the cosines between sums of words are
to be those that the encoder gives the whole texts, on sentences and pieces of sentences of CORPUS (PolNeAR's train
split) and on pairs of words. The matrix is the same for all words, so what it learns holds for those that no text has.

FREQUENCIES is the folder of the package symspellpy (MIT), which holds lists of English words and of pairs with their
frequencies.
"""

from __future__ import annotations

import argparse
import random
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray

from corpus import read_texts
from encoder import Encoder
from quotecli.library.index_words import fold, words
from quotecli.meaning import CODE_BYTES
from quotecli.meaning.codes import A_BYTE
from quotecli.meaning.table import FILE
from quotecli.text import parse

Floats = NDArray[np.float32]

DIMENSIONS = CODE_BYTES * A_BYTE
VOCABULARY = 45_000
SENTENCES, PHRASES, PAIRS = 7_000, 12_000, 20_000
PHRASE_LENGTHS = (2, 3, 3, 4, 4, 5, 6, 7, 8, 10)
SEED = 1

WEIGHT = 1e-3
"""A word of this frequency weighs half as much as a rare one."""
STEPS, RATE = 1500, 2e-3
BATCH = (384, 512, 128)
"""Sentences, phrases and single words in one step."""
LIKE_MATTERS = 9
"""How much more the cosine of two texts that are the same matters than that of two unlike ones."""


class Vocabulary(NamedTuple):
    """Folded words with their frequencies (of all words, 0 to 1), and how each is written, the most frequent first."""

    folded: list[str]
    written: list[str]
    frequency: NDArray[np.float64]


class Examples(NamedTuple):
    """Texts of one kind: the sums of their words' vectors, and what the encoder makes of them."""

    sums: torch.Tensor
    goals: torch.Tensor


def vocabulary(encoder: Encoder, frequencies: Path) -> Vocabulary:
    """Return the words of the encoder's vocabulary and of the list of frequencies, the most frequent ones."""
    counts = dict(_counts(frequencies / "frequency_dictionary_en_82_765.txt"))
    total = sum(counts.values())
    pieces = encoder.tokenizer.get_vocab()
    known = {piece: 1 / (2000 + rank) / 12 for piece, rank in pieces.items() if re.fullmatch(r"[a-z0-9]+", piece)}
    known |= {word: count / total for word, count in counts.items() if word in known or len(word) > 3}
    found: dict[str, tuple[float, str]] = {}
    for word, frequency in sorted(known.items(), key=lambda item: (-item[1], item[0])):
        folded = fold(word)
        if folded.isascii() and folded.isalnum():
            found.setdefault(folded, (frequency, word))
    chosen = list(found.items())[:VOCABULARY]
    return Vocabulary(
        [folded for folded, _ in chosen],
        [word for _, (_, word) in chosen],
        np.array([frequency for _, (frequency, _) in chosen]),
    )


def _counts(file: Path) -> Iterator[tuple[str, int]]:
    for line in file.read_text(encoding="utf-8-sig").splitlines():
        *text, count = line.split()
        yield " ".join(text), int(count)


def sentences(corpus: Path, rng: random.Random) -> list[str]:
    """Return sentences of the corpus, drawn at random."""
    found = [
        text.text[span.start : span.end].strip()
        for text in read_texts(corpus, "train")
        for span in parse(text.text).sentences
    ]
    return rng.sample([sentence for sentence in found if 25 < len(sentence) < 400], SENTENCES)


def phrases(said: Sequence[str], rng: random.Random) -> list[str]:
    """Return pieces of these sentences, as short as queries are."""
    found: dict[str, None] = {}
    while len(found) < PHRASES:
        words, length = rng.choice(said).split(), rng.choice(PHRASE_LENGTHS)
        if len(words) > length:
            start = rng.randrange(len(words) - length)
            found[" ".join(words[start : start + length]).strip(' ,.;:"“”()')] = None
    return list(found)


def pairs(frequencies: Path, rng: random.Random) -> list[str]:
    """Return pairs of words that often stand side by side."""
    known = [pair for pair, _ in _counts(frequencies / "frequency_bigramdictionary_en_243_342.txt")]
    return rng.sample(known, PAIRS)


def examples(texts: Sequence[str], goals: Floats, known: Vocabulary, vectors: Floats) -> Examples:
    """Return texts as what is learned from: those without a known word are left out."""
    row = {word: number for number, word in enumerate(known.folded)}
    found = [[row[word] for word in words(text) if word in row] for text in texts]
    kept = [number for number, rows in enumerate(found) if rows]
    sums = np.stack([vectors[found[number]].sum(0) for number in kept])
    return Examples(torch.nn.functional.normalize(torch.from_numpy(sums)), torch.from_numpy(goals[kept]))


def learned(kinds: Sequence[Examples], vectors: Floats) -> Floats:
    """Return the matrix [384, DIMENSIONS] that makes vectors short, beginning with their principal components."""
    components, _, _ = np.linalg.svd(vectors.T @ vectors)
    matrix = torch.nn.Parameter(torch.from_numpy(components[:, :DIMENSIONS].copy()))
    optimizer = torch.optim.Adam([matrix], lr=RATE)
    chance = np.random.default_rng(SEED)
    for step in range(STEPS):
        for group in optimizer.param_groups:
            group["lr"] = RATE * (1 - step / STEPS)
        drawn = [chance.choice(len(kind.sums), size, replace=False) for kind, size in zip(kinds, BATCH, strict=True)]
        sums = torch.cat([kind.sums[rows] for kind, rows in zip(kinds, drawn, strict=True)])
        goals = torch.cat([kind.goals[rows] for kind, rows in zip(kinds, drawn, strict=True)])
        made = torch.nn.functional.normalize(sums @ matrix)
        wanted = goals @ goals.T
        loss = ((made @ made.T - wanted) ** 2 * (1 + LIKE_MATTERS * wanted.clamp(min=0))).mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        if step % 100 == 0:
            print(f"step {step}: loss {loss.item():.4f}", flush=True)
    return np.asarray(matrix.detach().numpy(), dtype=np.float32)


def rotation() -> Floats:
    """Return a random rotation: it spreads what the first dimensions tell over all, as the codes of 2 bits want it."""
    return np.linalg.qr(np.random.default_rng(SEED).standard_normal((DIMENSIONS, DIMENSIONS)))[0].astype(np.float32)


def write(known: Vocabulary, vectors: Floats, path: Path) -> None:
    """Store the vectors as 8-bit integers with a scale each."""
    scales = np.maximum(np.abs(vectors).max(1) / 127, 1e-6).astype(np.float16)
    steps = np.clip(np.rint(vectors / scales.astype(np.float32)[:, None]), -127, 127).astype(np.int8)
    np.savez(path, words=np.frombuffer("\n".join(known.folded).encode(), dtype=np.uint8), steps=steps, scales=scales)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("encoder", type=Path)
    parser.add_argument("frequencies", type=Path)
    parser.add_argument("--out", type=Path, default=FILE)
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    rng = random.Random(SEED)
    encoder = Encoder(arguments.encoder)
    known = vocabulary(encoder, arguments.frequencies)
    own = encoder.vectors(known.written)
    print(f"{len(own)} words read by the encoder", flush=True)
    centred = own - own.mean(0)
    centred /= np.linalg.norm(centred, axis=1, keepdims=True)
    weighted = (centred * (WEIGHT / (WEIGHT + known.frequency))[:, None]).astype(np.float32)
    said = sentences(arguments.corpus, rng)
    short = phrases(said, rng) + pairs(arguments.frequencies, rng)
    kinds = [examples(texts, encoder.vectors(texts), known, weighted) for texts in (said, short)]
    print(f"{len(said) + len(short)} texts read by the encoder", flush=True)
    kinds.append(Examples(torch.nn.functional.normalize(torch.from_numpy(weighted)), torch.from_numpy(own)))
    write(known, weighted @ learned(kinds, weighted) @ rotation(), arguments.out)


if __name__ == "__main__":
    main()
