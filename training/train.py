"""Train the tagging model on PolNeAR. See README.md here; `python training/train.py --help` lists the settings."""

from __future__ import annotations

import argparse
import copy
import json
import random
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor, nn

from corpus import IGNORED, PARTS_OF_SPEECH, Text, Window, make_windows, read_texts
from network import HIDDEN, Tagger, crf_loss
from quotecli.model.decoding import viterbi
from quotecli.model.network import CLS, SEP, VOCABULARY
from quotecli.model.tagger import KEYS, LINK_SIZE, QUERIES
from quotecli.model.tags import ROLES, TAGS, begin, inside
from quotecli.model.word_pieces import WordPieces

BATCH = 16
PEAK_RATE, PEAK_RATE_NEW = 3e-4, 1e-3
WARM_UP = 0.06
WEIGHT_DECAY = 0.01
CLIP = 1.0
TAG_WEIGHT, NAME_WEIGHT, LINK_WEIGHT = 0.2, 0.4, 2.0
PARTS_LAYER = 4
"""Parts of speech are told from this layer, the last but one: the last is the roles' own."""
MASK = 103
FIRST_WEIGHTS_SEED = 1
AVERAGE_DECAY = 0.995
"""Each step, the averaged weights (the ones shipped) move by 1 - AVERAGE_DECAY towards the trained ones."""


class Batch(NamedTuple):
    inputs: tuple[Tensor, Tensor, Tensor, Tensor]
    roles: Tensor
    names: Tensor
    parts: Tensor
    links: list[tuple[int, int, list[int], list[int]]]  # row, content, sources, cues: positions in the row
    paragraphs: list[tuple[int, np.ndarray]]  # row, positions of a paragraph's words


def collate(windows: list[Window]) -> Batch:
    length = max(len(w.roles) for w in windows) + 2
    columns = np.zeros((7, len(windows), length), dtype=np.int64)
    columns[4:] = IGNORED
    links, paragraphs = [], []
    for row, w in enumerate(windows):
        n = len(w.roles)
        inputs = w.pieces.ids, w.pieces.case, w.pieces.place, w.pieces.quoted
        for c, column in enumerate((*inputs, w.roles, w.names, w.parts)):
            columns[c, row, 1 : n + 1] = column
        columns[0, row, 0], columns[0, row, n + 1] = CLS, SEP
        links += [(row, c + 1, [s + 1 for s in ss], [q + 1 for q in qs]) for c, ss, qs in w.links]
        heads = np.flatnonzero(w.pieces.first)
        cuts = np.flatnonzero(np.diff(w.pieces.paragraph[heads])) + 1
        paragraphs += [(row, words + 1) for words in np.split(heads, cuts) if len(words)]
    paragraphs.sort(key=lambda paragraph: -len(paragraph[1]))  # as decoding wants them
    tensors = [torch.from_numpy(column) for column in columns]
    ids, case, place, quoted, roles, names, parts = tensors
    return Batch((ids, case, place, quoted), roles, names, parts, links, paragraphs)


def hide_pieces(batch: Batch, share: float) -> Batch:
    """Hide a share of the word pieces from the encoder, so that it leans on the context."""
    ids, *features = batch.inputs
    hidden = (torch.rand(ids.shape) < share) & (ids > MASK)
    return batch._replace(inputs=(ids.masked_fill(hidden, MASK), *features))


def gather_paragraphs(
    scores: Tensor, roles: Tensor, paragraphs: list[tuple[int, np.ndarray]]
) -> tuple[Tensor, Tensor, Tensor]:
    lengths = torch.tensor([len(words) for _, words in paragraphs])
    index = torch.zeros(len(paragraphs), int(lengths.max()), dtype=torch.long)
    for i, (_, words) in enumerate(paragraphs):
        index[i, : len(words)] = torch.from_numpy(words)
    rows = torch.tensor([row for row, _ in paragraphs])[:, None]
    return scores[rows, index], roles[rows, index].clamp(min=0), lengths


LINKED = ("source", "cue")


def link_scores(vectors: Tensor, batch: Batch) -> Iterator[tuple[str, Tensor, Tensor, list[int]]]:
    """Yield (role, candidates, scores, gold) of each link: the words that a source or cue begins at, and [CLS], 0, for
    none."""
    starts = {role: batch.roles == begin(ROLES.index(role)) for role in LINKED}
    for row, content, *golds in batch.links:
        for role, gold in zip(LINKED, golds, strict=True):
            candidates = torch.cat([torch.tensor([0]), starts[role][row].nonzero().flatten()])
            scores = vectors[row, candidates, KEYS[role]] @ vectors[row, content, QUERIES[role]] / LINK_SIZE**0.5
            yield role, candidates, scores, gold or [0]


