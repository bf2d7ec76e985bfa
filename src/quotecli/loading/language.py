"""Is a text English? By its letters and its commonest words: a page in another language is not worth reading wrongly.

Only a clear case counts. A short text, a table of results, an English article that quotes another language at length:
all these pass. Small words tell: "the", "of", "with" are a fifth of any English text and hardly ever found in others,
where those of the other language are as common. Where they tell nothing, a model of letters does (py3langid: Lui and
Baldwin 2012). It takes a second to load and is asked of prose alone.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from html import unescape

from quotecli.text import visible

_SAMPLE = 100_000  # characters: more do not make it clearer
_WORDS_NEEDED = 40
_LETTERS_NEEDED = 100
_ENGLISH_SHARE = 0.08  # of the words; English articles have about 0.25 of them
_CLEAR_SHARE = 0.15
_FOREIGN_SHARE = 0.12
_TIMES_ENGLISH = 3.0
_SCRIPT_SHARE = 0.7  # of the letters

_FEWEST_WORDS = 9  # of a text whose letters tell its language
_FEWEST_LETTERS = 50
_PLAIN_SHARE = 0.04  # of its words; English prose has 0.1 of them
_SMALL_SHARE = 0.5  # of the words of running prose begin with a small letter, unlike those of tables and lists of names
_LETTERS_SAMPLE = 5_000  # characters
_MARGIN = 25.0  # by how much (in nats) the letters must speak for another language

_PAGE_SAMPLE = 1_000_000
_TEXT_BETWEEN = re.compile(r">([^<>]{12,})<(?!/script|/style)", re.IGNORECASE)
_PLAINLY_ENGLISH = frozenset("the and with that from which their this they would said".split())
"""Words that no other language has, unlike "to", "of" or "have"."""
_PLAIN_WORD = re.compile(rf"\b(?:{'|'.join(_PLAINLY_ENGLISH)})\b", re.IGNORECASE)
_FEW = 10

# Words that carry the grammar, and that other languages' words seldom look like (so no "a", "in", "on", "as", "was").
_ENGLISH = frozenset(
    "the of to and that with his this have from which it had not but their they were been has its would who will about "
    "there said by are she he be what when could than other into our your we you".split()
)
_OTHERS = {
    name: frozenset(words.split())
    for name, words in {
        "Catalan": "que els les amb per dels una aquest més també ha va són això però seva als pel",
        "Croatian": "je se na da su za od koji nije što kao će iz bi ne ali ili sa također",
        "Czech": "se na je že si ve za jako podle pro ale které která který také byl jsou bude ze až jeho",
        "Danish": "og det at er ikke til en af der har på med som den jeg blev også vi fra efter ved han hun",
        "Dutch": "de het een van en dat niet zijn voor met aan ook naar door worden werd heeft maar wordt deze nog bij",
        "Finnish": "ja on ei että se oli mutta myös kun hän joka ovat ole sen mukaan olla voi vain kuin hänen",
        "French": "de la le les et des est un une du dans que pour qui sur pas par plus au avec ce il sont ne son",
        "German": "der die und das den von zu ist mit sich nicht auch auf für ein eine dem des wie es sie im hat",
        "Hungarian": "az hogy nem és egy is meg azt csak már volt ez de mint még szerint után vagy pedig lesz kell",
        "Indonesian": "yang dan di itu dengan untuk dari ini tidak dalam akan pada juga ke oleh adalah karena",
        "Italian": "di che la il e un per una non sono del della con anche ha si le dei da alla nel gli più ma è lo",
        "Norwegian": "og det er ikke til en av som har på med den jeg ble også vi fra etter ved han hun sier et",
        "Polish": "się na nie że jest do jak od przez ale po jego są który które która być oraz był dla tym także",
        "Portuguese": "de que não uma para os com um da do em por mais foi as dos das ao são ele na no também seu sua",
        "Romanian": "de la și în care nu cu pe din să au mai este pentru că fost sunt prin după dar ca fi lui",
        "Spanish": "de la que el en los del las por un una con para se no su es al lo más ha como pero sus fue este",
        "Swahili": "ya wa na kwa ni katika la za kuwa hiyo hii kama cha huo yake wake alisema lakini hata",
        "Swedish": "och att det är som på inte av för med den till har de ett om var jag vi men från han hon också",
        "Tagalog": "ang ng sa mga na ay ni si para hindi kung niya ito din may kanyang naman siya pang nang",
        "Turkish": "ve bir bu için da de ile olarak olan çok daha gibi en ama var ne sonra kadar dedi ise değil",
        "Vietnamese": "và của là có không được cho các một người trong những đã với này khi từ đến về cũng",
    }.items()
}
# How Unicode's names of letters begin, and what they are called.
_SCRIPTS = {
    "ARABIC": "Arabic",
    "ARMENIAN": "Armenian",
    "BENGALI": "Bengali",
    "CJK": "Chinese or Japanese",
    "CYRILLIC": "Cyrillic",
    "DEVANAGARI": "Devanagari",
    "ETHIOPIC": "Ethiopic",
    "GEORGIAN": "Georgian",
    "GREEK": "Greek",
    "HANGUL": "Korean",
    "HEBREW": "Hebrew",
    "HIRAGANA": "Japanese",
    "KATAKANA": "Japanese",
    "TAMIL": "Tamil",
    "THAI": "Thai",
}


ENGLISH = "English"

# ISO 639 codes of what is recognised for sure: not of languages much alike, nor of what several are written in.
_CODES = {
    ENGLISH: "en", "Catalan": "ca", "Czech": "cs", "Dutch": "nl", "Finnish": "fi", "French": "fr", "German": "de",
    "Hungarian": "hu", "Italian": "it", "Polish": "pl", "Portuguese": "pt", "Romanian": "ro", "Spanish": "es",
    "Swahili": "sw", "Swedish": "sv", "Tagalog": "tl", "Turkish": "tr", "Vietnamese": "vi", "Armenian": "hy",
    "Georgian": "ka", "Greek": "el", "Hebrew": "he", "Japanese": "ja", "Korean": "ko", "Tamil": "ta", "Thai": "th",
}  # fmt: skip
_NAMES = {
    **{code: name for name, code in _CODES.items()},
    "af": "Afrikaans", "az": "Azerbaijani", "bs": "Bosnian", "cy": "Welsh", "da": "Danish", "et": "Estonian",
    "eu": "Basque", "fo": "Faroese", "ga": "Irish", "gl": "Galician", "hr": "Croatian", "ht": "Haitian Creole",
    "id": "Indonesian", "is": "Icelandic", "jv": "Javanese", "ku": "Kurdish", "lb": "Luxembourgish", "lt": "Lithuanian",
    "lv": "Latvian", "mg": "Malagasy", "ms": "Malay", "mt": "Maltese", "nb": "Norwegian", "nn": "Norwegian",
    "no": "Norwegian", "oc": "Occitan", "rw": "Kinyarwanda", "sk": "Slovak", "sl": "Slovenian", "sq": "Albanian",
    "sr": "Serbian", "xh": "Xhosa", "zu": "Zulu",
}  # fmt: skip
_DECLARED = re.compile(r"\s*([a-z]{2,3})(?:[-_][a-z0-9]+)*\s*", re.IGNORECASE)


def recognised(text: str) -> str | None:
    """Return what language or script `text` clearly is in, else None.

    "English", "French", "Korean", "Cyrillic": a name for people; of languages much alike (Danish, Norwegian) it may be
    the wrong one.
    """
    sample = visible(text[:_SAMPLE])
    folded = sample.casefold()
    words = re.findall(r"[^\W\d_]+", folded)
    return _script(folded) or _language(words) or _by_letters(sample, words)


def without_english(html: str) -> str | None:
    """Return what language a page is in that has hardly a plainly English word: it holds no English article, and that
    is seen before it is parsed."""
    pieces: list[str] = []
    plain = 0
    for match in _TEXT_BETWEEN.finditer(html, max(0, html.find("<body"))):
        pieces.append(match[1])
        plain += len(_PLAIN_WORD.findall(match[1]))
        if plain >= _FEW:
            return None
    return other_language(unescape(" ".join(pieces)[:_PAGE_SAMPLE]))


def other_language(text: str) -> str | None:
    """Return what `recognised` returns where that is not English."""
    found = recognised(text)
    return None if found == ENGLISH else found


def code_of(language: str | None, declared: str | None) -> str | None:
    """Return the ISO 639 code of a recognised language, else what the document declares ("en-GB"), without a region."""
    stated = _DECLARED.fullmatch(declared or "")
    return _CODES.get(language or "") or (stated.group(1).lower() if stated else None)


def _script(text: str) -> str | None:
    """Return what most letters are where they are not Latin."""
    if text.isascii():
        return None
    characters = Counter(filter(str.isalpha, text))
    scripts: Counter[str] = Counter()
    for character, count in characters.items():
        scripts[unicodedata.name(character, "").partition(" ")[0]] += count
    total, latin = scripts.total(), scripts.pop("LATIN", 0)
    if total < _LETTERS_NEEDED or latin > (1 - _SCRIPT_SHARE) * total:
        return None
    return _SCRIPTS.get(max(scripts, key=lambda script: scripts[script]), "another script")


def _language(words: list[str]) -> str | None:
    """Return the language whose small words the text is made of, if they are not the English ones."""
    if len(words) < _WORDS_NEEDED:
        return None
    counts = Counter(words)
    english = _share(counts, _ENGLISH)
    if english > _ENGLISH_SHARE:
        return ENGLISH if english > _CLEAR_SHARE else None
    shares = {name: _share(counts, common) for name, common in _OTHERS.items()}
    best = max(shares, key=lambda name: shares[name])
    return best if shares[best] >= max(_FOREIGN_SHARE, _TIMES_ENGLISH * english) else None


def _by_letters(sample: str, words: list[str]) -> str | None:
    """Return another language that the letters of a text tell; None for English, and for what is no running prose."""
    small = sum(map(str.islower, re.findall(r"[^\W\d_]+", sample)))
    english = sum(word in _PLAINLY_ENGLISH for word in words)
    if min(len(words), len(sample.split())) < _FEWEST_WORDS or sum(map(len, words)) < _FEWEST_LETTERS:
        return None
    if small < _SMALL_SHARE * len(words) or english > _PLAIN_SHARE * len(words):
        return None
    import py3langid

    ranked = dict(py3langid.rank(sample[:_LETTERS_SAMPLE]))
    ranked.pop("zxx", None)  # the code of what is in no language
    likeliest = max(ranked, key=lambda code: ranked[code])
    return _NAMES.get(likeliest, likeliest) if ranked[likeliest] - ranked["en"] > _MARGIN else None


def _share(counts: Counter[str], common: frozenset[str]) -> float:
    return sum(counts[word] for word in common) / counts.total()
