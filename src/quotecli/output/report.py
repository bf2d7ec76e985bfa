"""Articles as one page of HTML: who speaks, what they say, the facts with their figures, and every text with each
statement marked in the colour of its speaker.

The page needs nothing else: no network, no fonts; its own policy forbids all but its own script, which only shows and
hides what is there, so that the page can be read and printed without it. All text from articles is escaped, and what
would act on a reader (changes of writing direction) is made visible.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from hashlib import sha256
from html import escape
from importlib.resources import files
from pathlib import PurePath

import msgspec

from quotecli.library import Entry
from quotecli.output.marking import innermost, marks
from quotecli.output.safe import printable
from quotecli.output.statements import place
from quotecli.output.wording import number_of
from quotecli.records import Figure, Kind, Span, Statement
from quotecli.results import SpeakerSummary

_HUES = (210, 25, 145, 285, 50, 335, 180, 100, 250, 5, 70, 310)
"""Of the colours of those who speak most; all others share grey."""
_DATE = re.compile(r"\d{4}(?:-\d\d){0,2}")
_NUMBERS = re.compile(r"\d+(?:\.\d+)?")
_MONTH = len("2024-06")
_MOST_YEARS = 10
_NOBODY = "nobody is named"
_PARTS = {
    "speakers": "Speakers",
    "timeline": "Timeline",
    "facts": "Facts",
    "said": "Quotes and claims",
    "articles": "Articles",
}
_PARTS_OF_ONE = {"speakers": "Speakers", "articles": "Article", "facts": "Facts", "said": "Quotes and claims"}
"""What a page of several articles, or of one, consists of, in this order: the ids and names of its parts."""
_KINDS: dict[Kind, str] = {"quote": "Quote", "claim": "Claim", "fact": "Fact"}


class Cast(msgspec.Struct, frozen=True):
    """Who speaks on a page: the speakers, the most quoted first, and which of them a name means."""

    speakers: Sequence[SpeakerSummary]
    number: Mapping[str, int]

    @classmethod
    def of(cls, speakers: Sequence[SpeakerSummary]) -> Cast:
        """Return them; another name counts where only one of them has it."""
        holders: dict[str, set[int]] = defaultdict(set)
        for number, speaker in enumerate(speakers):
            for alias in speaker.aliases:
                holders[alias].add(number)
        known = {alias: min(numbers) for alias, numbers in holders.items() if len(numbers) == 1}
        return cls(speakers, known | {speaker.name: number for number, speaker in enumerate(speakers)})

    def number_of(self, statement: Statement) -> int | None:
        """Return which of the speakers said it; None for facts, and where nobody is named."""
        return self.number.get(statement.speaker.name) if statement.speaker else None

    def name_of(self, statement: Statement) -> str:
        """Return who said it, by the name that the page calls them."""
        number = self.number_of(statement)
        if number is not None:
            return self.speakers[number].name
        return statement.speaker.name if statement.speaker else _NOBODY


def report_page(articles: Sequence[Entry], speakers: Sequence[SpeakerSummary]) -> Iterator[str]:
    """Yield the page on `articles`, each with its statements; `speakers`: who speaks in them, the most quoted first."""
    style, script = (
        files("quotecli.output").joinpath(f"report.{kind}").read_text(encoding="utf-8") for kind in ("css", "js")
    )
    allowed = b64encode(sha256(script.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{allowed}'; base-uri 'none'"
    statements = [each for article in articles for each in article.statements]
    cast = Cast.of(speakers)
    heading = _heading(articles)
    yield (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}; form-action \'none\'">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{heading}</title>\n<style>\n{style}{_colours(cast)}</style>\n</head>\n<body>\n"
        f'<a class="skip" href="#articles">To the articles</a>\n<header>\n<h1>{heading}</h1>\n'
        f"<p>{_totals(statements, cast)}</p>\n"
    )
    parts = {
        "speakers": _speakers(cast),
        "timeline": _timeline(articles),
        "facts": _facts(statements),
        "said": _said(statements, cast),
        "articles": _articles(articles, cast),
    }
    shown = _PARTS if len(articles) > 1 else _PARTS_OF_ONE
    yield _controls(cast, shown)
    yield "</header>\n<main>\n"
    for part in shown:
        yield from parts[part]
    yield f"</main>\n<script>{script}</script>\n</body>\n</html>\n"


def _heading(articles: Sequence[Entry]) -> str:
    if len(articles) == 1:
        return f"Who says what: {_text(place(articles[0]))}"
    return f"Who says what in {len(articles)} articles"


def _totals(statements: Sequence[Statement], cast: Cast) -> str:
    kinds = Counter(each.kind for each in statements)
    counted = ", ".join(number_of(kinds[kind], kind) for kind in _KINDS)
    return f"{counted}; {number_of(len(cast.speakers), 'speaker')}."


def _colours(cast: Cast) -> str:
    shown = enumerate(_HUES[: len(cast.speakers)])
    return "".join(f".s{number} {{ --hue: {hue}; --tint: 70%; }}\n" for number, hue in shown)


def _tone(number: int | None) -> str:
    return "" if number is None or number >= len(_HUES) else f" s{number}"


def _controls(cast: Cast, parts: Mapping[str, str]) -> str:
    people = "".join(
        f'<option value="{number}">{_text(speaker.name)}</option>' for number, speaker in enumerate(cast.speakers)
    )
    kinds = "".join(f'<option value="{kind}">{name}s</option>' for kind, name in _KINDS.items())
    links = " ".join(f'<a href="#{part}">{name}</a>' for part, name in parts.items())
    return (
        '<form role="search" id="filters" hidden>\n'
        '<label>Words <input type="search" name="words" placeholder="in statements" autocomplete="off"></label>\n'
        f'<label>Speaker <select name="speaker"><option value="">everybody</option>{people}</select></label>\n'
        f'<label>Kind <select name="kind"><option value="">all</option>{kinds}</select></label>\n'
        '<label><input type="checkbox" name="figures"> with figures</label>\n'
        '<button type="reset">Show all</button>\n<output name="shown" aria-live="polite"></output>\n</form>\n'
        f'<nav aria-label="Parts of the page">{links}</nav>\n'
    )


def _title(name: str, number: int) -> str:
    return f"<h2>{name} <small>{number:,}</small></h2>\n"


def _name(article: Entry) -> str:
    """Return what an article is called, without its outlet and date."""
    return _text(place(msgspec.structs.replace(article.ref, outlet=None, published=None)))


def _speakers(cast: Cast) -> Iterator[str]:
    most = max((each.quotes + each.claims for each in cast.speakers), default=1) or 1
    yield f'<section id="speakers">\n{_title("Speakers", len(cast.speakers))}<div class="wide"><table>\n<thead><tr>'
    yield "".join(f'<th scope="col">{name}</th>' for name in ("Speaker", "Role", "Quotes", "Claims", "Articles"))
    yield "</tr></thead>\n<tbody>\n"
    for number, each in enumerate(cast.speakers):
        share = round(100 * (each.quotes + each.claims) / most)
        yield (
            f'<tr class="who{_tone(number)}" data-speaker="{number}"><th scope="row">'
            f'<a href="#said" data-speaker="{number}">{_text(each.name)}</a>'
            f'<span class="bar" style="width:{share}%"></span></th><td>{_text(each.role or "")}</td>'
            f"<td>{each.quotes}</td><td>{each.claims}</td><td>{each.articles}</td></tr>\n"
        )
    yield "</tbody>\n</table></div>\n</section>\n"


def _timeline(articles: Sequence[Entry]) -> Iterator[str]:
    """Yield a bar for each day, month or year with its statements, as plain SVG."""
    days = [(each.published or "", len(each.statements)) for each in articles]
    dated = [(day, number) for day, number in days if _DATE.fullmatch(day)]
    yield '<section id="timeline">\n<h2>Timeline</h2>\n'
    if dated:
        yield from _bars(*_counted(dated))
    undated = len(articles) - len(dated)
    yield f"<p>{number_of(undated, 'article')} without a date.</p>\n" if undated else ""
    yield "</section>\n"


def _counted(dated: Sequence[tuple[str, int]]) -> tuple[Counter[str], list[str]]:
    """Return how many statements each day, month or year has, and all of these from the first to the last, so that a
    gap is seen as one: days within one month, years where a date has no month or ten years are not enough."""
    days = [day for day, _ in dated]
    first, last, shortest = min(days), max(days), min(map(len, days))
    if shortest < _MONTH or int(last[:4]) - int(first[:4]) > _MOST_YEARS:
        length, all_ = 4, [f"{year:04}" for year in range(int(first[:4]), int(last[:4]) + 1)]
    elif shortest > _MONTH and first[:_MONTH] == last[:_MONTH]:
        length, all_ = 10, [f"{first[:8]}{day:02}" for day in range(int(first[8:]), int(last[8:]) + 1)]
    else:
        months = range(_month_number(first), _month_number(last) + 1)
        length, all_ = _MONTH, [f"{month // 12:04}-{month % 12 + 1:02}" for month in months]
    counts: Counter[str] = Counter()
    for day, number in dated:
        counts[day[:length]] += number
    return counts, all_


def _month_number(day: str) -> int:
    return 12 * int(day[:4]) + int(day[5:7]) - 1


def _bars(counts: Counter[str], days: Sequence[str]) -> Iterator[str]:
    width, tallest = 100 / len(days), max(counts.values()) or 1
    yield '<figure><svg viewBox="0 0 100 24" preserveAspectRatio="none" role="img" aria-label="Statements over time">\n'
    for place_, day in enumerate(days):
        height = 23 * counts[day] / tallest
        yield (
            f'<rect x="{place_ * width + width * 0.1:.2f}" y="{24 - height:.2f}" width="{width * 0.8:.2f}" '
            f'height="{height:.2f}"><title>{day}: {number_of(counts[day], "statement")}</title></rect>\n'
        )
    yield f"</svg>\n<figcaption><span>{days[0]}</span> <span>{days[-1]}</span></figcaption></figure>\n"


def _facts(statements: Sequence[Statement]) -> Iterator[str]:
    found = sorted((each for each in statements if each.kind == "fact"), key=lambda each: -each.checkable)
    yield f'<section id="facts">\n{_title("Facts", len(found))}'
    yield "<p>What the articles assert themselves, the best to check first.</p>\n"
    yield from _listed(found, lambda _: "", lambda _: None)
    yield "</section>\n"


def _said(statements: Sequence[Statement], cast: Cast) -> Iterator[str]:
    said = [each for each in statements if each.kind != "fact"]
    yield f'<section id="said">\n{_title("Quotes and claims", len(said))}'
    yield from _listed(said, cast.name_of, cast.number_of)
    yield "</section>\n"


def _listed(
    statements: Sequence[Statement], name: Callable[[Statement], str], number: Callable[[Statement], int | None]
) -> Iterator[str]:
    yield "<ol>\n"
    for each in statements:
        who = f"<b>{_text(name(each))}</b> " if name(each) else ""
        yield (
            f'<li class="{each.kind}{_tone(number(each))}"{_data(each, number(each))}>{who}<q>{_text(each.text)}</q> '
            f'{_figures(each.figures)}<a class="place" href="#{_anchor(each)}">{_text(place(each.article))}</a></li>\n'
        )
    yield "</ol>\n"


def _data(statement: Statement, number: int | None) -> str:
    """Return what the page's filters go by."""
    speaker = "" if number is None else f' data-speaker="{number}"'
    figures = " data-figures" if statement.figures else ""
    return f' data-kind="{statement.kind}"{speaker}{figures}'


