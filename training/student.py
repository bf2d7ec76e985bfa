"""Teach a smaller network what a larger one knows, and to read each paragraph by itself.

    python training/student.py LESSONS CORPUS --start TEACHER --layers 0 1 3 5 --width 1024 --out FOLDER

LESSONS: what `lessons.py` wrote. CORPUS: PolNeAR, whose dev texts show how far it is. The student begins as some of the
layers of the network that it starts from, with those neurons inside of a layer that move its output most. It is pulled
towards the teacher's tags (Hinton et al. 2015) and states (Sun et al. 2019) and, where there are labels, towards these.
The vectors of the word pieces stay as they are. A second run may start from a first one's weights, narrower.
"""

from __future__ import annotations

import argparse
import copy
import pickle
import random
import time
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from corpus import Window, make_windows, read_texts
from export import averaged
from lessons import Lesson
from network import HIDDEN, Tagger, shape_of
from quotecli.model.network import VOCABULARY
from quotecli.model.tags import TAGS
from quotecli.model.word_pieces import WordPieces
from train import CLIP, NAME_WEIGHT, WEIGHT_DECAY, collate, evaluate, follow, gold_losses

PIECES = 2048
"""Word pieces of a batch, padding included."""
FILES = 4
"""So many files of lessons are mixed at a time."""
GOLD_WEIGHT = 0.5
WARM_UP = 150
LEAST_RATE = 0.02
"""The share of the peak rate that is left at the end."""
ROLE_TAGS, OTHER_TAGS = slice(0, TAGS), slice(TAGS, None)
MEASURED = 40
"""Batches by which the neurons are judged."""


def load_shorter(checkpoints: Sequence[Path], layers: Sequence[int] | None) -> Tagger:
    """Return the mean of some networks, or some of its layers, without dropout."""
    weights = averaged(checkpoints)
    model = Tagger(*shape_of(weights), dropout=0.0)
    model.load_state_dict(weights)
    if layers:
        model.layers = nn.ModuleList(model.layers[i] for i in layers)
    return model


