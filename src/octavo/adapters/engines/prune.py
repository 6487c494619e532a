"""Cut a recogniser's last layer down to the characters of Latin scripts.

A recogniser ends in one score per character it knows; most of PP-OCRv6's
18,710 are Chinese. Without them a line costs less, and a smudge on an English
page can no longer come out as a Chinese character.
"""

import unicodedata

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import numpy_helper

BLANK, SPACE = "", " "
"""CTC's "nothing here" is the first class and the space the last; neither stands in the dictionary."""

_EXTENDED_LATIN = frozenset("ƏəƒǍǎǏǐǑǒǓǔǗǘǙǚǛǜȘșȚțƠơƯư")
"""Past U+017F the dictionary has phonetic and African letters that only look like a, b, c on bad scans."""

_SHAPES = frozenset("■□●○◆◇★☆☐☑☒✓✔✕✗✘▪▫▲△▼▽►▶◄◀")


def keeps(character: str) -> bool:
    """Whether Latin-script documents use it: letters, Greek for formulas, marks, currencies, arrows, maths."""
    if len(character) != 1 or character == "\u3000":
        return False
    code = ord(character)
    if code < 0x180 or character in _EXTENDED_LATIN or character in _SHAPES:
        return True
    if 0x1E00 <= code < 0x1F00:
        return True
    if 0x370 <= code < 0x400:
        return unicodedata.normalize("NFKC", character) == character
    # U+2160-217F are ready-made Roman numerals: a page that shows IV means two letters.
    return 0x2000 <= code < 0x2160 or 0x2190 <= code < 0x2300


def prune(model: onnx.ModelProto, characters: list[str]) -> tuple[onnx.ModelProto, list[str]]:
    """The same model with fewer classes, and the characters that are left, in the order of its classes.

    Raises:
        ValueError: the model does not end in a MatMul and an Add over one class per character.
    """
    classes = [BLANK, *characters, SPACE]
    weight_name, bias_name = _head(model.graph, len(classes))
    wanted = [0, *(i for i in range(1, len(classes) - 1) if keeps(classes[i])), len(classes) - 1]
    tensors = {tensor.name: tensor for tensor in model.graph.initializer}
    weight = numpy_helper.to_array(tensors[weight_name])[:, wanted]
    bias = numpy_helper.to_array(tensors[bias_name])[wanted]
    _replace(tensors[weight_name], weight)
    _replace(tensors[bias_name], bias)
    last = model.graph.output[0].type.tensor_type.shape.dim[2]
    last.Clear()
    last.dim_value = len(wanted)
    del model.graph.value_info[:]
    for prop in [prop for prop in model.metadata_props if prop.key == "character"]:
        model.metadata_props.remove(prop)
    onnx.checker.check_model(model)
    return model, [classes[i] for i in wanted[1:-1]]


def _head(graph: onnx.GraphProto, classes: int) -> tuple[str, str]:
    """The names of the last layer's weight and bias."""
    shapes = {tensor.name: tuple(tensor.dims) for tensor in graph.initializer}
    weights = [n for node in graph.node if node.op_type == "MatMul" for n in node.input if n in shapes]
    biases = [n for node in graph.node if node.op_type == "Add" for n in node.input if n in shapes]
    weights = [name for name in weights if shapes[name][-1] == classes]
    biases = [name for name in biases if shapes[name] == (classes,)]
    if len(weights) != 1 or len(biases) != 1:
        raise ValueError(f"expected one last layer of {classes} classes")
    return weights[0], biases[0]


def _replace(tensor: onnx.TensorProto, values: NDArray[np.float32]) -> None:
    tensor.CopyFrom(numpy_helper.from_array(np.ascontiguousarray(values), tensor.name))
