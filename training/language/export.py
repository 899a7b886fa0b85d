"""From the trained network to what the package runs: an 8-bit encoder in ONNX, and the classifiers as arrays."""

import json
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor

from conflict_kg.errors import InputError
from training.language.batches import Inventory
from training.language.evaluate import FOLDER
from training.language.fit import INVENTORY, WEIGHTS, base_folder
from training.language.network import ATTENTION_HEADS, LAYERS, WIDTH
from training.language.settings import Settings

FITTED = "heads.npz"
"""The classifiers as they were trained together with the encoder, in the working folder."""

_FUSED = "com.microsoft"
"""Operators of onnxruntime beyond the standard's. Only where they gain: its SkipLayerNormalization and BiasGelu were
slower than the steps they stand for (onnxruntime 1.31, one thread, 112 pieces: 28.7 ms with them, 22.3 without)."""


def export(settings: Settings, work: Path) -> None:
    """Write encoder, classifiers, labels and vocabulary to ``work / FOLDER``."""
    if not (work / WEIGHTS).exists():
        raise InputError(f"{work / WEIGHTS} is not there: train first")
    weights = {
        name: value.float() for name, value in torch.load(work / WEIGHTS, weights_only=True, map_location="cpu").items()
    }
    inventory = read_inventory(work)
    folder = work / FOLDER
    folder.mkdir(exist_ok=True)
    plain = work / "encoder.float.onnx"
    onnx.save(encoder_graph(weights), plain)
    quantize_dynamic(
        plain,
        folder / "encoder.onnx",
        op_types_to_quantize=["MatMul"],
        per_channel=True,
        weight_type=QuantType.QInt8,
        extra_options={"DefaultTensorType": TensorProto.FLOAT},
    )
    prefix = "classifiers."
    classifiers = {name.removeprefix(prefix): value for name, value in weights.items() if name.startswith(prefix)}
    for path in (work / FITTED, folder / "heads.npz"):
        write_classifiers(path, classifiers)
    labels = {name: getattr(inventory, name) for name in inventory.__slots__}
    (folder / "labels.json").write_text(json.dumps(labels) + "\n", encoding="utf-8")
    (folder / "vocab.txt").write_bytes((base_folder(settings) / "vocab.txt").read_bytes())
    for path in sorted(folder.iterdir()):
        print(f"{path.name} {path.stat().st_size / 1e6:.1f} MB")


def read_inventory(work: Path) -> Inventory:
    """The classes of the model in ``work``."""
    read = json.loads((work / INVENTORY).read_text(encoding="utf-8"))
    return Inventory(**{name: tuple(values) for name, values in read.items()})


def write_classifiers(path: Path, weights: Mapping[str, Tensor]) -> None:
    """The classifiers' weights as arrays of half precision."""
    write_arrays(path, {name: value.numpy().astype(np.float16) for name, value in weights.items()})


def write_arrays(path: Path, arrays: dict[str, npt.NDArray[np.float16]]) -> None:
    """An .npz file whose bytes do not depend on when it is written (numpy's own do)."""
    import io
    import zipfile

    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(arrays):
            data = io.BytesIO()
            np.lib.format.write_array(data, np.ascontiguousarray(arrays[name]))
            archive.writestr(
                zipfile.ZipInfo(f"{name}.npy", (1980, 1, 1, 0, 0, 0)), data.getvalue(), zipfile.ZIP_DEFLATED
            )


class _Graph:
    """A graph in the making: constants and operators, each named for what it yields."""

    def __init__(self, weights: dict[str, Tensor]) -> None:
        self._weights = weights
        self.constants: list[onnx.TensorProto] = []
        self.nodes: list[onnx.NodeProto] = []

    def constant(self, name: str, values: npt.NDArray[np.generic]) -> str:
        self.constants.append(numpy_helper.from_array(np.asarray(values, order="C"), name))
        return name

    def weight(self, name: str, *, turned: bool = False) -> str:
        values = self._weights[f"encoder.{name}"].numpy()
        return self.constant(name, values.T if turned else values)

    def op(self, kind: str, inputs: list[str], *outputs: str, domain: str = "", **attributes: object) -> str:
        self.nodes.append(helper.make_node(kind, inputs, list(outputs), domain=domain, **attributes))
        return outputs[0]


