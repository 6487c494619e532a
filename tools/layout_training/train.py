"""Fits the network to examples, on the processor, always the same for the same examples."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import optax
from numpy.typing import NDArray
from tools.layout_training.network import Weights, apply, new_weights

LENGTHS = (48, 96, 192, 320)
"""Pages are filled up to one of these; longer ones are cut."""
ROWS_AT_ONCE = 3072
GOING_ON = 1e-3
"""The largest step from weights that know most already."""
SEED = 20


@dataclass(frozen=True, slots=True)
class Pages:
    features: NDArray[np.float32]
    roles: NDArray[np.int8]
    starts: NDArray[np.int8]
    sizes: NDArray[np.int64]
    """Rows of each page."""

    def offsets(self) -> NDArray[np.int64]:
        return np.concatenate([[0], np.cumsum(self.sizes)])


def fit(
    pages: Pages, roles: int, *, epochs: int, held_out: float = 0.06, after: Weights | None = None
) -> Weights:
    """Weights with `mean` and `scale` of the features beside them.

    Args:
        pages: All of them; some are held out.
        roles: How many there are.
        epochs: How often each page is seen.
        held_out: Share of the pages.
        after: Weights to go on from, in smaller steps; they keep their `mean` and `scale`.
    """
    random = np.random.default_rng(SEED)
    order = random.permutation(len(pages.sizes))
    kept = order[int(held_out * len(order)) :]
    unseen = order[: int(held_out * len(order))]
    mean = after["mean"] if after else pages.features.mean(axis=0)
    scale = after["scale"] if after else 1 / (pages.features.std(axis=0) + 0.05)
    counts = np.bincount(pages.roles[pages.roles >= 0], minlength=roles)
    weight = jnp.asarray(np.clip((counts.sum() / roles / np.maximum(counts, 1)) ** 0.4, 0.4, 3.0))
    weights = new_weights(jax.random.PRNGKey(SEED), pages.features.shape[1], roles)
    if after:
        weights = {name: jnp.asarray(after[name]) for name in weights}
    steps = epochs * sum(1 for _ in _batches(pages, kept, np.random.default_rng(0)))
    highest = GOING_ON if after else 2.5e-3
    plan = optax.warmup_cosine_decay_schedule(1e-4, highest, max(1, steps // 20), steps, 2e-5)
    optimiser = optax.chain(optax.clip_by_global_norm(1.0), optax.adamw(plan, weight_decay=0.02))
    step = _stepper(optimiser, weight)
    state = optimiser.init(weights)
    key = jax.random.PRNGKey(SEED + 1)
    average = weights
    for epoch in range(epochs):
        losses = []
        for rows, labels, starts, mask in _batches(pages, kept, random):
            key, one = jax.random.split(key)
            disturbed = _disturbed((rows - mean) * scale * mask[..., None], random)
            weights, state, loss = step(weights, state, disturbed, labels, starts, mask, one)
            average = jax.tree.map(lambda old, new: 0.995 * old + 0.005 * new, average, weights)
            losses.append(float(loss))
        if epoch % 2 == 1 or epoch == epochs - 1:
            role, start = check(pages, unseen, average, mean, scale)
            print(
                f"epoch {epoch + 1}: loss {np.mean(losses):.3f}, held out: roles {role:.4f}, starts {start:.4f}",
                flush=True,
            )
    return {**average, "mean": mean, "scale": scale}


def check(
    pages: Pages,
    chosen: NDArray[np.int64],
    weights: Weights,
    mean: NDArray[np.float32],
    scale: NDArray[np.float32],
) -> tuple[float, float]:
    """Shares of rows with the right role, and rightly begun or not."""
    right = begun = total = 0
    for rows, labels, starts, mask in _batches(pages, chosen, np.random.default_rng(0)):
        logits = np.asarray(
            _applied(weights, jnp.asarray((rows - mean) * scale * mask[..., None]), jnp.asarray(mask))
        )
        known = (labels >= 0) & (mask > 0)
        right += int((logits[..., :-1].argmax(-1) == labels)[known].sum())
        begun += int(((logits[..., -1] > 0) == (starts > 0))[known].sum())
        total += int(known.sum())
    return right / max(1, total), begun / max(1, total)


_applied = jax.jit(apply)


def _stepper(optimiser: Any, weight: jax.Array) -> Any:
    def loss(weights: Weights, rows: Any, labels: Any, starts: Any, mask: Any, key: Any) -> jax.Array:
        logits = apply(weights, rows, mask, key, 0.1)
        known = (labels >= 0) * mask
        target = jnp.maximum(labels, 0)
        cost = optax.softmax_cross_entropy_with_integer_labels(logits[..., :-1], target) * weight[target]
        begun = optax.sigmoid_binary_cross_entropy(logits[..., -1], starts)
        return jnp.sum((cost + 1.0 * begun) * known) / jnp.maximum(known.sum(), 1)

    @jax.jit
    def step(weights: Weights, state: Any, rows: Any, labels: Any, starts: Any, mask: Any, key: Any) -> Any:
        value, slope = jax.value_and_grad(loss)(weights, rows, labels, starts, mask, key)
        change, state = optimiser.update(slope, state, weights)
        return optax.apply_updates(weights, change), state, value

    return step


def _disturbed(rows: NDArray[np.float32], random: np.random.Generator) -> NDArray[np.float32]:
    """Numbers a little off and now and then missing: real pages are less regular than made ones."""
    noise = random.normal(0, 0.1, rows.shape).astype(np.float32)
    missing = random.random((rows.shape[0], 1, rows.shape[2])) < 0.04
    lost = random.random(rows.shape) < 0.015
    return np.where(missing | lost, 0, rows + noise).astype(np.float32)


def _batches(
    pages: Pages, chosen: NDArray[np.int64], random: np.random.Generator
) -> Iterator[tuple[NDArray[np.float32], NDArray[np.int32], NDArray[np.float32], NDArray[np.float32]]]:
    offsets = pages.offsets()
    groups: dict[int, list[int]] = {length: [] for length in LENGTHS}
    for at in random.permutation(chosen):
        length = next((length for length in LENGTHS if pages.sizes[at] <= length), LENGTHS[-1])
        groups[length].append(int(at))
    plan = [
        (length, members[start : start + ROWS_AT_ONCE // length])
        for length, members in groups.items()
        for start in range(0, len(members), ROWS_AT_ONCE // length)
    ]
    for place in random.permutation(len(plan)):
        length, members = plan[place]
        size = ROWS_AT_ONCE // length
        rows = np.zeros((size, length, pages.features.shape[1]), np.float32)
        labels = np.full((size, length), -1, np.int32)
        starts = np.zeros((size, length), np.float32)
        mask = np.zeros((size, length), np.float32)
        for row, at in enumerate(members):
            begin = offsets[at]
            count = min(int(pages.sizes[at]), length)
            rows[row, :count] = pages.features[begin : begin + count]
            labels[row, :count] = pages.roles[begin : begin + count]
            starts[row, :count] = pages.starts[begin : begin + count]
            mask[row, :count] = 1
        yield rows, labels, starts, mask