def _figures(figures: Sequence[Figure]) -> str:
    return "".join(f'<span class="figure">{_text(_meaning(figure))}</span> ' for figure in figures)


def _meaning(figure: Figure) -> str:
    """Return a figure as it is written, with what the words alone do not say: "three weeks = 3", "1.6 million =
    1,600,000 cases"; a date or a time says enough itself unless it has a year."""
    unit = "" if _says(figure.text, figure.unit or "") else figure.unit or ""
    value = f"{figure.value:,}" if isinstance(figure.value, int | float) else figure.value or ""
    if not value or value.replace(",", "") in _NUMBERS.findall(figure.text.replace(",", "")) or not value[0].isalnum():
        return f"{figure.text} {unit}".rstrip()
    return figure.text if figure.unit == "time" else f"{figure.text} = {value} {unit}".rstrip()


def _says(text: str, unit: str) -> bool:
    """Say whether a figure's words hold its unit: in "99-year-old" it is "years old"."""
    said = set(re.split(r"[\s-]+", text.casefold().replace(",", "").replace("%", " percent")))
    return unit in ("date", "time") or all({word, f"{word}s", word.removesuffix("s")} & said for word in unit.split())


def _articles(articles: Sequence[Entry], cast: Cast) -> Iterator[str]:
    yield '<section id="articles">\n'
    if len(articles) > 1:
        yield _title("Articles", len(articles))
        yield from _contents(articles)
    for article in articles:
        yield from _article(article, cast)
    yield "</section>\n"


