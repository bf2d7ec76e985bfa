"""Lines of a page that turn to its reader and are no part of the article ("Read more: …", "Sign up to our letter")."""

from __future__ import annotations

import re

_MOST_WORDS = 50

_PROMPT = re.compile(
    r"""
    \W*(?:
      # to another story, with a colon or nothing behind it
      (?: (?:read|see|watch|listen)(?:\ (?:more|also|next|now|here|this|it|on|to\ this|the\ full\ story))*
        | (?:also|must)[\ -](?:read|see|watch) | related(?:\ (?:stories|articles|news|content|coverage|reading|topics))?
        | recommended(?:\ (?:stories|reading|for\ you))? | more\ (?:stories|news|coverage|reading|like\ this)
        | more\ (?:from|on|about)\ [^.!?:]{1,60} | most\ (?:read|popular|viewed) | trending(?:\ now)? | up\ next
        | (?:the\ )?editor['’]?s['’]?\ picks? | you\ (?:may|might)\ also\ (?:like|be\ interested\ in) | don['’]?t\ miss
        | in\ case\ you\ missed\ it | further\ reading | advertisement | sponsored(?:\ content)?
      )\s*(?:[:|»>→]|$)
      # to the paper's other offers
    | (?:please\ )?(?:sign\ up|subscribe|register)\b[^.!?]*\b(?:newsletters?|inbox|e-?mails?|updates|alerts|briefings?
        |podcasts?|channel|for\ free)\b
    | (?:get|have|want)\b[^.!?]{0,60}\b(?:delivered|sent|straight|direct(?:ly)?)\b[^.!?]*\b(?:inbox|phone)\b
    | (?:follow|like|find|join)\ (?:us|[\w’' ]{1,30})\ on\ (?:facebook|twitter|x|instagram|linkedin|tiktok|youtube
        |whatsapp|telegram|threads|bluesky|google\ news|apple\ news|flipboard)\b
    | (?:download|get|try)\ (?:the|our)\b[^.!?]{0,40}\bapp\b
    | (?:click|tap)\ here\b
    | you(?:\ have|['’]ve)\ (?:reached|read|used)\b[^.!?]*\b(?:free|articles?|limit)\b
    | (?:already\ a|become\ a|not\ a)\ (?:subscriber|member)\b
    | (?:article|story)\ continues\ (?:below|after)\b | scroll\ (?:down\ )?(?:to|for)\b
    | support\ (?:our|independent)\ journalism\b
    | never\ miss\b[^.!?]*\b(?:newsletters?|news|updates|stor(?:y|ies))\b
    | if\ you(?:['’]re|\ are)\ (?:on|in|using)\ (?:the|our)\b[^.!?]*\bapp\b
      # to pay
    | (?:subscribe|sign\ up|register|log\ in|join)\b[^.!?]*\bto\ (?:read|continue|keep\ reading|unlock)\b
    | (?:the\ rest\ of\ )?this\ (?:article|story|content)\ is\ (?:only\ )?(?:for|available\ to|reserved\ for)\b
        [^.!?]*\b(?:subscribers|members)\b
      # around pictures, and what the house says of itself
    | show\ all(?:\ \d+)?\s*$ | view\ (?:gallery|image\ in\ fullscreen)\s*$ | gallery\s?:
    | [\w’' ]{1,40}\ in\ pictures\s*$ | our\ standards\s?:
    )
    """,
    re.IGNORECASE | re.VERBOSE,
)


def is_prompt(line: str) -> bool:
    """Say whether a line of a page asks its reader to go elsewhere, to sign up, to follow; or has no words."""
    if not any(character.isalnum() for character in line):
        return True
    return _PROMPT.match(line) is not None and len(line.split()) <= _MOST_WORDS