@torch.no_grad()
def narrow(model: Tagger, width: int, windows: Sequence[Window]) -> None:
    """Keep, in each layer, the `width` neurons inside that move its output most on `windows`."""
    squares = {layer.outer: torch.zeros(()) for layer in model.layers}

    def measure(outer: nn.Module, given: tuple[Tensor, ...]) -> None:
        squares[outer] = squares[outer] + given[0].flatten(0, 1).square().sum(0)

    hooks = [outer.register_forward_pre_hook(measure) for outer in squares]
    for start in range(0, len(windows), len(windows) // MEASURED):
        model.states(*collate(list(windows[start : start + len(windows) // MEASURED])).inputs)
    for hook in hooks:
        hook.remove()
    for layer in model.layers:
        best = (squares[layer.outer].sqrt() * layer.outer.weight.norm(dim=0)).topk(width).indices.sort().values
        inner, outer = nn.Linear(HIDDEN, width), nn.Linear(width, HIDDEN)
        inner.weight.copy_(layer.inner.weight[best])
        inner.bias.copy_(layer.inner.bias[best])
        outer.weight.copy_(layer.outer.weight[:, best])
        outer.bias.copy_(layer.outer.bias)
        layer.inner, layer.outer = inner, outer


def batches(files: Sequence[Path], rng: random.Random) -> Iterator[list[Lesson]]:
    """Yield batches of lessons of like length for ever, with and without labels apart."""
    while True:
        order = rng.sample(files, len(files))
        for start in range(0, len(order), FILES):
            some = [lesson for path in order[start : start + FILES] for lesson in pickle.loads(path.read_bytes())]
            mixed = [
                batch
                for labelled in (True, False)
                for batch in _by_length([lesson for lesson in some if lesson.labelled is labelled], rng)
            ]
            rng.shuffle(mixed)
            yield from mixed


def _by_length(lessons: list[Lesson], rng: random.Random) -> Iterator[list[Lesson]]:
    """Yield the lessons in runs of at most PIECES pieces, the shortest first."""
    batch: list[Lesson] = []
    for lesson in sorted(lessons, key=lambda each: len(each.tags) + 4 * rng.random()):
        if batch and (len(batch) + 1) * (len(lesson.tags) + 2) > PIECES:
            yield batch
            batch = []
        batch.append(lesson)
    if batch:
        yield batch


def loss_of(model: Tagger, taken: list[Lesson]) -> tuple[Tensor, dict[str, float]]:
    """Return the loss on a batch, and what it is made of."""
    batch = collate([lesson.window for lesson in taken])
    states = model.states(*batch.inputs)
    tags = model.tags(states[-1])
    rows = torch.cat([torch.full((len(lesson.tags),), row) for row, lesson in enumerate(taken)])
    columns = torch.cat([torch.arange(1, len(lesson.tags) + 1) for lesson in taken])
    wanted = torch.from_numpy(np.concatenate([lesson.states for lesson in taken])).float()
    # The mean squares of the two layers' states, summed.
    of_states = 2 * nn.functional.mse_loss(torch.cat(states[-2:], dim=-1)[rows, columns], wanted)
    first = torch.from_numpy(np.concatenate([lesson.window.pieces.first for lesson in taken]))
    targets = torch.from_numpy(np.concatenate([lesson.tags for lesson in taken])).float()
    roles, names = (_divergence(tags[rows, columns][first], targets[first], part) for part in (ROLE_TAGS, OTHER_TAGS))
    loss, parts = of_states + roles + NAME_WEIGHT * names, {"states": of_states.item(), "taught": roles.item()}
    if taken[0].labelled:
        gold, more = gold_losses(model, tags, model.links(states[-1]), batch)
        loss, parts = loss + GOLD_WEIGHT * gold, parts | more
    return loss, parts


def _divergence(found: Tensor, wanted: Tensor, part: slice) -> Tensor:
    here, there = found[:, part].log_softmax(-1), wanted[:, part].log_softmax(-1)
    return nn.functional.kl_div(here, there, reduction="batchmean", log_target=True)


def optimiser(model: Tagger, rate: float) -> torch.optim.Optimizer:
    """Return AdamW for all but the vectors of word pieces, most of which a short training never sees."""
    model.words.weight.requires_grad_(False)
    trained = [parameter for parameter in model.parameters() if parameter.requires_grad]
    matrices, vectors = ([p for p in trained if (p.dim() > 1) is wide] for wide in (True, False))
    groups = [{"params": matrices, "weight_decay": WEIGHT_DECAY}, {"params": vectors, "weight_decay": 0.0}]
    return torch.optim.AdamW(groups, lr=rate)


def train(arguments: argparse.Namespace) -> None:
    torch.manual_seed(arguments.seed)
    rng, files = random.Random(arguments.seed), sorted(arguments.lessons.rglob("*.pickle"))
    tokenizer = WordPieces.load(VOCABULARY)
    dev = [w for text in read_texts(arguments.corpus, "dev") for w in make_windows(text, tokenizer, packed=False)]
    dev.sort(key=lambda window: len(window.roles))
    model = load_shorter(arguments.start, arguments.layers)
    if arguments.width < model.layers[0].inner.out_features:
        narrow(model, arguments.width, [lesson.window for lesson in pickle.loads(files[0].read_bytes())])
    averaged, total = copy.deepcopy(model), arguments.steps
    opt = optimiser(model, arguments.rate)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        opt, lambda step: min(1.0, (step + 1) / WARM_UP) * max(LEAST_RATE, (total - step) / total)
    )
    arguments.out.mkdir(parents=True, exist_ok=True)
    started = time.monotonic()
    for step, taken in enumerate(islice(batches(files, rng), total), 1):
        loss, parts = loss_of(model, taken)
        opt.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), CLIP)
        opt.step()
        schedule.step()
        follow(averaged, model, step)
        if step % 20 == 0:
            print(f"{step}/{total} {time.monotonic() - started:.0f} s {parts}", flush=True)
        if step % arguments.every == 0 or step == total:
            torch.save(averaged.state_dict(), arguments.out / f"step{step}.pt")
            print(step, evaluate(averaged, dev), flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("lessons", type=Path)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--start", type=Path, nargs="+", required=True, help="checkpoints, whose mean it starts from")
    parser.add_argument("--layers", type=int, nargs="+", help="which of its layers to keep (default: all)")
    parser.add_argument("--width", type=int, default=768, help="the neurons inside of a layer")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--rate", type=float, default=3e-4, help="the peak learning rate")
    parser.add_argument("--steps", type=int, default=2700)
    parser.add_argument("--every", type=int, default=450, help="steps between checkpoints")
    parser.add_argument("--seed", type=int, default=6)
    train(parser.parse_args())


if __name__ == "__main__":
    main()
