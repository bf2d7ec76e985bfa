"""The page of verdicts in a real browser: on a phone's width, by keyboard, with hostile words; needs Chromium."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from quotecli.output.rows import Checked
from quotecli.output.verdicts import VerdictFormat, render_verdicts
from quotecli.records import Article, ArticleRef, Mention, Span, Speaker
from quotecli.results import Change, Evidence, Verdict

from .browser import ask, needs_browser

pytestmark = needs_browser

ATTACK = "</style></p><script>document.title='x'</script><img src=x onerror=\"document.title='x'\"> " + "long" * 80
ASK = """
  const closed = page.querySelector("details:not([open])");
  closed.querySelector("summary").click();
  const targets = [...page.querySelectorAll("a[href], summary")];
  const reached = targets.filter(each => { each.focus(); return page.activeElement === each; });
  return {
    title: page.title, opened: closed.open, width: page.documentElement.scrollWidth,
    strange: page.querySelectorAll("script, img, iframe, form, link").length,
    links: targets.length, reached: reached.length,
    words: page.querySelector("section p").textContent,
  };
"""


@pytest.fixture
def page(tmp_path: Path) -> dict[str, Any]:
    """What the browser says of a page in which all words are hostile."""
    quoted = f"“{ATTACK}”"
    proof = Evidence(
        article=ArticleRef(id=ATTACK, title=ATTACK, url=f"https://news.example/{ATTACK}"),
        spans=(Span(2, 9),),
        text=ATTACK,
        context=Mention(ATTACK, 0, len(ATTACK)),
        quoted=True,
        speaker=Speaker(name=ATTACK),
    )
    change = Change(
        kind="name", draft=ATTACK, source=ATTACK, start=1, end=1 + len(ATTACK), source_start=0, source_end=9
    )
    found = Verdict(
        verdict="exact",
        text=quoted,
        start=0,
        end=len(quoted),
        speaker=proof.speaker,
        changes=(change,),
        evidence=(proof,),
    )
    checked = Checked(Article(id=ATTACK, text=quoted), (found,))
    return ask(tmp_path, "".join(render_verdicts([checked], VerdictFormat.HTML)), ASK)


def test_a_hostile_page_is_harmless_narrow_and_reachable(page: dict[str, Any]) -> None:
    assert (page["title"], page["strange"]) == ("Quotations checked", 0)
    assert ATTACK in page["words"]
    assert page["width"] <= 390
    assert page["opened"]
    assert page["reached"] == page["links"] >= 4
