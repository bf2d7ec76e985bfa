"""From mentions to speakers: who a source's words mean, by full name where the article gives it.

`tokens`, `pieces`, `evidence`, `spotting`, `kinds` and `families` find the names; `phrases`, `titles`, `roles` and
`learnt` read what people are; `cast` sorts names into `entities`. Then `resolver` takes the sources one by one:
`source_words`, `head_names`, `documents` and `named` read those that hold a name; whom the others mean is asked in
`questions`, answered by `ranker` among the `candidates`, by their `features` and learned weights, with what the
`discourse` has shown so far. `echoes` gives headings whom the text has say their words.
"""

from __future__ import annotations

from quotecli.attribution.speakers.resolver import resolve_surely

__all__ = ["resolve_surely"]
