"""From mentions to speakers: who a source's words mean, by full name where the article gives it.

`cast` sorts the names that `attribution/mentions` found into `entities`, with what it has `learnt` of each. Then
`resolver` takes the sources one by one: `source_words`, `head_names`, `documents` and `named` read those that hold a
name; whom the others mean is asked in `questions`, answered by `ranker` among the `candidates`, by their `features` and
learned weights, with what the `discourse` has shown so far.
"""

from __future__ import annotations

from quotecli.attribution.speakers.resolver import resolve_surely

__all__ = ["resolve_surely"]
