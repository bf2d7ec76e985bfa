"""What was changed: the differences between a draft's quotation and its source, each classed by what it touches."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, permutations
from operator import itemgetter

import msgspec

from quotecli.results import Change, ChangeKind
from quotecli.text import visible
from quotecli.verification.alignment import FUNCTION_WORDS
from quotecli.verification.compared_words import Words, is_number
from quotecli.verification.matches import Place
from quotecli.verification.quotation import Quoted
from quotecli.verification.sources import Source

NEGATIONS = frozenset(
    "not n't no never none nobody nothing nowhere neither nor without hardly barely scarcely cannot unable".split()
)
_NEGATING_PREFIXES = ("un", "in", "im", "il", "ir", "dis", "non", "anti", "a")
_NO_NAMES = FUNCTION_WORDS | NEGATIONS | {"i'm", "i've", "i'd", "i'll"}
_BEFORE_A_SENTENCE = frozenset(".!?:“\"‘'«[…(—–")
_SHORTEST_PART = 3
_HYPHENED = re.compile(r"(?!re-)[^\W\d_]+(?:[-\u2010\u2011][^\W\d_]+)+", re.IGNORECASE)
_GOES_ON_NOT = re.compile(r"\W{0,3}(?:not|never|n['’]t)\b", re.IGNORECASE)
_WORDS_NEGATED_ACROSS = 2
_NEGATED_ACROSS = frozenset(
    "that to be been being going a an the any even yet just really so very as"
    " think thought believe believed suppose say said saying claim claimed".split()
)
"""Words that may stand between a negation and what it negates: “not going to leave”, “I don't think that it was”."""
_SENTENCES_BEFORE = re.compile(r".*[.!?][\"”’]?\s(?=\S)", re.DOTALL)
_NEGATING = re.compile(
    r"\b(?:not|never|no|nor|neither|none|nobody|nothing|without|hardly|barely|cannot|far from|stopp\w+ short|fail\w*|"
    r"den(?:y|ies|ied|ying)|refus\w+|reject\w*|dismiss\w*|declin\w+|lack\w*|rul\w+ out)\b|n['’]t\b",
    re.IGNORECASE,
)
_LONGEST_SILENT_GAP = 3
"""A marked omission of so few words that hides a negation turns the sentence round."""


class Difference(msgspec.Struct, frozen=True):
    """Word numbers `[start, end)` of the quotation and of the source that stand against each other."""

    ours: tuple[int, int]
    theirs: tuple[int, int]


