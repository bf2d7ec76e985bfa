"""The words that speakers are recognised by: titles, roles, groups, documents, organisations, small words, first names.

The lists stand in two data files beside this module, `lexicon.txt` and `first_names.txt`; here they get names.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import Literal

from quotecli.word_lists import read_sections

Gender = Literal["male", "female"]


REMEMBERED = 20_000
"""How many words' answers are kept: more than one article's, less than a corpus's."""


@lru_cache(REMEMBERED)
def fold(word: str) -> str:
    """Return a word in the form that it is compared in: lower case, without accents and dots, apostrophes straight."""
    if word.isascii():
        return word.casefold().replace(".", "")
    flat = unicodedata.normalize("NFKD", word.replace("’", "'"))
    return "".join(c for c in flat if not unicodedata.combining(c)).casefold().replace(".", "")


_SECTIONS = read_sections("naming", "lexicon.txt")


def _list(section: str) -> frozenset[str]:
    return frozenset(" ".join(_SECTIONS[section]).split())


def _fields(section: str) -> dict[str, frozenset[str]]:
    """Return the roles that each word before a colon may describe: all others of its lines."""
    found: dict[str, frozenset[str]] = {}
    for line in _SECTIONS[section]:
        words = frozenset(line.replace(":", "").split())
        for word in line.partition(":")[0].split():
            found[word] = found.get(word, frozenset()) | words - {word}
    return found


class _People:
    """Words for people: those of the list, and all that are made like one ("conservationist", "bookkeeper"). No set:
    what is made like one can be asked for, not counted."""

    def __init__(self, listed: frozenset[str]) -> None:
        self.listed = listed

    def __contains__(self, word: str) -> bool:
        behind = word.rpartition("-")[2]  # "vice-president"
        return word in self.listed or behind in self.listed or _is_made(word)


_MADE = re.compile(
    r".{3,}(?:[^x]ist|ologer|woman|person|smith|monger|(?<!wo)(?<!hu)(?<!ger)(?<!ro)man)|.{2,}(?:[aiu]tor|[^e]ctor|ssor)"
    r"|.{2,}(?:maker|keeper|worker|holder|owner|goer|writer|player|seeker|fighter|driver|teacher|breaker|builder)"
)
_THINGS = frozenset(
    """automaker carmaker chipmaker drugmaker homebuilder housebuilder planemaker
    assist consist insist persist resist checklist shortlist playlist wishlist accelerator alligator calculator
    compressor distributor elevator equator escalator excavator factor generator incubator indicator monitor
    predator processor radiator reactor refrigerator regulator semiconductor simulator tractor ventilator
    victor""".split()
)
"""What ends like a word for people and is none."""


@lru_cache(REMEMBERED)
def _is_made(word: str) -> bool:
    return word not in _THINGS and _MADE.fullmatch(word) is not None


def _plural(noun: str) -> str:
    return noun[:-1] + "ies" if noun.endswith("y") else noun + "s"


def _table(section: str) -> dict[str, str]:
    return dict(line.split(": ", maxsplit=1) for line in _SECTIONS[section])


def _variants(section: str) -> dict[str, str]:
    """Return what each word of a table stands for: a line's first word or words, for itself and for those behind it."""
    lines = [line.partition(":") for line in _SECTIONS[section]]
    return {word: first for first, _, others in lines for word in (first, *others.split())}


# small words
ARTICLES = _list("articles")
POSSESSIVES = _list("possessives")
DETERMINERS = _list("determiners")
PREPOSITIONS = _list("prepositions")
RELATIVES = _list("relatives")
DAYS_AND_MONTHS = _list("days_and_months") | {word[:3] for word in _list("days_and_months")}
SMALL_WORDS = DETERMINERS | POSSESSIVES | PREPOSITIONS | RELATIVES | _list("conjunctions")
_PLAIN_WORDS = SMALL_WORDS | _list("verbs_and_pronouns")
OPENERS = _PLAIN_WORDS | _list("days_and_months") | _list("openers")
ROLE_ENDS = _PLAIN_WORDS | _list("role_ends")

# people's names
MALE_TITLES = _list("male_titles")
FEMALE_TITLES = _list("female_titles")
_SHORT_TITLES = _list("short_titles")
HONORIFICS = MALE_TITLES | FEMALE_TITLES | _SHORT_TITLES | _list("plain_titles")
ABBREVIATED_TITLES = frozenset(title.capitalize() for title in _SHORT_TITLES | _list("abbreviated_titles"))
RANKS_BEHIND = _list("ranks_behind")
CAPITAL_TITLES = _list("capital_titles")
KEPT_TITLES = _list("kept_titles") | _list("royal_titles")
ROLE_TITLES = _SHORT_TITLES | _list("royal_titles")
PARTICLES = _list("particles")
POSTNOMINALS = _list("postnominals")
SUFFIXES = _list("suffixes")
SHORT_NAMES = _variants("short_names")

# what people are
OFFICES = _list("offices")
AMBIGUOUS_OFFICES = _list("ambiguous_offices")
MALE_ROLES = _list("male_roles")
FEMALE_ROLES = _list("female_roles")
PERSON_WORDS = _People(OFFICES | MALE_ROLES | FEMALE_ROLES | _list("person_words"))
KINSFOLK = _list("kinsfolk")
RELATIONS = KINSFOLK | _list("relations")
SOMEBODYS = RELATIONS | _list("somebodys")
GENERIC_PERSONS = _list("generic_persons")
BROADER = _fields("broader")
SAME_WORD = _variants("same_word")
AFTER_NAMES = _list("after_names")
NO_VERBS = _list("no_verbs")
BEFORE_ROLE = _list("before_role")
PARTIES = _variants("parties")
ABBREVIATIONS = {word: tuple(meaning.split()) for word, meaning in _table("abbreviations").items()}

