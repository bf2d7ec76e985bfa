"""The network in processes: one that is forked off after the first extraction has its own."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

FORKING = """
import multiprocessing
import quotecli

text = "“We have no choice,” Ana Whitfield said.\\n\\nThe board agreed, he said.\\n" * 200
article = quotecli.Article(id="1", text=text)
expected = quotecli.extract(article)
assert expected
with multiprocessing.get_context("fork").Pool(2) as pool:
    assert pool.map_async(quotecli.extract, [article] * 2).get(50) == [expected] * 2
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_process_forked_after_an_extraction_extracts_too() -> None:
    done = subprocess.run([sys.executable, "-c", FORKING], capture_output=True, text=True, timeout=100, check=False)
    assert (done.returncode, done.stderr) == (0, "")
