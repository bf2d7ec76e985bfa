"""The network's answers, with and without its states."""

from __future__ import annotations

import numpy as np

from quotecli.model.inputs import encode, windows
from quotecli.model.network import STATE_SIZE, network
from quotecli.text import parse

TEXT = "The mayor, Ruth Okafor, said the bridge would open in June.\nOslo reported 25 cases on Monday.\n" * 12


def test_heads_read_the_states_and_change_no_score() -> None:
    model = network()
    pieces = encode(parse(TEXT), model.tokenizer)
    cuts = list(windows(pieces))
    heads = np.random.default_rng(1).normal(size=(STATE_SIZE, 3)).astype(np.float32)
    plain, read = model.run(pieces, cuts), model.run(pieces, cuts, heads=heads)
    states = model.run(pieces, cuts, heads=np.eye(STATE_SIZE, dtype=np.float32))
    for a, b, whole, (start, end) in zip(plain, read, states, cuts, strict=True):
        assert np.array_equal(a.tags, b.tags) and np.array_equal(a.links, b.links) and a.heads is None
        assert whole.heads is not None and whole.heads.shape == (end - start, STATE_SIZE)
        assert b.heads is not None and np.allclose(b.heads, whole.heads @ heads, atol=1e-3)
