"""Work that is done once for a source, however many quotations a draft has."""

from __future__ import annotations

import pytest

from quotecli import Article, verify
from quotecli.verification import sources


def test_a_sources_words_are_numbered_once(monkeypatch: pytest.MonkeyPatch) -> None:
    numbered: list[int] = []

    class Counted(sources.Numbered):
        def __init__(self, words: list[str]) -> None:
            numbered.append(len(words))
            super().__init__(words)

    monkeypatch.setattr(sources, "Numbered", Counted)
    said = [f"We counted the boats of harbour {number} and found them all in order" for number in range(12)]
    source = Article(id="1", text="\n".join(f"“{each},” Ana Whitfield told reporters." for each in said))
    draft = "\n".join(f"“{each.replace('boats', 'ships')},” Ana Whitfield told reporters." for each in said)
    assert [each.verdict for each in verify(draft, [source], statements_of=lambda _: ())] == ["altered"] * 12
    assert len(numbered) == 2  # its words, and their heads
