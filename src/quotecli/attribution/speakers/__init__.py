"""From mentions to speakers: who a source's words mean, by full name where the article gives it.

`names` compares names, `spotting` finds them, `roles` reads what people are, `entities` sorts names into people and
organisations, `sources` reads the words that name who speaks, `scoring` weighs candidates, `resolver` puts it together.
"""

from __future__ import annotations

from quotecli.attribution.speakers.resolver import resolve

__all__ = ["resolve"]
