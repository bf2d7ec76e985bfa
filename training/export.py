"""Write the trained network as the int8 ONNX model that quotecli ships, with its manifest.

The weights of several checkpoints are averaged (model soups: Wortsman et al. 2022); the runs must have a beginning in
common, or their mean is no network (Frankle et al. 2020).
"""

from __future__ import annotations

import argparse
import json
import tempfile
import warnings
from collections.abc import Sequence
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process
from torch import Tensor, nn

from network import Tagger
from quotecli.model.network import STATES
from quotecli.model.tags import OUTSIDE

SHIPPED = Path(__file__).parent.parent / "src" / "quotecli" / "model"
INPUTS = ("ids", "case", "place", "quoted")
OUTPUTS = ("tags", "links", *STATES)
OPSET = 17

OUTSIDE_BIAS = 0.2
"""Added to the score of every step to the tag "outside": the averaged network finds a little too much. Chosen on dev
(full attribution F1: 67.2 at 0.2, 66.7 at 0.3)."""


class Exported(nn.Module):
    """The network as it is shipped: beside its scores it gives the states that heads read."""

    def __init__(self, tagger: Tagger) -> None:
        super().__init__()
        self.tagger = tagger

    def forward(self, ids: Tensor, case: Tensor, place: Tensor, quoted: Tensor) -> tuple[Tensor, ...]:
        """Return tags, links and the states of `STATES`, each [batch, length, …]."""
        states = self.tagger.states(ids, case, place, quoted)
        last = states[-1]
        return self.tagger.tags(last), self.tagger.links(last), *(states[int(name[-1]) - 1] for name in STATES)


def averaged(checkpoints: Sequence[Path]) -> dict[str, torch.Tensor]:
    """Return the mean of the checkpoints' weights."""
    weights = [torch.load(checkpoint, weights_only=True) for checkpoint in checkpoints]
    share = 1 / len(weights)
    return {name: sum(each[name] * share for each in weights) for name in weights[0]}


def write_onnx(model: Tagger, path: Path) -> None:
    """Write `model` in 32-bit floats."""
    example = tuple(torch.ones(2, 16, dtype=torch.long) for _ in INPUTS)
    axes = {name: {0: "batch", 1: "length"} for name in (*INPUTS, *OUTPUTS)}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            Exported(model), example, str(path), input_names=list(INPUTS), output_names=list(OUTPUTS),
            dynamic_axes=axes, opset_version=OPSET, dynamo=False,
        )  # fmt: skip


def quantise(source: Path, target: Path) -> None:
    """Store the weights as 8-bit integers, a scale for each column; activations are scaled at run time.

    7 of the 8 bits are used: on processors without VNNI the 8-bit products would saturate.
    """
    prepared = source.with_suffix(".prepared.onnx")
    quant_pre_process(str(source), str(prepared), skip_symbolic_shape=True)
    quantize_dynamic(str(prepared), str(target), weight_type=QuantType.QInt8, per_channel=True, reduce_range=True)


def export(checkpoints: Sequence[Path], out: Path) -> None:
    """Write model.onnx and manifest.json into `out`."""
    model = Tagger()
    model.load_state_dict(averaged(checkpoints))
    model.eval()
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        full = Path(folder) / "model.onnx"
        write_onnx(model, full)
        quantise(full, out / "model.onnx")
    onnx.checker.check_model(str(out / "model.onnx"))
    transitions, first = (scores.detach() for scores in model.legal_transitions())
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