def _contents(articles: Sequence[Entry]) -> Iterator[str]:
    yield '<p>The oldest first.</p>\n<div class="wide contents"><table>\n<thead><tr>'
    yield "".join(f'<th scope="col">{name}</th>' for name in ("Published", "Article", "Outlet", "Statements"))
    yield "</tr></thead>\n<tbody>\n"
    for each in sorted(articles, key=lambda each: (each.published is None, each.published or "")):
        yield (
            f'<tr data-article="a{each.digest}"><td>{_text(each.published or "–")}</td>'
            f'<td><a href="#a{each.digest}">{_name(each)}</a></td>'
            f"<td>{_text(each.outlet or '')}</td><td>{len(each.statements)}</td></tr>\n"
        )
    yield "</tbody>\n</table></div>\n"


def _article(article: Entry, cast: Cast) -> Iterator[str]:
    from quotecli.text import parse

    file = article.path and PurePath(article.path).name  # whoever gets the page needs not know the folders
    known = ", ".join(_text(each) for each in (article.byline, article.outlet, article.published, file) if each)
    yield f'<article id="a{article.digest}">\n<h3>{_name(article)}</h3>\n'
    yield f'<p class="meta">{known}{_link(article)}</p>\n'
    spans = marks(article.statements)
    begun: dict[int, list[Statement]] = defaultdict(list)
    for each in article.statements:
        begun[each.content[0].start].append(each)
    for paragraph in parse(article.text).paragraphs:
        pieces = list(innermost(paragraph, spans))
        yield f"<p>{''.join(_words(article, words, owner, cast, begun[words.start]) for words, owner in pieces)}</p>\n"
        yield _speakers_of([each for words, _ in pieces for each in begun[words.start]], cast)
    yield "</article>\n"


