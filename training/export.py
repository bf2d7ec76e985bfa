"""Write the trained network as the int8 ONNX model that quotecli ships, with its manifest.

The weights of several checkpoints are averaged (model soups: Wortsman et al. 2022); the runs must have a beginning in
common, or their mean is no network (Frankle et al. 2020).

The graph is written operator by operator, with those of onnxruntime that do several steps at once: it is 1.13 times as
fast as what torch exports and onnxruntime then fuses, and needs no rewriting when it is loaded.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import onnx
import torch
from numpy.typing import ArrayLike, NDArray
from onnx import TensorProto, helper, numpy_helper
from torch import Tensor

from network import FORBIDDEN, HEADS, HIDDEN, Tagger, shape_of
from quotecli.model.network import STATES
from quotecli.model.tagger import LINK_SIZE
from quotecli.model.tags import OUTSIDE, TAGS

SHIPPED = Path(__file__).parent.parent / "src" / "quotecli" / "model"
INPUTS = ("ids", "case", "place", "quoted")
WIDTHS = {"tags": 2 * TAGS, "links": 4 * LINK_SIZE} | dict.fromkeys(STATES, HIDDEN)
"""The outputs, and how many numbers each gives for a word piece."""
FUSED = "com.microsoft"
OPSETS = {"": 17, FUSED: 1}
FORMAT = 8
"""The version of the file's format: one that every onnxruntime of the last years reads."""
MOST = 64
"""7 of the 8 bits of a weight are used: on processors without VNNI the sums of two products would saturate."""

OUTSIDE_BIAS = -0.1
"""Added to the score of every step to the tag "outside": the student finds a little too little. Chosen on dev (full
attribution F1: 67.1 at -0.2, 67.5 at -0.1, 67.1 at 0)."""

Weights = Mapping[str, NDArray[np.float32]]


def averaged(checkpoints: Sequence[Path]) -> dict[str, Tensor]:
    """Return the mean of the checkpoints' weights; one may be a model.onnx, with its manifest beside it."""
    weights = [
        read_back(each) if each.suffix == ".onnx" else torch.load(each, weights_only=True) for each in checkpoints
    ]
    share = 1 / len(weights)
    return {name: sum(each[name] * share for each in weights) for name in weights[0]}


def read_back(path: Path) -> dict[str, Tensor]:
    """Return the weights of a model that `export` wrote: each is off by its rounding."""
    stored = {
        each.name: numpy_helper.to_array(each).astype(np.float32) for each in onnx.load(str(path)).graph.initializer
    }
    manifest = json.loads(path.with_name("manifest.json").read_text(encoding="utf-8"))
    bias = np.eye(TAGS, dtype=np.float32)[OUTSIDE] * OUTSIDE_BIAS
    weights = {name: np.array(manifest[name], dtype=np.float32) - bias for name in ("transitions", "first")}
    weights = {name: np.where(scores < FORBIDDEN / 2, np.float32(0), scores) for name, scores in weights.items()}
    matrices = {name.replace(".scale", ".weight") for name in stored if name.endswith(".scale")} - {"words.weight"}
    weights |= {name: value for name, value in stored.items() if name.endswith((".weight", ".bias"))}
    weights["words.weight"] = (weights["words.weight"] - stored["words.zero"]) * stored["words.scale"]
    for name in matrices:
        weights[name] = (weights[name] * stored[name.replace(".weight", ".scale")]).T
    return {name: torch.from_numpy(np.ascontiguousarray(value)) for name, value in weights.items()}


