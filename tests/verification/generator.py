"""Drafts whose verdicts are known: quotations of articles, untouched or altered in one way each, by a fixed seed."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from quotecli.records import Article, Mention, Span, Speaker, Statement
from quotecli.text import parse
from quotecli.verification.same_speaker import speaker_at
from quotecli.verification.sources import StatementsOf

NAMES = ("Ada Marchetti", "Tobias Grünwald", "Ines Okonjo", "Per Halvorsen", "Rosa Delacroix", "Kenji Abara")
AUXILIARY = re.compile(r"\b(?:is|are|was|were|has|have|had|would|could|should|does|did)\b(?! not|n['’]t)")
NEGATION = re.compile(r" (?:not|never)\b|(?<=is|re|as|ve|ad|ld|es|id|do)n['’]t\b")
NUMBER = re.compile(r"(?<![\w.,$£€-])(\d{1,3})(?![\w.,%-]|st|nd|rd|th)")
NUMBER_WORDS = "two three four five six seven eight nine ten twenty hundred million billion".split()
NUMBER_WORD = re.compile(rf"\b(?:{'|'.join(NUMBER_WORDS)})\b")
NAME = re.compile(r"(?<=[a-z,] )(?!I\b)[A-Z][a-z]{3,}\b(?!['’])")
WORD = re.compile(r"(?<=[a-z,] )[a-z]{5,}(?= [a-z])")


class Case(NamedTuple):
    """A quotation as the draft has it, whom it gives it to, what was done to it, and the verdicts that are right."""

    words: str
    speaker: str
    kind: str
    right: tuple[str, ...]


class Original(NamedTuple):
    article: int
    number: int
    words: str
    speaker: str


def speaker_name(article: int, number: int) -> str:
    """The speaker that the test gives to a quotation of a source."""
    return NAMES[(article * 7 + number) % len(NAMES)]


def statement(article: Article, content: Span, name: str) -> Statement:
    return Statement(
        id=f"{article.text_id}-{content.start}",
        kind="quote",
        form="direct",
        text=article.text[content.start : content.end],
        content=(content,),
        speaker=Speaker(name=name, type="person", mention=Mention(name, 0, 0), resolved_by="name"),
        confidence=1.0,
        article=article.ref,
    )


def statements_of_sources(articles: Sequence[Article]) -> Callable[[Article], list[Statement]]:
    """Give each quotation of each source the speaker that the test has for it."""
    numbers = {article.id: number for number, article in enumerate(articles)}
    return lambda article: [
        statement(article, Span(quotation.start, quotation.end), speaker_name(numbers[article.id], number))
        for number, quotation in enumerate(parse(article.text).quotations)
    ]


def originals(articles: Sequence[Article], statements_of: StatementsOf | None = None) -> list[Original]:
    """Return the quotations of five words and more, each once, that hold no double marks.

    statements_of: tells who speaks; then those of people are returned. Without it the test gives speakers.
    """
    found: dict[str, Original] = {}
    for number, article in enumerate(articles):
        for place, quotation in enumerate(parse(article.text).quotations):
            words = article.text[quotation.start + 1 : quotation.end - 1].strip()
            speaker = speaker_name(number, place)
            if statements_of:
                found_speaker = speaker_at(statements_of(article), [Span(quotation.start, quotation.end)])
                if not found_speaker or found_speaker.type != "person":
                    continue
                speaker = found_speaker.name
            if (
                quotation.closed
                and not quotation.continues
                and len(words.split()) >= 5
                and not re.search("[“”\"«»\n]|''|``", words)
            ):
                found.setdefault(words.casefold(), Original(number, place, words, speaker))
    return list(found.values())


def negate(words: str, _: Sequence[Original], chance: random.Random) -> str | None:
    """Drop a negation, or put one in: as a word or as a contraction."""
    if NEGATION.search(words) and chance.random() < 0.7:
        return NEGATION.sub("", words, count=1)
    found = AUXILIARY.search(words)
    negation = chance.choice([" not", "n’t", " never"])
    return words[: found.end()] + negation + words[found.end() :] if found else None


def renumber(words: str, _: Sequence[Original], chance: random.Random) -> str | None:
    if found := NUMBER.search(words):
        return words[: found.start()] + str(int(found[1]) + chance.randint(1, 60)) + words[found.end() :]
    if found := NUMBER_WORD.search(words):
        other = chance.choice([word for word in NUMBER_WORDS if word != found.group()])
        return words[: found.start()] + other + words[found.end() :]
    return None


def rename(words: str, pool: Sequence[Original], chance: random.Random) -> str | None:
    return replaced(words, NAME, pool, chance)


def reword(words: str, pool: Sequence[Original], chance: random.Random) -> str | None:
    return replaced(words, WORD, pool, chance)


def replaced(words: str, pattern: re.Pattern[str], pool: Sequence[Original], chance: random.Random) -> str | None:
    """Put in place of a word another of its kind, from another quotation."""
    found = list(pattern.finditer(words))
    others = pattern.findall(chance.choice(pool).words)
    if not found or not others:
        return None
    at, other = chance.choice(found), chance.choice(others)
    return words[: at.start()] + other + words[at.end() :] if other != at.group() else None


def shorten(words: str, _: Sequence[Original], chance: random.Random) -> str | None:
    """Leave out a few words in the middle."""
    pieces = words.split(" ")
    if len(pieces) < 14:
        return None
    start = chance.randint(4, len(pieces) - 9)
    return " ".join(pieces[:start] + pieces[start + chance.randint(3, 4) :])


def swap(words: str, _: Sequence[Original], chance: random.Random) -> str | None:
    """Let two words change places."""
    pieces = words.split(" ")
    places = [n for n in range(1, len(pieces) - 2) if pieces[n].isalpha() and pieces[n + 1].isalpha()]
    if len(pieces) < 6 or not places:
        return None
    at = chance.choice(places)
    pieces[at : at + 2] = [pieces[at + 1], pieces[at]]
    return " ".join(pieces)


Alteration = Callable[[str, Sequence[Original], random.Random], str | None]
ALTERATIONS: dict[str, Alteration] = {
    "negation": negate,
    "number": renumber,
    "name": rename,
    "word": reword,
    "omission": shorten,
    "order": swap,
}


def untouched(original: Original, chance: random.Random) -> Case:
    """The source's own words; every second time in another house style."""
    words, speaker = original.words, original.speaker
    style = chance.randrange(8)
    styles: dict[int, Callable[[], str]] = {
        0: lambda: words.replace("’", "'") if "’" in words else words.replace("'", "’"),
        1: lambda: re.sub(r"[.,]$", "", words),
        2: lambda: words.replace(" — ", "—").replace("—", " – ") if "—" in words else words.replace(" ", "  ", 1),
        3: lambda: words[0].swapcase() + words[1:],
    }
    changed = styles.get(style, lambda: words)()
    if changed == words or (style == 1 and changed == words[:-1]):
        return Case(changed, speaker, "untouched", ("exact",))
    return Case(changed, speaker, "house style", ("normalised",))