class Comparison:
    """A quotation beside a source: turns differences into changes."""

    def __init__(self, quoted: Quoted, draft: str, source: Source) -> None:
        self.quoted = quoted
        self.draft = draft
        self.source = source

    def of_alignment(self, partners: Sequence[int | None]) -> list[Change]:
        """Return the changes of an aligned quotation, in its order."""
        kept = [each for each in _differences(self.quoted, self.source, partners) if not self._is_allowed(each)]
        return _with_order([self.change(each) for each in kept])

    def of_place(self, place: Place) -> list[Change]:
        """Return what the marks of a found quotation hide: a negation or a number left out or put in."""
        partners: list[int | None] = [None] * len(self.quoted.words)
        wanted = [number for number in range(len(self.quoted.words)) if number not in self.quoted.inserted]
        found = [word for first, last in place.ranges for word in range(first, last)]
        for number, word in zip(wanted, found, strict=False):
            partners[number] = word
        return self.of_alignment(partners) if len(found) == len(wanted) else []

    def cut_off(self, place: Place) -> list[Change]:
        """Return the negation that a found quotation breaks off at: “people could” of “people couldn't”, “permitted to
        leave” of “not permitted to leave”.

        It is none where the draft has it in its own words, or where a mark stands between.
        """
        cuts = [*self._cuts_before(place), (len(self.quoted.words), self._cut_behind(place))]
        return [self.change(Difference((at, at), (word, word + 1))) for at, word in cuts if word is not None]

    def _cuts_before(self, place: Place) -> Iterator[tuple[int, int | None]]:
        """Yield for each stretch that was found the number of its first word, and the negation cut off in front.

        A short gap inside is compared word by word (see `of_place`).
        """
        kept = [number for number in range(len(self.quoted.words)) if number not in self.quoted.inserted]
        done, behind = 0, -_LONGEST_SILENT_GAP - 1
        for first, last in place.ranges:
            if first - behind > _LONGEST_SILENT_GAP and done < len(kept):
                yield kept[done] if done else 0, self._cut_before(first)
            done += last - first
            behind = last

    def _cut_behind(self, place: Place) -> int | None:
        words, last = self.source.words, place.ranges[-1][1]
        if last >= len(words) or words.forms[last] not in {"n't", "not"} or not self._in_one_go(last - 1, last):
            return None
        return None if _GOES_ON_NOT.match(self.draft, self.quoted.end) else last

    def _cut_before(self, first: int) -> int | None:
        """Return the number of the source's word that negates the word `first`; only small words stand between."""
        word = first
        forms = self.source.words.forms
        while word > 0 and first - word <= _WORDS_NEGATED_ACROSS and self._in_one_go(word - 1, word):
            word -= 1
            if forms[word] in NEGATIONS:
                return None if self._negates_itself() else word
            if forms[word] not in _NEGATED_ACROSS:
                return None
        return None

    def _in_one_go(self, word: int, following: int) -> bool:
        """Whether two neighbouring words of the source are of one utterance, with no mark between them."""
        words, spoken = self.source.words, self.source.utterances
        between = self.source.text[words.ends[word] : words.starts[following]]
        return spoken[word] == spoken[following] and not visible(between).strip()

    def _negates_itself(self) -> bool:
        """Whether the draft says in its own sentence, or in a bracket in front, that it is not so."""
        added = [self.quoted.words.forms[number] for number in self.quoted.inserted]
        opening = self.draft.rfind("\n", 0, self.quoted.start) + 1
        before = _SENTENCES_BEFORE.sub("", self.draft[opening : self.quoted.start])
        return bool(_negations(added)) or _NEGATING.search(before) is not None

    def change(self, difference: Difference) -> Change:
        """Return a difference as a record: the words on each side, their places, and what kind of change it is."""
        start, end = _offsets(self.quoted.words.starts, self.quoted.words.ends, difference.ours)
        source_start, source_end = _offsets(self.source.words.starts, self.source.words.ends, difference.theirs)
        return Change(
            kind=self._kind(difference),
            draft=self.draft[start:end],
            source=self.source.text[source_start:source_end],
            start=start,
            end=end,
            source_start=source_start,
            source_end=source_end,
        )

    def _kind(self, difference: Difference) -> ChangeKind:
        ours, theirs = self._forms(difference)
        if not ours and len(theirs) > _LONGEST_SILENT_GAP:
            return "omission"
        if _negations(ours) != _negations(theirs) or _turned_round(ours, theirs):
            return "negation"
        if _numbers(ours) != _numbers(theirs):
            return "number"
        if self._changes_a_name(difference):
            return "name"
        if not ours:
            return "omission"
        return "order" if sorted(ours) == sorted(theirs) else "word"

    def _forms(self, difference: Difference) -> tuple[list[str], list[str]]:
        return self.quoted.words.forms[slice(*difference.ours)], self.source.words.forms[slice(*difference.theirs)]

    def _is_allowed(self, difference: Difference) -> bool:
        """Whether the draft marks the difference, or an attribution that stands between spoken words makes it."""
        (first, last), (start, end) = difference.ours, difference.theirs
        ours, theirs = self._forms(difference)
        if not ours and self._is_note(start, end):
            return True
        if _negations(ours) != _negations(theirs) and (first != last or end - start <= _LONGEST_SILENT_GAP):
            return False
        if _are_one_compound(ours, theirs) or (self._has_hyphen(difference) and "".join(ours) == "".join(theirs)):
            return True
        if first == last:
            marked = first in self.quoted.ellipses or first - 1 in self.quoted.inserted
            return marked or self._is_attribution(start, end)
        in_brackets = all(number in self.quoted.inserted for number in range(first, last))
        return in_brackets and _numbers(theirs) <= _numbers(ours) and not self._in_brackets_there(start)

    def _has_hyphen(self, difference: Difference) -> bool:
        """Whether one side has a hyphen: “e-mail”, “on-line”; not “re-sign”, which is no “resign”."""
        change = self.change(difference)
        return any(_HYPHENED.fullmatch(words) for words in (change.draft, change.source))

    def _is_note(self, start: int, end: int) -> bool:
        """Whether the source has nothing there but the mark of a note: “the eels [12] were”."""
        words, text = self.source.words, self.source.text
        before, behind = words.starts[start] - 1, words.ends[start]
        return end == start + 1 and text[max(0, before) : before + 1] == "[" and text[behind : behind + 1] == "]"

    def _in_brackets_there(self, word: int) -> bool:
        """Whether the source itself has a bracket there: then it is part of what the draft quotes."""
        words, text = self.source.words, self.source.text
        return word < len(words) and text[: words.starts[word]].rstrip()[-1:] == "["

    def _changes_a_name(self, difference: Difference) -> bool:
        """Whether the names differ; a capital at a sentence's beginning counts only against another name."""
        ours = _names(self.draft, self.quoted.words, difference.ours)
        theirs = _names(self.source.text, self.source.words, difference.theirs)
        if [form for form, _ in ours] == [form for form, _ in theirs]:
            return False
        if any(firm for _, firm in [*ours, *theirs]):
            return True
        known = self.source.lower_case
        return bool(ours and theirs) and not any(form in known for form, _ in [*ours, *theirs])

    def _is_attribution(self, start: int, end: int) -> bool:
        spoken = self.source.utterances
        return start > 0 and end < len(spoken) and spoken[start - 1] == spoken[end] >= 0 and max(spoken[start:end]) < 0


