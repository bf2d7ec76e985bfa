"""What turns to the reader of a page is no part of the article."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from quotecli.loading import load
from quotecli.loading.prompts import is_prompt
from quotecli.records import Article

DATA = json.loads((Path(__file__).parent / "prompts.json").read_text(encoding="utf-8"))
STORY = [
    "The harbour board will close the northern quay for eleven weeks from May, its chair said on Tuesday.",
    "“We looked at every way of keeping it open and there was none,” Ana Whitfield told reporters at the town hall.",
    "Fishermen said they had not been asked. “They tell us in a letter,” said Bo Ek.",
    "The work will cost £3.4 million, of which the county pays half. It is to be finished before the herring season.",
]
READER = "The board said the same in 2011 and nothing happened at all, said my uncle."
AROUND = {
    "a related story": '<p><strong>Read more: <a href="/1">Captain says he was told to sail</a></strong></p>',
    "related stories": '<aside class="related"><h4>More</h4><ul><li><a href="/1">Captain to sail</a></li></ul></aside>',
    "a newsletter": '<div class="newsletter-signup"><h3>Our briefing</h3><p>The editor says it is short.</p></div>',
    "a newsletter in a paragraph": "<p><em>Sign up to First Tide, our newsletter: readers love it, she says.</em></p>",
    "a caption": '<figure><img src="b.jpg"><figcaption>Bo Ek said fishermen had not been asked.</figcaption></figure>',
    "a caption in a paragraph": '<p class="caption">Bo Ek says they were told in a letter. Photo: Tom Kell</p>',
    "comments": f'<section class="comments"><div class="comment-body"><p>{READER}</p></div></section>',
    "a thread of comments": f'<div id="disqus_thread"><div class="post"><p>{READER}</p></div></div>',
    "the most read": '<div class="most-read"><ol><li><a href="/1">Mayor: “I stay”</a></li></ol></div>',
    "its author": '<div class="author-bio"><p>Jane Orr said in 2020 that she would never leave the coast.</p></div>',
}


@pytest.mark.parametrize("line", DATA["prompts"])
def test_prompts(line: str) -> None:
    assert is_prompt(line)


@pytest.mark.parametrize("line", DATA["lines"])
def test_lines_of_articles_are_none(line: str) -> None:
    assert not is_prompt(line)


@pytest.mark.parametrize("where", ["inside", "behind"])
@pytest.mark.parametrize("what", AROUND)
def test_what_stands_around_an_article_is_not_read(tmp_path: Path, what: str, where: str) -> None:
    paragraphs = [f"<p>{line}</p>" for line in STORY]
    paragraphs.insert(2 if where == "inside" else len(paragraphs), AROUND[what])
    page = f"<html><body><article><h1>Quay to close</h1>{''.join(paragraphs)}</article></body></html>"
    (tmp_path / "page.html").write_text(page, encoding="utf-8")
    [article] = load(tmp_path / "page.html")
    assert isinstance(article, Article)
    assert article.text.split("\n") == STORY
