"""Markdown: the words and marks as rendered, the front matter as metadata."""

from __future__ import annotations

import pytest

YAML = """---
title: "Pool: the vote"
author: [Ann Smith, "Bo O’Neill"]
date: 2024-03-01
publication: The Example
canonical_url: https://example.org/pool
tags: [pool]
---
"""
TOML = """+++
title = "Pool: the vote"
author = ["Ann Smith", "Bo O’Neill"]
date = 2024-03-01
publication = "The Example"
url = "https://example.org/pool"
+++
"""


@pytest.mark.parametrize("front", [YAML, TOML])
def test_front_matter_is_metadata_and_not_text(article_of, front):
    article = article_of("a.md", front + "\n# Another title\n\nThe vote was close.\n")
    assert (article.title, article.byline) == ("Pool: the vote", "Ann Smith, Bo O’Neill")
    assert (article.published, article.outlet) == ("2024-03-01", "The Example")
    assert article.url == "https://example.org/pool"
    assert article.text == "Another title\nThe vote was close."


@pytest.mark.parametrize("front", ["---\n[broken\n---\n", "+++\nbroken\n+++\n", "---\n- a list\n---\n", "---\n---\n"])
def test_front_matter_without_metadata_is_left_out(article_of, front):
    article = article_of("a.md", front + "The vote was close.")
    assert (article.title, article.text) == (None, "The vote was close.")


def test_a_rule_on_top_is_no_front_matter(article_of):
    assert article_of("a.md", "---\n\nThe vote was close.\n").text == "The vote was close."


def test_markup_goes_and_words_and_marks_stay(article_of):
    source = (
        "# The *pool* vote\n\n"
        '“It’s **closed**,” she\nsaid -- it\'s "final" ... [the minutes](http://x.org "t") & `code` &amp; 3 \\* 4.\n\n'
        "![caption](a.png)\n\n> ‘Never,’ he\n> said.\n\n- **Q:** Why?\n- A: Cost.\n\n1. First  \n   second\n\n"
        "Setext\n======\n\n<!-- note -->\n\n<div>\nBox &quot;words&quot;\n</div>\n\n| a | b |\n|---|---|\n| c | d |\n"
    )
    article = article_of("a.md", source)
    assert article.title == "The pool vote"
    assert article.text.split("\n") == [
        "The pool vote",
        '“It’s closed,” she said -- it\'s "final" ... the minutes & code & 3 * 4.',
        "‘Never,’ he said.",
        "Q: Why?",
        "A: Cost.",
        "First",
        "second",
        "Setext",
        'Box "words"',
        "a b",
        "c d",
    ]


def test_only_a_heading_on_top_is_the_title(article_of):
    assert article_of("a.markdown", "Words first.\n\n# Later\n\nMore.").title is None
