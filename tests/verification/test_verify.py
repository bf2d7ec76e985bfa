"""The public function: what it takes as draft and as sources. With the real model."""

from __future__ import annotations

import quotecli
from quotecli import Article, Skipped
from quotecli.records import Span, Speaker, Statement

SOURCE = Article(id="bridge", text="“Every bolt was checked twice,” Ruth Okafor, the mayor, said on Friday.\n")
DRAFT = "“Every bolt was not checked twice,” said Ruth Okafor. “Every bolt was checked twice,” said Ruth Okafor.\n"


def test_a_text_is_checked_against_what_load_gives() -> None:
    altered, exact = quotecli.verify(DRAFT, [Skipped("b.txt", "the file is empty"), SOURCE])
    assert (altered.verdict, exact.verdict) == ("altered", "exact")
    assert DRAFT[exact.start : exact.end] == exact.text == "“Every bolt was checked twice,”"
    assert [(change.kind, change.draft, change.source) for change in altered.changes] == [("negation", "not", "")]
    [evidence] = exact.evidence
    assert evidence.article == SOURCE.ref
    assert evidence.speaker
    assert evidence.speaker.name == "Ruth Okafor"


def test_a_draft_does_not_vouch_for_itself() -> None:
    draft = Article(id="draft", text="“Nobody looked at the bolts,” said Ruth Okafor.\n")
    [verdict] = quotecli.verify(draft, [draft, SOURCE])
    assert verdict.verdict == "not found"


def test_the_place_that_names_the_speaker_comes_before_the_headline() -> None:
    story = "Officials defend ‘solid’ bridge\n\nRuth Okafor called the bridge ‘solid’ on Friday.\n"
    [verdict] = quotecli.verify("Ruth Okafor called it ‘solid’.", [Article(id="story", text=story)])
    assert verdict.verdict == "exact"
    assert [evidence.spans[0].start for evidence in verdict.evidence] == [story.rindex("solid"), story.index("solid")]


def test_who_only_seems_to_speak_on_is_not_called_wrong() -> None:
    draft = "“Every bolt was checked twice.”\n"

    def verdict(speaker: Speaker) -> str:
        def statements_of(article: Article) -> list[Statement]:
            who = speaker if article.id == "draft" else Speaker(name="Ruth Okafor", type="person", resolved_by="name")
            words = "Every bolt was checked twice"
            start = article.text.index(words)
            span = Span(start, start + len(words))
            told = Statement(
                id="x", kind="quote", text=words, content=(span,), speaker=who, confidence=0.9, article=article.ref
            )
            return [told]

        [found] = quotecli.verify(draft, [SOURCE], statements_of=statements_of)
        return found.verdict

    assert verdict(Speaker(name="Per Halvorsen", type="person", resolved_by="name")) == "wrong speaker"
    assert verdict(Speaker(name="Per Halvorsen", type="person", resolved_by="continued")) == "normalised"


def test_without_sources_nothing_is_found() -> None:
    assert [verdict.verdict for verdict in quotecli.verify(DRAFT, [])] == ["not found", "not found"]