def link_loss(vectors: Tensor, batch: Batch) -> Tensor:
    """The cross entropy of the links, summed; none where the gold words were relabelled."""
    total = vectors.new_zeros(())
    for _, candidates, scores, gold in link_scores(vectors, batch):
        target = torch.isin(candidates, torch.tensor(gold))
        if target.any():
            total = total - scores.log_softmax(0)[target].mean()
    return total


def losses(
    model: Tagger, batch: Batch, parts_of_speech: nn.Linear, parts_weight: float
) -> tuple[Tensor, dict[str, float]]:
    states = model.states(*batch.inputs)
    tags, vectors = model.tags(states[-1]), model.links(states[-1])
    loss, parts = gold_losses(model, tags, vectors, batch)
    of_speech = labels_loss(parts_of_speech(states[PARTS_LAYER]), batch.parts)
    return loss + parts_weight * of_speech, parts | {"parts": of_speech.item()}


def gold_losses(model: Tagger, tags: Tensor, vectors: Tensor, batch: Batch) -> tuple[Tensor, dict[str, float]]:
    """The loss on roles, names and links, and what it is made of."""
    scores, gold, lengths = gather_paragraphs(tags[..., :TAGS], batch.roles, batch.paragraphs)
    words = float(lengths.sum())
    transitions, first = model.legal_transitions()
    crf = crf_loss(scores, gold, lengths, transitions, first) / words
    cross = labels_loss(tags[..., :TAGS], batch.roles)
    names = labels_loss(tags[..., TAGS:], batch.names)
    links = link_loss(vectors, batch) / words
    loss = crf + TAG_WEIGHT * cross + NAME_WEIGHT * names + LINK_WEIGHT * links
    return loss, {"crf": crf.item(), "names": names.item(), "links": links.item()}


def labels_loss(scores: Tensor, labels: Tensor) -> Tensor:
    """The mean cross entropy of the labelled pieces, 0 where there is none."""
    if (labels == IGNORED).all():
        return scores.new_zeros(())
    return nn.functional.cross_entropy(scores.flatten(0, 1), labels.flatten(), ignore_index=IGNORED)


def spans_of(tags: np.ndarray) -> set[tuple[int, int, int]]:
    """(kind, first word, last word + 1) of each span that begins with a begin tag.

    Stricter than the tagger where no CRF keeps tags legal: there a name may begin with an inside tag.
    """
    spans, start, kind = set(), 0, -1
    for i, tag in enumerate([*tags, 0]):
        if kind >= 0 and tag != inside(kind):
            spans.add((kind, start, i))
            kind = -1
        if tag > 0 and tag % 2 == 1:
            start, kind = i, (tag - 1) // 2
    return spans


@torch.no_grad()
def evaluate(model: Tagger, windows: list[Window]) -> dict[str, float]:
    """Exact word-span F1 of each role and of names, and how often a gold content's link is right."""
    model.eval()
    counts = np.zeros((4, 3))
    linked = 0
    right: Counter[str] = Counter()
    transitions, first = (x.numpy() for x in model.legal_transitions())
    for low in range(0, len(windows), BATCH):
        batch = collate(windows[low : low + BATCH])
        tags, vectors = model(*batch.inputs)
        scores, gold, lengths = gather_paragraphs(tags[..., :TAGS], batch.roles, batch.paragraphs)
        found = viterbi(scores.numpy(), lengths.numpy(), transitions, first)
        for f, g, n in zip(found, gold.numpy(), lengths.tolist(), strict=True):
            got, want = spans_of(f[:n]), spans_of(g[:n])
            for kind in range(3):
                a, b = ({s for s in side if s[0] == kind} for side in (got, want))
                counts[kind] += len(a & b), len(a), len(b)
        scores, gold, _ = gather_paragraphs(tags[..., TAGS:], batch.names, batch.paragraphs)
        for f, g, n in zip(scores.argmax(-1).numpy(), gold.numpy(), lengths.tolist(), strict=True):
            a, b = spans_of(f[:n]), spans_of(g[:n])
            counts[3] += len(a & b), len(a), len(b)
        linked += len(batch.links)
        right += links_right(vectors, batch)
    f1 = 200 * counts[:, 0] / (counts[:, 1] + counts[:, 2])
    names = (*ROLES, "names")
    return {name: round(float(v), 2) for name, v in zip(names, f1, strict=True)} | {
        f"link {role}": round(100 * right[role] / linked, 2) for role in LINKED
    }


def links_right(vectors: Tensor, batch: Batch) -> Counter[str]:
    """How many links of each role point at a gold word."""
    found = link_scores(vectors, batch)
    return Counter(role for role, candidates, scores, gold in found if int(candidates[scores.argmax()]) in gold)


