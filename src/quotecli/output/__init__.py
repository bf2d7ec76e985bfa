"""Statements, speakers and articles as text for people and for programs: pure functions that yield pieces of text."""

from __future__ import annotations

from quotecli.output.context import sentences_around, surrounding_paragraph
from quotecli.output.exports import ExportFormat, exported
from quotecli.output.formats import PIPE, Format, Look
from quotecli.output.lines import without_formulas
from quotecli.output.lists import render_articles, render_speakers, render_stats
from quotecli.output.passages import render_article, render_passage
from quotecli.output.profiles import render_decisions, render_profiles
from quotecli.output.report import report_page
from quotecli.output.rows import ArticleView, Checked, Row, VerdictRow, json_schema
from quotecli.output.statements import render_statements
from quotecli.output.tabular import Answered, write_data_set
from quotecli.output.verdicts import VerdictFormat, render_verdicts
from quotecli.output.wording import summary

__all__ = [
    "PIPE",
    "Answered",
    "ArticleView",
    "Checked",
    "ExportFormat",
    "Format",
    "Look",
    "Row",
    "VerdictFormat",
    "VerdictRow",
    "exported",
    "json_schema",
    "render_article",
    "render_articles",
    "render_decisions",
    "render_passage",
    "render_profiles",
    "render_speakers",
    "render_statements",
    "render_stats",
    "render_verdicts",
    "report_page",
    "sentences_around",
    "summary",
    "surrounding_paragraph",
    "without_formulas",
    "write_data_set",
]
