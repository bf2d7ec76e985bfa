"""Whether a sentence tells of an event: a finite verb, found by its form (a tagger would cost more than it gains)."""

from __future__ import annotations

import re

_AUXILIARIES = "is are was were am has have had does do did will won't can could would may might must shall should"
_IRREGULAR_PASTS = """
    became began bent bet blew bought broke brought built burst came caught chose clung cost cut dealt dug
    drew drove drank fell felt fled flew fought found forbade forgot forgave froze gave got went grew heard
    held hid hit hurt kept knew laid led left lent let lost made meant met paid put quit read rose ran rang
    said sang sank sat saw sold sent set shook shot shut slept slid spoke spent spread sprang stood stole
    stuck struck swept swore swung swam taught tore told took thought threw understood won woke withdrew wore
    wrote overtook undertook oversaw overthrew undercut
"""
_PRESENTS = """says makes takes gives comes goes shows means begins becomes remains includes involves holds leads runs
faces plans seeks wants needs expects aims opens closes ends starts follows covers costs affects marks lies lives sits
stands serves works plays provides offers requires allows bans owns employs produces contains carries represents
supports opposes calls brings keeps leaves meets pays puts reaches rises falls sells sends sets spends suggests tells
turns uses wins writes exists depends consists belongs operates hosts ranks accounts governs applies"""
_FORMS = f"{_AUXILIARIES} {_IRREGULAR_PASTS} {_PRESENTS}".split()
_NO_PASTS = "".join(f"(?<!{word})" for word in "need hundred indeed speed seed feed breed".split())
_FINITE = re.compile(
    rf"(?<![\w-])(?:{'|'.join(_FORMS)}|(?:is|are|was|were|has|have|had|did|does|do)n[’']t|[a-z]{{2,}}ed{_NO_PASTS})(?![\w-])"
)


def has_event(sentence: str) -> bool:
    """Whether `sentence` holds a finite verb, past or present; never raises."""
    return _FINITE.search(sentence) is not None
