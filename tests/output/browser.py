"""Ask a real browser about a page: it is opened in a frame of a phone's width, and a script looks at it."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from html import unescape
from pathlib import Path
from typing import Any

import pytest

BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
needs_browser = pytest.mark.skipif(BROWSER is None, reason="there is no Chromium")

_OUTSIDE = """<!DOCTYPE html>
<iframe src="page.html" style="width: 390px; height: 800px; border: 0"></iframe><pre></pre>
<script>
onload = () => {
  const page = document.querySelector("iframe").contentDocument;
  const told = (() => { %s })();
  document.querySelector("pre").textContent = JSON.stringify(told);
};
</script>"""
_OPTIONS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--allow-file-access-from-files",
    "--virtual-time-budget=5000",
)


def ask(folder: Path, page: str, script: str) -> dict[str, Any]:
    """Return what `script`, the body of a function that knows the document as `page`, tells of an HTML page."""
    (folder / "page.html").write_text(page, encoding="utf-8")
    (folder / "ask.html").write_text(_OUTSIDE % script, encoding="utf-8")
    assert BROWSER
    asked = subprocess.run(
        [BROWSER, *_OPTIONS, f"--user-data-dir={folder / 'profile'}", "--dump-dom", (folder / "ask.html").as_uri()],
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=True,
    )
    answer = re.search(r"<pre>(.*?)</pre>", asked.stdout, re.DOTALL)
    assert answer
    told: dict[str, Any] = json.loads(unescape(answer[1]))
    return told