_DEMONYMS = _list("demonyms")

# groups, documents, organisations
PLURAL_PEOPLE = _list("plural_people")
COLLECTIVES = _list("collectives")
DOCUMENTS = _list("documents") | {_plural(word) for word in _list("documents")}
BILL_WORDS = _list("bill_words")
LEGAL_FORMS = _list("legal_forms")
PRIVATE_COMPANIES = _list("private_companies")
PLAIN_COMPANIES = PRIVATE_COMPANIES | _list("plain_companies")
PUBLIC_BODIES = _list("public_bodies")
NAMED_KINDS = _list("named_kinds")
ORGANISATION_HEADS = PLAIN_COMPANIES | NAMED_KINDS | _list("organisation_heads")
ORGANISATION_WORDS = ORGANISATION_HEADS | PUBLIC_BODIES | _list("organisation_words")
ORGANISATION_TAILS = LEGAL_FORMS | _list("organisation_tails")
BEFORE_COMPANIES = _list("before_companies")
NAMED_AFTER = _list("named_after")
INSTITUTIONS = {word: frozenset(others.split()) for word, others in _table("institutions").items()}

# pronouns
MALE_PRONOUNS = frozenset(("he", "him", "his", "himself"))
FEMALE_PRONOUNS = frozenset(("she", "her", "hers", "herself"))
PLURAL_PRONOUNS = frozenset(("they", "them", "their", "themselves"))
SPEAKER_PRONOUNS = frozenset(("i", "me", "myself"))
OWN_GROUP_PRONOUNS = frozenset(("we", "us", "ourselves"))
THING_PRONOUNS = frozenset(("it", "itself"))
SEVERAL_PRONOUNS = PLURAL_PRONOUNS | OWN_GROUP_PRONOUNS
PRONOUNS = MALE_PRONOUNS | FEMALE_PRONOUNS | SEVERAL_PRONOUNS | SPEAKER_PRONOUNS | THING_PRONOUNS
NOBODY = frozenset("that which those all none nobody neither however meanwhile moreover therefore".split()) | {"no one"}
"""Small words that name nobody where nothing in the text says what they stand for."""
RELATIVE_PRONOUNS = frozenset(("who", "which", "that", "whom"))


@cache
def _first_names() -> dict[str, Gender | None]:
    genders: dict[str, Gender | None] = {"male": "male", "female": "female", "either": None}
    sections = read_sections("naming", "first_names.txt")
    return {name: genders[section] for section, lines in sections.items() for name in " ".join(lines).split()}


@lru_cache(REMEMBERED)
def is_calling(word: str) -> bool:
    """Whether a folded word says what someone does or is ("grazier"), and is no first name."""
    return word in PERSON_WORDS and not is_first_name(word)


def ends_like_calling(word: str) -> bool:
    """Whether a folded word ends like those for people who do something: "Grazier NAME" at a sentence's start."""
    return word.endswith(("er", "or")) and word not in OPENERS and word != "former" and not is_first_name(word)


@lru_cache(REMEMBERED)
def is_first_name(word: str) -> bool:
    """Whether the folded word is a known first name ("jean-luc": its first part counts)."""
    names = _first_names()
    return word in names or word.partition("-")[0] in names


def first_name_gender(word: str) -> Gender | None:
    """Return the gender that a folded first name mostly shows, None where it shows none."""
    names = _first_names()
    first, _, second = word.partition("-")
    if first == "jean" and second:  # a woman alone, a man in "Jean-Daniel"
        return names.get(second, "male")
    return names.get(word) or names.get(first)


@lru_cache(REMEMBERED)
def title_gender(title: str) -> Gender | None:
    """Return the gender that a folded title or role word proves, None where it proves none."""
    if title in MALE_TITLES or title in MALE_ROLES:
        return "male"
    return "female" if title in FEMALE_TITLES or title in FEMALE_ROLES else None


def pronoun_gender(pronoun: str) -> Gender | None:
    """Return the gender that a folded pronoun shows, None for "they", "it" and other words."""
    return "male" if pronoun in MALE_PRONOUNS else "female" if pronoun in FEMALE_PRONOUNS else None


def is_demonym(word: str) -> bool:
    """Whether a capitalised word names someone by a country ("the Italian", "the Frenchwoman")."""
    return word[:1].isupper() and (fold(word) in _DEMONYMS or fold(word).endswith(("ian", "ean", "ese", "man")))


_PLURAL_ENDING = re.compile(r"(?<=ch|sh|ss)es$|(?<=x)es$|s$")


@lru_cache(REMEMBERED)
def is_plural(noun: str) -> bool:
    """Whether a folded noun is a plural ("officials", "police"), by its ending or by the list."""
    if noun in PLURAL_PEOPLE or noun.endswith("people") or (noun.endswith("men") and singular(noun) in PERSON_WORDS):
        return True
    return noun.endswith("s") and not noun.endswith(("ss", "us", "is", "'s")) and len(noun) > 3


@lru_cache(REMEMBERED)
def singular(noun: str) -> str:
    """Return the singular of a folded plural noun, good enough to look it up in the lists."""
    if noun.endswith("ies"):
        return noun[:-3] + "y"
    if noun.endswith("men"):
        return noun[:-3] + "man"
    return _PLURAL_ENDING.sub("", noun)


@lru_cache(REMEMBERED)
def role_word(word: str) -> str:
    """Return one spelling for role words of one meaning: `spokeswoman` becomes `spokesperson`."""
    folded = fold(word).removesuffix("'s").removesuffix("'")
    return SAME_WORD.get(folded, folded)