def optimiser(model: Tagger, parts_of_speech: nn.Linear) -> torch.optim.Optimizer:
    new = ("case.", "place.", "quoted.", "tags.", "links.", "transitions", "first", "parts.")
    groups: dict[tuple[bool, bool], list[nn.Parameter]] = {}
    for name, parameter in (*model.named_parameters(), *parts_of_speech.named_parameters("parts")):
        groups.setdefault((name.startswith(new), parameter.dim() > 1), []).append(parameter)
    return torch.optim.AdamW(
        [
            {"params": p, "lr": PEAK_RATE_NEW if is_new else PEAK_RATE, "weight_decay": WEIGHT_DECAY if decays else 0.0}
            for (is_new, decays), p in groups.items()
        ]
    )


def epoch_batches(
    texts: list[Text], tokenizer: WordPieces, rng: random.Random, renamed_share: float
) -> list[list[Window]]:
    """One epoch's windows, of like length in a batch, the batches in random order."""
    windows = [w for text in texts for w in make_windows(text, tokenizer, rng, renamed_share)]
    windows.sort(key=lambda w: len(w.roles) + 8 * rng.random())
    batches = [windows[i : i + BATCH] for i in range(0, len(windows), BATCH)]
    rng.shuffle(batches)
    return batches


@torch.no_grad()
def follow(averaged: Tagger, model: Tagger, step: int) -> None:
    """Move the exponential average of the weights on by a step; at first it forgets faster."""
    decay = min(AVERAGE_DECAY, step / (step + 10))
    for kept, new in zip(averaged.parameters(), model.parameters(), strict=True):
        kept.lerp_(new, 1 - decay)


def keep(model: Tagger, row: dict[str, object], out: Path) -> None:
    """Store the weights after an epoch, whole or not at all, and what the log says of it."""
    print(row, flush=True)
    with (out / "log.jsonl").open("a", encoding="utf-8") as log:
        log.write(json.dumps(row) + "\n")
    part = out / f"epoch{row['epoch']}.pt.part"
    torch.save(model.state_dict(), part)
    part.replace(out / f"epoch{row['epoch']}.pt")


def train(arguments: argparse.Namespace) -> None:
    torch.manual_seed(FIRST_WEIGHTS_SEED)
    rng = random.Random(arguments.seed)
    tokenizer = WordPieces.load(VOCABULARY)
    train_texts, dev_texts = (read_texts(arguments.corpus, split) for split in ("train", "dev"))
    dev = [w for text in dev_texts for w in make_windows(text, tokenizer)]
    model = Tagger()
    model.load_encoder(arguments.encoder)
    if arguments.start:
        model.load_state_dict(torch.load(arguments.start, weights_only=True))
    torch.manual_seed(arguments.seed)
    parts_of_speech = nn.Linear(HIDDEN, len(PARTS_OF_SPEECH))  # for training only: syntax helps to find where spans end
    averaged = copy.deepcopy(model)
    steps_an_epoch = len(epoch_batches(train_texts, tokenizer, random.Random(0), 0.0))
    total = arguments.steps or steps_an_epoch * arguments.epochs
    opt = optimiser(model, parts_of_speech)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        opt, lambda s: min(1.0, (s + 1) / (WARM_UP * total)) * max(0.0, (total - s) / total)
    )
    arguments.out.mkdir(parents=True, exist_ok=True)
    step, started = 0, time.monotonic()
    for epoch in range(1, arguments.epochs + 1):
        for windows in epoch_batches(train_texts, tokenizer, rng, arguments.renamed):
            if step >= total:
                break
            model.train()
            batch = hide_pieces(collate(windows), arguments.hidden)
            loss, parts = losses(model, batch, parts_of_speech, arguments.parts)
            opt.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), CLIP)
            opt.step()
            schedule.step()
            step += 1
            follow(averaged, model, step)
            if step % 20 == 0:
                print(f"{step}/{total} {loss.item():.4f} {parts} {time.monotonic() - started:.0f} s", flush=True)
        seconds = round(time.monotonic() - started)
        row = {"epoch": epoch, "step": step, "seconds": seconds, "dev": evaluate(averaged, dev)}
        keep(averaged, row, arguments.out)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path, help="the folder with train.jsonl.gz and dev.jsonl")
    parser.add_argument("encoder", type=Path, help="the folder with model.safetensors")
    parser.add_argument("--out", type=Path, default=Path(__file__).parent / "runs" / "latest")
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument("--steps", type=int, help="stop after so many steps (the schedule ends there)")
    parser.add_argument("--start", type=Path, help="the weights to start from (default: the encoder's own)")
    parser.add_argument("--hidden", type=float, default=0.1, help="the share of word pieces that are hidden")
    parser.add_argument("--parts", type=float, default=0.3, help="the weight of the parts of speech in the loss")
    parser.add_argument("--renamed", type=float, default=0.3, help="the share of texts whose people get other names")
    parser.add_argument("--seed", type=int, default=1, help="of the batches, the restyling and the dropout")
    train(parser.parse_args())


if __name__ == "__main__":
    main()
