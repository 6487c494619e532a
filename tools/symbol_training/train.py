"""The network: two small convolutions and a table; trained on the sheets, written as ONNX."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

EPOCHS = 8
BATCH = 256
SEED = 7


def network(classes: int) -> nn.Module:
    return nn.Sequential(
        nn.Conv2d(1, 24, 3, padding=1), nn.BatchNorm2d(24), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(24, 48, 3, padding=1), nn.BatchNorm2d(48), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(48, 64, 3, padding=1), nn.BatchNorm2d(64), nn.ReLU(), nn.MaxPool2d(2),
        nn.Flatten(), nn.Linear(64 * 16, 160), nn.ReLU(), nn.Dropout(0.25), nn.Linear(160, classes),
    )  # fmt: skip


def train(pictures: NDArray[np.uint8], labels: NDArray[np.int64], classes: int) -> tuple[nn.Module, float]:
    """The network, and its accuracy on a tenth of the pictures that it did not see."""
    torch.manual_seed(SEED)
    order = np.random.default_rng(SEED).permutation(len(pictures))
    held = len(order) // 10
    seen, unseen = order[held:], order[:held]
    model = network(classes)
    optimizer = torch.optim.AdamW(model.parameters(), 2e-3, weight_decay=1e-4)
    steps = EPOCHS * (len(seen) // BATCH + 1)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, 4e-3, total_steps=steps)
    loss = nn.CrossEntropyLoss(label_smoothing=0.05)
    for epoch in range(EPOCHS):
        model.train()
        mixed = seen[torch.randperm(len(seen)).numpy()]
        total = 0.0
        for start in range(0, len(mixed), BATCH):
            part = mixed[start : start + BATCH]
            value = loss(model(_tensor(pictures[part])), torch.from_numpy(labels[part]))
            optimizer.zero_grad()
            value.backward()
            optimizer.step()
            schedule.step()
            total += float(value) * len(part)
        print(
            f"epoch {epoch + 1}: loss {total / len(mixed):.4f}, unseen {_accuracy(model, pictures, labels, unseen):.4f}"
        )
    return model, _accuracy(model, pictures, labels, unseen)


def write(model: nn.Module, target: Path, names: list[str], measures: dict[str, Any]) -> None:
    """ONNX with the labels and their measures in its metadata."""
    import onnx

    model.eval()
    whole = nn.Sequential(model, nn.Softmax(dim=1))
    torch.onnx.export(
        whole,
        (torch.zeros(1, 1, 32, 32),),
        str(target),
        input_names=["symbols"],
        output_names=["chances"],
        dynamic_axes={"symbols": {0: "count"}, "chances": {0: "count"}},
        opset_version=17,
        dynamo=False,
    )
    written = onnx.load(str(target))
    for key, value in (("labels", json.dumps(names)), ("measures", json.dumps(measures))):
        entry = written.metadata_props.add()
        entry.key, entry.value = key, value
    onnx.save(written, str(target))


def _tensor(pictures: NDArray[np.uint8]) -> torch.Tensor:
    return torch.from_numpy(pictures.astype(np.float32) / 255).unsqueeze(1)


def _accuracy(
    model: nn.Module, pictures: NDArray[np.uint8], labels: NDArray[np.int64], which: NDArray[np.int64]
) -> float:
    model.eval()
    right = 0
    with torch.no_grad():
        for start in range(0, len(which), 1024):
            part = which[start : start + 1024]
            right += int((model(_tensor(pictures[part])).argmax(1).numpy() == labels[part]).sum())
    return right / len(which)
