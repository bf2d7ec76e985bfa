"""The tagging network: a MiniLM encoder, two layers of BIO tags, a CRF over the roles, and links between them.

Encoder: all-MiniLM-L6-v2 (6 layers, hidden 384; Wang et al. 2020, Reimers and Gurevych 2019), with embeddings of letter
case, paragraph start and quotation marks added to its input; what is shipped has fewer layers (`student.py`).
CRF: Lafferty et al. 2001, over the words of a paragraph.
Links: each content points at its source and its cue by a scaled dot product (as in the biaffine parser of Dozat and
Manning 2017, without the bias terms); pointing at [CLS] means that it has none.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file
from torch import Tensor, nn

from quotecli.model.inputs import CASES, PLACES, QUOTED
from quotecli.model.tagger import LINK_SIZE
from quotecli.model.tags import TAGS, may_follow

LAYERS, HIDDEN, HEADS, INNER = 6, 384, 12, 1536
VOCABULARY, POSITIONS = 30522, 512
FORBIDDEN = -1e4


class Layer(nn.Module):
    """One BERT layer."""

    def __init__(self, inner: int, dropout: float) -> None:
        super().__init__()
        self.qkv = nn.Linear(HIDDEN, 3 * HIDDEN)
        self.attended = nn.Linear(HIDDEN, HIDDEN)
        self.attended_norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.inner = nn.Linear(HIDDEN, inner)
        self.outer = nn.Linear(inner, HIDDEN)
        self.outer_norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        batch, length, _ = x.shape
        q, k, v = self.qkv(x).view(batch, length, 3, HEADS, HIDDEN // HEADS).permute(2, 0, 3, 1, 4).unbind(0)
        attended = nn.functional.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        attended = attended.transpose(1, 2).reshape(batch, length, HIDDEN)
        x = self.attended_norm(x + self.dropout(self.attended(attended)))
        return self.outer_norm(x + self.dropout(self.outer(nn.functional.gelu(self.inner(x)))))


class Tagger(nn.Module):
    """Word pieces in, scores of the tags and vectors of the links out."""

    def __init__(self, layers: int = LAYERS, inner: int = INNER, *, dropout: float = 0.1) -> None:
        super().__init__()
        self.words = nn.Embedding(VOCABULARY, HIDDEN)
        self.positions = nn.Embedding(POSITIONS, HIDDEN)
        self.case = nn.Embedding(CASES, HIDDEN)
        self.place = nn.Embedding(PLACES, HIDDEN)
        self.quoted = nn.Embedding(QUOTED, HIDDEN)
        self.norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.dropout = nn.Dropout(dropout)
        self.layers = nn.ModuleList(Layer(inner, dropout) for _ in range(layers))
        self.tags = nn.Linear(HIDDEN, 2 * TAGS)  # roles, then names
        self.links = nn.Linear(HIDDEN, 4 * LINK_SIZE)  # content to source, content to cue, source, cue
        self.transitions = nn.Parameter(torch.zeros(TAGS, TAGS))
        self.first = nn.Parameter(torch.zeros(TAGS))
        for extra in (self.case, self.place, self.quoted):
            nn.init.normal_(extra.weight, std=0.02)

    def forward(self, ids: Tensor, case: Tensor, place: Tensor, quoted: Tensor) -> tuple[Tensor, Tensor]:
        """All inputs: integers [batch, length], padded with 0. Return tags [batch, length, 2 * TAGS], links."""
        last = self.states(ids, case, place, quoted)[-1]
        return self.tags(last), self.links(last)

    def states(self, ids: Tensor, case: Tensor, place: Tensor, quoted: Tensor) -> list[Tensor]:
        """Return what each layer gives, [batch, length, HIDDEN]."""
        mask = (ids == 0)[:, None, None, :].float() * FORBIDDEN
        where = torch.arange(ids.shape[1])
        x = self.words(ids) + self.positions(where) + self.case(case) + self.place(place) + self.quoted(quoted)
        x = self.dropout(self.norm(x))
        states = []
        for layer in self.layers:
            x = layer(x, mask)
            states.append(x)
        return states

    def legal_transitions(self) -> tuple[Tensor, Tensor]:
        """The CRF's scores (tag to tag, first tag), with what BIO forbids made impossible."""
        forbidden = torch.tensor([[0.0 if may_follow(a, b) else FORBIDDEN for b in range(TAGS)] for a in range(TAGS)])
        return self.transitions + forbidden, self.first + forbidden[0]

    def load_encoder(self, folder: Path) -> None:
        """Take the pretrained weights from `folder` (model.safetensors, BERT's own names)."""
        weights = load_file(folder / "model.safetensors")
        state = {
            "words.weight": weights["embeddings.word_embeddings.weight"],
            "positions.weight": weights["embeddings.position_embeddings.weight"]
            + weights["embeddings.token_type_embeddings.weight"][0],
            "norm.weight": weights["embeddings.LayerNorm.weight"],
            "norm.bias": weights["embeddings.LayerNorm.bias"],
        }
        for i in range(LAYERS):
            old, new = f"encoder.layer.{i}.", f"layers.{i}."
            for kind in ("weight", "bias"):
                state[f"{new}qkv.{kind}"] = torch.cat(
                    [weights[f"{old}attention.self.{part}.{kind}"] for part in ("query", "key", "value")]
                )
                for target, source in (
                    ("attended", "attention.output.dense"),
                    ("attended_norm", "attention.output.LayerNorm"),
                    ("inner", "intermediate.dense"),
                    ("outer", "output.dense"),
                    ("outer_norm", "output.LayerNorm"),
                ):
                    state[f"{new}{target}.{kind}"] = weights[f"{old}{source}.{kind}"]
        missing = self.load_state_dict(state, strict=False)
        if missing.unexpected_keys:
            raise ValueError(f"weights that the network has no place for: {missing.unexpected_keys}")


def shape_of(weights: Mapping[str, Any]) -> tuple[int, int]:
    """Return the number of layers of a network with these weights, and the width of what is inside of one."""
    layers = {name.split(".")[1] for name in weights if name.startswith("layers.")}
    return len(layers), weights["layers.0.inner.weight"].shape[0]


def crf_loss(scores: Tensor, tags: Tensor, lengths: Tensor, transitions: Tensor, first: Tensor) -> Tensor:
    """The negative log-likelihood of `tags` [rows, longest], summed over all rows; `scores` [rows, longest, TAGS]."""
    rows = torch.arange(len(tags))
    alpha = first + scores[:, 0]
    gold = alpha[rows, tags[:, 0]]
    for t in range(1, int(lengths.max())):
        here = t < lengths
        stepped = torch.logsumexp(alpha[:, :, None] + transitions, dim=1) + scores[:, t]
        alpha = torch.where(here[:, None], stepped, alpha)
        gold = gold + torch.where(here, transitions[tags[:, t - 1], tags[:, t]] + scores[rows, t, tags[:, t]], 0.0)
    return (torch.logsumexp(alpha, dim=1) - gold).sum()
