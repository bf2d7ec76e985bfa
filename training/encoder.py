"""The sentence encoder all-MiniLM-L6-v2 as it was trained: a text in, a unit vector out (Reimers and Gurevych 2019)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch import Tensor

from network import FORBIDDEN, HIDDEN, Tagger

MOST_PIECES = 128
BATCH = 64


class Encoder(Tagger):
    """The tagger's network with the encoder's weights and none of what the tagger adds to them."""

    def __init__(self, folder: Path) -> None:
        super().__init__(dropout=0.0)
        self.load_encoder(folder)
        self.eval()
        self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self.tokenizer.no_padding()
        self.tokenizer.enable_truncation(MOST_PIECES)

    def vectors(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return the vectors of `texts`, [n, 384], each of length 1."""
        ids = [encoding.ids for encoding in self.tokenizer.encode_batch(list(texts))]
        by_length = sorted(range(len(ids)), key=lambda i: len(ids[i]))
        found = np.zeros((len(ids), HIDDEN), dtype=np.float32)
        for start in range(0, len(ids), BATCH):
            batch = by_length[start : start + BATCH]
            padded = torch.nn.utils.rnn.pad_sequence([torch.tensor(ids[i]) for i in batch], batch_first=True)
            found[batch] = self._encoded(padded).numpy()
        return found

    @torch.no_grad()
    def _encoded(self, ids: Tensor) -> Tensor:
        present = ids != 0
        mask = (~present)[:, None, None, :].float() * FORBIDDEN
        x = self.norm(self.words(ids) + self.positions(torch.arange(ids.shape[1])))
        for layer in self.layers:
            x = layer(x, mask)
        mean = (x * present[..., None]).sum(1) / present.sum(1, keepdim=True)
        return torch.nn.functional.normalize(mean)