def _words(article: Entry, words: Span, owner: int, cast: Cast, begun: Sequence[Statement]) -> str:
    """Return some words of an article, marked where they are those of a statement; `begun`: what begins with them is
    where the lists lead to."""
    text = _text(article.text[words.start : words.end])
    if not owner:
        return text
    statement = article.statements[owner - 1]
    around = "".join(f'<span id="{_anchor(each)}"></span>' for each in begun if each is not statement)
    own = f' id="{_anchor(statement)}"' if statement in begun else ""
    title = _text(f"{_KINDS[statement.kind]}: {_speaker_of(statement, cast)}")
    kind = f"{statement.kind}{_tone(cast.number_of(statement))}"
    return f'{around}<mark class="{kind}"{own} data-of="{_anchor(statement)}" title="{title}">{text}</mark>'


def _speakers_of(statements: Sequence[Statement], cast: Cast) -> str:
    """Return a line that says whose words a paragraph holds, for those who do not see colours."""
    said = {cast.name_of(each): cast.number_of(each) for each in statements if each.kind != "fact"}
    names = (f'<span class="{_tone(number).strip()}">{_text(name)}</span>' for name, number in said.items())
    return f'<p class="by">{"".join(names)}</p>\n' if said else ""


def _speaker_of(statement: Statement, cast: Cast) -> str:
    return "the article" if statement.kind == "fact" else cast.name_of(statement)


def _link(article: Entry) -> str:
    url = article.url or ""
    if not url.startswith(("https://", "http://")):
        return ""
    return f' <a href="{escape(url)}" rel="noreferrer noopener">{_text(url)}</a>'


def _anchor(statement: Statement) -> str:
    return f"s{statement.id}"


def _text(text: str) -> str:
    return escape(printable(text))