def encoder_graph(weights: dict[str, Tensor]) -> onnx.ModelProto:
    """The encoder as an ONNX model.

    Takes ``ids`` and ``case`` (windows, pieces; all windows of one length, as nothing is masked), and for each word
    the place of its ``first`` and ``last`` piece, counted through all windows; gives the words' vectors and the
    roots'. The rows of the word embeddings are stored in 8 bits with a scale each.
    """
    g = _Graph(weights)
    x = _embed(g, weights["encoder.words.weight"].numpy())
    for number in range(LAYERS):
        x = _layer(g, number, x)
    g.constant("flat", np.array([-1, WIDTH], np.int64))
    g.op("Reshape", [x, "flat"], "pieces")
    g.op("Gather", ["pieces", "first"], "first_vectors", axis=0)
    g.op("Gather", ["pieces", "last"], "last_vectors", axis=0)
    g.op("Add", ["first_vectors", "last_vectors"], "sums")
    g.constant("half", np.array(0.5, np.float32))
    g.op("Mul", ["sums", "half"], "words")
    g.constant("opening", np.array(0, np.int64))
    g.op("Gather", [x, "opening"], "roots", axis=1)
    shapes: list[tuple[str, int, list[str | int]]] = [
        ("ids", TensorProto.INT64, ["windows", "pieces"]),
        ("case", TensorProto.INT64, ["windows", "pieces"]),
        ("first", TensorProto.INT64, ["count"]),
        ("last", TensorProto.INT64, ["count"]),
    ]
    inputs = [helper.make_tensor_value_info(*shape) for shape in shapes]
    outputs = [
        helper.make_tensor_value_info("words", TensorProto.FLOAT, ["count", WIDTH]),
        helper.make_tensor_value_info("roots", TensorProto.FLOAT, ["windows", WIDTH]),
    ]
    graph = helper.make_graph(g.nodes, "conflict_kg_encoder", inputs, outputs, g.constants)
    opsets = [helper.make_opsetid("", 18), helper.make_opsetid(_FUSED, 1)]
    return helper.make_model(graph, opset_imports=opsets, ir_version=9, producer_name="conflict-kg")


def _embed(g: _Graph, table: npt.NDArray[np.float32]) -> str:
    scale = np.maximum(np.abs(table).max(axis=1, keepdims=True), 1e-9) / 127
    g.constant("rows", np.clip(np.round(table / scale), -127, 127).astype(np.int8))
    g.constant("scales", scale.astype(np.float32))
    g.op("Gather", ["rows", "ids"], "row8", axis=0)
    g.op("Gather", ["scales", "ids"], "scale", axis=0)
    g.op("Cast", ["row8"], "row", to=TensorProto.FLOAT)
    g.op("Mul", ["row", "scale"], "word")
    g.op("Gather", [g.weight("cases.weight"), "case"], "written", axis=0)
    g.op("Shape", ["ids"], "length", start=1, end=2)
    g.constant("zero", np.array([0], np.int64))
    g.op("Slice", [g.weight("positions.weight"), "zero", "length", "zero"], "place")
    g.op("Add", ["word", "written"], "written_word")
    g.op("Add", ["written_word", "place"], "embedded")
    normed = [g.weight("norm.weight"), g.weight("norm.bias")]
    return g.op("LayerNormalization", ["embedded", *normed], "x", axis=-1, epsilon=1e-12)


def _layer(g: _Graph, number: int, x: str) -> str:
    def name(part: str) -> str:
        return f"layers.{number}.{part}"

    def product(part: str, of: str) -> str:
        return g.op("MatMul", [of, g.weight(name(f"{part}.weight"), turned=True)], name(part))

    def norm(part: str, added: str, to: str, bias: str) -> str:
        g.op("Add", [added, g.weight(name(bias))], name(f"{part}.sum"))
        g.op("Add", [name(f"{part}.sum"), to], name(f"{part}.skip"))
        scale = [g.weight(name(f"{part}.weight")), g.weight(name(f"{part}.bias"))]
        return g.op("LayerNormalization", [name(f"{part}.skip"), *scale], name(part), axis=-1, epsilon=1e-12)

    g.op("Add", [product("qkv", x), g.weight(name("qkv.bias"))], name("qkv_sum"))
    parts = [name(part) for part in "qkv"]
    g.op("Split", [name("qkv_sum")], *parts, axis=-1, num_outputs=3)
    g.op("MultiHeadAttention", parts, name("attended"), domain=_FUSED, num_heads=ATTENTION_HEADS)
    x = norm("n1", product("o", name("attended")), x, "o.bias")
    g.op("Add", [product("f1", x), g.weight(name("f1.bias"))], name("f1_sum"))
    g.op("Gelu", [name("f1_sum")], name("gelu"), domain=_FUSED)
    return norm("n2", product("f2", name("gelu")), x, "f2.bias")