class Graph:
    """An ONNX graph that is being written; values are known by their names."""

    def __init__(self, weights: Weights) -> None:
        self.weights = weights
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []

    def constant(self, name: str, value: ArrayLike) -> str:
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def weight(self, name: str) -> str:
        return self.constant(name, self.weights[name])

    def node(self, operator: str, inputs: Sequence[str], name: str, domain: str = "", **attributes: object) -> str:
        self.nodes.append(helper.make_node(operator, inputs, [name], domain=domain, **attributes))
        return name

    def linear(self, name: str, x: str, output: str = "") -> str:
        """`x` times a matrix of 8-bit weights, a scale for each column; `x` is scaled at run time."""
        weight = self.weights[f"{name}.weight"].T
        scale = np.maximum(np.abs(weight).max(0) / MOST, np.float32(1e-9))
        rounded = np.rint(weight / scale).astype(np.int8)
        matrix, scales = self.constant(f"{name}.weight", rounded), self.constant(f"{name}.scale", scale)
        inputs = [x, matrix, scales, "", self.weight(f"{name}.bias")]
        return self.node("DynamicQuantizeMatMul", inputs, output or f"{name}.out", FUSED)

    def normed_sum(self, name: str, x: str, y: str, output: str = "") -> str:
        inputs = [x, y, self.weight(f"{name}.weight"), self.weight(f"{name}.bias")]
        return self.node("SkipLayerNormalization", inputs, output or f"{name}.out", FUSED, epsilon=1e-12)

    def embedded(self) -> str:
        """The encoder's input: the vectors of the pieces, which are stored as 8-bit numbers, and of their features."""
        words = self.weights["words.weight"]
        scale = np.float32((words.max() - words.min()) / 255)
        zero = np.uint8(np.rint(-words.min() / scale))
        table = self.constant("words.weight", np.clip(np.rint(words / scale) + zero, 0, 255).astype(np.uint8))
        rounded = self.node("Gather", [table, "ids"], "words.rounded")
        inputs = [rounded, self.constant("words.scale", scale), self.constant("words.zero", zero)]
        features = self.node("DequantizeLinear", inputs, "words.out")
        first = self.constant("first", np.array([0]))
        length = self.node("Shape", ["ids"], "length", start=1, end=2)
        places = self.node("Slice", [self.weight("positions.weight"), first, length, first], "positions.out")
        for name in INPUTS[1:]:
            vectors = self.node("Gather", [self.weight(f"{name}.weight"), name], f"{name}.vectors")
            places = self.node("Add", [vectors, places], f"{name}.out")
        return self.normed_sum("norm", features, places)

    def layer(self, name: str, x: str, output: str) -> str:
        """One layer of the encoder. A window is read by itself, so that no piece needs to be hidden."""
        parts = [f"{name}.{each}" for each in ("queries", "keys", "values")]
        qkv = self.linear(f"{name}.qkv", x)
        self.nodes.append(helper.make_node("Split", [qkv, "thirds"], parts, axis=2))
        attended = self.node("MultiHeadAttention", parts, f"{name}.heads", FUSED, num_heads=HEADS)
        x = self.normed_sum(f"{name}.attended_norm", x, self.linear(f"{name}.attended", attended))
        inner = self.node("Gelu", [self.linear(f"{name}.inner", x)], f"{name}.gelu", FUSED)
        return self.normed_sum(f"{name}.outer_norm", x, self.linear(f"{name}.outer", inner), output)

    def model(self, inputs: Sequence[str], outputs: Mapping[str, int]) -> onnx.ModelProto:
        given = [helper.make_tensor_value_info(name, TensorProto.INT64, ["batch", "length"]) for name in inputs]
        wanted = [
            helper.make_tensor_value_info(name, TensorProto.FLOAT, ["batch", "length", size])
            for name, size in outputs.items()
        ]
        graph = helper.make_graph(self.nodes, "tagger", given, wanted, self.constants)
        opsets = [helper.make_opsetid(*each) for each in OPSETS.items()]
        return helper.make_model(graph, opset_imports=opsets, ir_version=FORMAT)


def written(weights: Weights) -> onnx.ModelProto:
    """Return the graph of the network with these weights."""
    graph = Graph(weights)
    layers, _ = shape_of(weights)
    graph.constant("thirds", np.array([HIDDEN] * 3))
    x = graph.embedded()
    outputs = dict(zip(range(layers - len(STATES), layers), STATES, strict=True))
    for i in range(layers):
        x = graph.layer(f"layers.{i}", x, outputs.get(i, f"layers.{i}.out"))
    for name in ("tags", "links"):
        graph.linear(name, x, name)
    return graph.model(INPUTS, WIDTHS)


def export(checkpoints: Sequence[Path], out: Path) -> None:
    """Write model.onnx and manifest.json into `out`."""
    weights = averaged(checkpoints)
    model = Tagger(*shape_of(weights))
    model.load_state_dict(weights)
    out.mkdir(parents=True, exist_ok=True)
    onnx.save(written({name: tensor.numpy() for name, tensor in weights.items()}), str(out / "model.onnx"))
    transitions, first = (scores.detach().clone() for scores in model.legal_transitions())
    transitions[:, OUTSIDE] += OUTSIDE_BIAS
    first[OUTSIDE] += OUTSIDE_BIAS
    manifest = {
        "transitions": [[round(v, 5) for v in row] for row in transitions.tolist()],
        "first": [round(v, 5) for v in first.tolist()],
    }
    (out / "manifest.json").write_text(json.dumps(manifest) + "\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkpoints", type=Path, nargs="+")
    parser.add_argument("--out", type=Path, default=SHIPPED)
    arguments = parser.parse_args()
    export(arguments.checkpoints, arguments.out)


if __name__ == "__main__":
    main()
