"""Write quotecli's attributions of a corpus of texts, in the form that PolNeAR's scorers read.

    python benchmarks/accuracy.py dev.jsonl > predictions.jsonl

In: JSON Lines of {"id", "text"}. Out: one article a line, {"id", "quotes": [{"content", "cue", "source"}]}, each a list
of [start, end] character offsets, made from the statements of kind quote and claim.
"""

from __future__ import annotations

import argparse
import json
import sys

from quotecli.loading import load
from quotecli.pipeline import extract
from quotecli.records import Article, Mention, Statement


def prediction(article: Article) -> dict[str, object]:
    """Return the attributions of `article` as the scorer wants them."""
    attributed = [statement for statement in extract(article) if statement.kind != "fact"]
    return {"id": article.id, "quotes": [_quote(statement) for statement in attributed]}


def _quote(statement: Statement) -> dict[str, object]:
    mention = statement.speaker.mention if statement.speaker else None
    return {
        "content": [[span.start, span.end] for span in statement.content],
        "cue": _spans(statement.cue),
        "source": _spans(mention),
    }


def _spans(mention: Mention | None) -> list[list[int]]:
    return [[mention.start, mention.end]] if mention else []


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", help="a JSON Lines file of articles")
    for item in load([parser.parse_args().corpus]):
        if isinstance(item, Article):
            print(json.dumps(prediction(item)))
        else:
            print(f"{item.path}: {item.reason}", file=sys.stderr)


if __name__ == "__main__":
    main()
