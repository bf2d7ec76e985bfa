"""The page of verdicts in a real browser: on a phone's width, by keyboard, with hostile words; needs Chromium."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from quotecli.output import Checked, VerdictFormat, render_verdicts
from quotecli.records import Article, ArticleRef, Change, Evidence, Mention, Span, Speaker, Verdict

BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
pytestmark = pytest.mark.skipif(BROWSER is None, reason="there is no Chromium")

ATTACK = "</style></p><script>document.title='x'</script><img src=x onerror=\"document.title='x'\"> " + "long" * 80
ASK = """<!DOCTYPE html>
<iframe src="page.html" style="width: 390px; height: 800px; border: 0"></iframe><pre></pre>
<script>
onload = () => {
  const page = document.querySelector("iframe").contentDocument;
  const closed = page.querySelector("details:not([open])");
  closed.querySelector("summary").click();
  const targets = [...page.querySelectorAll("a[href], summary")];
  const reached = targets.filter(each => { each.focus(); return page.activeElement === each; });
  document.querySelector("pre").textContent = JSON.stringify({
    title: page.title, opened: closed.open, width: page.documentElement.scrollWidth,
    strange: page.querySelectorAll("script, img, iframe, form, link").length,
    links: targets.length, reached: reached.length,
    words: page.querySelector("section p").textContent,
  });
};
</script>"""


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
    (tmp_path / "page.html").write_text("".join(render_verdicts([checked], VerdictFormat.HTML)), encoding="utf-8")
    (tmp_path / "ask.html").write_text(ASK, encoding="utf-8")
    assert BROWSER
    options = [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--allow-file-access-from-files",
        "--virtual-time-budget=5000",
    ]
    profile = f"--user-data-dir={tmp_path / 'profile'}"
    asked = subprocess.run(
        [BROWSER, *options, profile, "--dump-dom", (tmp_path / "ask.html").as_uri()],
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=True,
    )
    answer = re.search(r"<pre>(.*?)</pre>", asked.stdout, re.DOTALL)
    assert answer
    told: dict[str, Any] = json.loads(unescape(answer[1]))
    return told


def test_a_hostile_page_is_harmless_narrow_and_reachable(page: dict[str, Any]) -> None:
    assert (page["title"], page["strange"]) == ("Quotations checked", 0)
    assert ATTACK in page["words"]
    assert page["width"] <= 390
    assert page["opened"]
    assert page["reached"] == page["links"] >= 4
