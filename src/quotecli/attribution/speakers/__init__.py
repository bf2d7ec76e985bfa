"""From mentions to speakers: who a source's words mean, by full name where the article gives it.

`runs` and `spotting` find names (`naming` compares them), `roles` reads what people are, `cast` sorts names into
`entities`, `sources` reads the words that name who speaks, `scoring` weighs the `antecedents` (`groups` too);
`introductions`, `appositions` and `institutions` find those whom no name stands for; `resolver` joins it all, and
`echoes` gives headings whom the text has say their words.
"""

from __future__ import annotations

from quotecli.attribution.speakers.resolver import resolve

__all__ = ["resolve"]