def _differences(quoted: Quoted, source: Source, partners: Sequence[int | None]) -> Iterator[Difference]:
    """Yield the stretches where quotation and source part; a long omission stands by itself."""
    script = _script(partners)
    ours, theirs = 0, min((partner for partner in partners if partner is not None), default=0)
    for kind, group in groupby(zip(_kinds(quoted, source, script), script, strict=True), key=itemgetter(0)):
        pairs = [pair for _, pair in group]
        first, start = ours, theirs
        ours += sum(number is not None for number, _ in pairs)
        theirs += sum(word is not None for _, word in pairs)
        if kind != "same":
            yield Difference((first, ours), (start, theirs))


def _script(partners: Sequence[int | None]) -> list[tuple[int | None, int | None]]:
    """Return quotation and source side by side, in order: word against word, or a word against nothing."""
    script: list[tuple[int | None, int | None]] = []
    behind: int | None = None
    for number, partner in enumerate(partners):
        if partner is not None:
            script += [(None, word) for word in range(partner if behind is None else behind, partner)]
            behind = partner + 1
        script.append((number, partner))
    return script


def _kinds(quoted: Quoted, source: Source, script: list[tuple[int | None, int | None]]) -> list[str]:
    kinds = []
    for absent, group in groupby(script, key=lambda pair: pair[0] is None):
        pairs = list(group)
        if absent:
            kinds += ["omitted" if len(pairs) > _LONGEST_SILENT_GAP else "changed"] * len(pairs)
        else:
            kinds += ["same" if _are_same(quoted, source, pair) else "changed" for pair in pairs]
    return kinds


def _are_same(quoted: Quoted, source: Source, pair: tuple[int | None, int | None]) -> bool:
    number, word = pair
    return number is not None and word is not None and quoted.words.forms[number] == source.words.forms[word]


def _offsets(starts: list[int], ends: list[int], words: tuple[int, int]) -> tuple[int, int]:
    """Return the characters of the words `[first, last)`; an empty stretch lies in front of the word `first`."""
    first, last = words
    if first == last:
        place = starts[first] if first < len(starts) else (ends[-1] if ends else 0)
        return place, place
    return starts[first], ends[last - 1]


def _negations(forms: list[str]) -> int:
    return sum(form in NEGATIONS for form in forms)


def _numbers(forms: list[str]) -> set[str]:
    """Return the numbers among the words; "one" alone is a pronoun as often."""
    return {form for form in forms if is_number(form)} - {"#1"}


def _are_one_compound(ours: list[str], theirs: list[str]) -> bool:
    """Whether two words are written as one: "shut down" and "shutdown", but not "a part" and "apart"."""
    one, two = sorted((ours, theirs), key=len)
    if len(one) != 1 or len(two) != 2 or one[0] != "".join(two):
        return False
    return all(len(part) >= _SHORTEST_PART and part not in FUNCTION_WORDS | NEGATIONS for part in two)


def _turned_round(ours: list[str], theirs: list[str]) -> bool:
    """Whether a word became its opposite by a syllable: "legal" and "illegal", "harmless" and "harmful"."""
    if len(ours) != 1 or len(theirs) != 1:
        return False
    short, long = sorted((ours[0], theirs[0]), key=len)
    if len(short) > 3 and any(long == prefix + short for prefix in _NEGATING_PREFIXES):
        return True
    return any(
        one.endswith("less") and other.endswith("ful") and one[:-4] == other[:-3]
        for one, other in permutations((short, long))
    )


def _names(text: str, words: Words, numbers: tuple[int, int]) -> list[tuple[str, bool]]:
    """Return the capitalised words, and whether it is not only their place that gives them the capital."""
    found = []
    for number in range(*numbers):
        form, start = words.forms[number], words.starts[number]
        if text[start].isupper() and form not in _NO_NAMES and not is_number(form):
            before = text[max(0, start - 3) : start]
            firm = bool(before.strip()) and "\n" not in before and before.rstrip()[-1] not in _BEFORE_A_SENTENCE
            found.append((form, firm))
    return found


def _with_order(changes: list[Change]) -> list[Change]:
    """Join words left out here and put in there to one change of order."""
    moved: list[Change] = []
    for change in changes:
        twin = next((each for each in moved if _are_one_move(each, change)), None)
        if twin is None:
            moved.append(change)
        else:
            moved[moved.index(twin)] = msgspec.structs.replace(
                twin if twin.draft else change, kind="order", source=twin.source or change.source
            )
    return moved


def _are_one_move(one: Change, other: Change) -> bool:
    put_in, left_out = (one, other) if one.draft else (other, one)
    return (
        bool(put_in.draft)
        and not put_in.source
        and not left_out.draft
        and (put_in.draft.casefold() == left_out.source.casefold())
    )