def joined(one: Original, other: Original) -> Case | None:
    """The beginning of one quotation and the end of another, as if they were one."""
    first, last = one.words.split(" "), other.words.split(" ")
    near = one.article == other.article and abs(one.number - other.number) < 4  # may be one utterance
    if near or min(len(first), len(last)) < 10:
        return None
    words = " ".join(first[: len(first) // 2 + 2] + last[len(last) // 2 - 2 :])
    return Case(words, one.speaker, "joined", ("joined",))


def altered(original: Original, kind: str, pool: Sequence[Original], chance: random.Random) -> Case | None:
    if kind == "speaker":
        return Case(
            original.words, chance.choice([n for n in NAMES if n != original.speaker]), kind, ("wrong speaker",)
        )
    if kind == "joined":
        return joined(original, chance.choice(pool))
    words = ALTERATIONS[kind](original.words, pool, chance)
    return (
        Case(words, original.speaker, kind, ("altered",))
        if words and words.casefold() != original.words.casefold()
        else None
    )


def cases(pool: Sequence[Original], invented: Sequence[Original], count: int, seed: int) -> Iterator[Case]:
    """Yield `count` cases, half of them untouched; `invented` are quotations that no source holds."""
    chance = random.Random(seed)
    kinds = [*ALTERATIONS, "speaker", "joined", "invented"]
    for number in range(count):
        if number % 2 == 0:
            yield untouched(chance.choice(pool), chance)
            continue
        case = None
        while case is None:
            kind = kinds[number // 2 % len(kinds)]
            if kind == "invented":
                case = Case(chance.choice(invented).words, chance.choice(NAMES), kind, ("not found",))
            else:
                case = altered(chance.choice(pool), kind, pool, chance)
        yield case


def draft_of(batch: Sequence[Case]) -> tuple[Article, list[Statement]]:
    """Return a draft with one paragraph for each case, and the statements that give each quotation its speaker."""
    text, spans = "", []
    for case in batch:
        start = len(text)
        text += f"“{case.words}” {case.speaker} said.\n"
        spans.append(Span(start, start + len(case.words) + 2))
    article = Article(id="draft", text=text)
    return article, [statement(article, span, case.speaker) for span, case in zip(spans, batch, strict=True)]
