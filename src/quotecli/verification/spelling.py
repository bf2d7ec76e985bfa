"""British and American spelling: a word's American form, from stems that are safe to change and no others.

Two words become one only if they are spellings of one word: "four" never meets "for", nor "filled" "filed".
"""

from __future__ import annotations

import re

_OUR = """
    arb arm behavi cand clam col demean disfav dishon endeav enam fav ferv flav glam harb hon hum lab
    misbehavi neighb od parl ranc rig rum sav splend succ tum val vap vig
""".split()
_TRE = "accou cali cen centime fi kilome li lus me millime sa scep som spec thea".split()
_DOUBLED = """
    cancel travel label model fuel signal level counsel channel tunnel rival total marvel quarrel jewel duel
    dial equal libel pedal panel parcel pencil peril rebel revel shovel shrivel snivel spiral stencil swivel
    symbol tranquil trammel unravel yodel bevel chisel dishevel drivel enamel gravel grovel initial metal
    towel trowel tassel weasel worship kidnap program focus bias
""".split()
_ENCE = {"defence": "defense", "offence": "offense", "licence": "license", "pretence": "pretense"}
_WORDS = {
    **_ENCE,
    **{word + "s": american + "s" for word, american in _ENCE.items()},
    "programme": "program", "programmes": "programs", "grey": "gray", "greys": "grays", "catalogue": "catalog",
    "catalogues": "catalogs", "dialogue": "dialog", "dialogues": "dialogs", "analogue": "analog", "cheque": "check",
    "cheques": "checks", "tyre": "tire", "tyres": "tires", "plough": "plow", "ploughs": "plows", "ploughed": "plowed",
    "kerb": "curb", "jewellery": "jewelry", "sceptic": "skeptic", "sceptical": "skeptical", "scepticism": "skepticism",
    "sceptics": "skeptics", "mould": "mold", "moulds": "molds", "aluminium": "aluminum", "pyjamas": "pajamas",
    "storey": "story", "storeys": "stories", "skilful": "skillful", "wilful": "willful", "fulfil": "fulfill",
    "fulfils": "fulfills", "fulfilment": "fulfillment", "enrol": "enroll", "enrolment": "enrollment", "instalment":
    "installment", "instalments": "installments", "ageing": "aging", "judgement": "judgment", "judgements": "judgments",
    "acknowledgement": "acknowledgment", "whilst": "while", "amongst": "among", "towards": "toward", "afterwards":
    "afterward", "learnt": "learned", "burnt": "burned", "dreamt": "dreamed", "spelt": "spelled", "spoilt": "spoiled",
    "leapt": "leaped", "mum": "mom", "mums": "moms", "okay": "ok", "encyclopaedia": "encyclopedia", "anaemia": "anemia",
    "anaesthetic": "anesthetic", "archaeology": "archeology", "archaeologist": "archeologist", "archaeologists":
    "archeologists", "paediatric": "pediatric", "paediatrician": "pediatrician", "foetus": "fetus", "foetal": "fetal",
    "diarrhoea": "diarrhea", "oestrogen": "estrogen", "haemorrhage": "hemorrhage", "leukaemia": "leukemia",
    "manoeuvre": "maneuver", "manoeuvres": "maneuvers", "adviser": "advisor", "advisers": "advisors", "practise":
    "practice", "practised": "practiced", "practising": "practicing", "practises": "practices", "per cent": "percent",
    "draught": "draft", "draughts": "drafts", "sulphur": "sulfur", "moustache": "mustache", "cosy": "cozy", "axe": "ax",
    "artefact": "artifact", "artefacts": "artifacts", "gaol": "jail", "yoghurt": "yogurt", "licenced": "licensed",
}  # fmt: skip
_RULES = (
    (re.compile(rf"^({'|'.join(_OUR)})our(?=$|s$|ed$|ing$|ite|able|ful|less|ly$|er|hood|i[sz]|al)"), r"\1or"),
    (re.compile(rf"^({'|'.join(_TRE)})(t|b)re(?=$|s$|d$)"), r"\1\2er"),
    (re.compile(rf"^({'|'.join(_DOUBLED)})[lmps](?=ed$|ing$|ings$|er$|ers$|ery$|ation$|or$|ors$)"), r"\1"),
    (re.compile(r"(?<=[a-z]{3})is(?=(?:e|es|ed|ing|er|ers|ation|ations|ational|able)$)"), "iz"),
    (re.compile(r"(?<=[a-z]{2}al)ys(?=(?:e|es|ed|ing|er|ers)$)"), "yz"),
)
_MAY_BE_BRITISH = re.compile(r"our|[tb]re|ll|mm|pp|ss|is[eia]|ys[ei]")  # most words are in no rule's way


def american(word: str) -> str:
    """Return the American spelling of a lower-case word; a word that both share comes back as it is."""
    if word in _WORDS:
        return _WORDS[word]
    if not _MAY_BE_BRITISH.search(word):
        return word
    for pattern, replacement in _RULES:
        changed = pattern.sub(replacement, word)
        if changed != word:
            return changed
    return word
