"""The network: a line's numbers, mixed with those of the lines before and after and with the page's, to roles.

The same sums as `octavo.adapters.engines.layout.network`, which runs it; a test compares the two.
"""

from typing import Any

import jax
import jax.numpy as jnp

WIDTH = 96
DILATIONS = (1, 2, 4, 8, 1)
Weights = dict[str, Any]


def new_weights(key: jax.Array, features: int, roles: int) -> Weights:
    keys = iter(jax.random.split(key, 40))

    def dense(rows: int, columns: int) -> jax.Array:
        return jax.random.normal(next(keys), (rows, columns)) * (2 / rows) ** 0.5

    weights: Weights = {"enter": dense(features, WIDTH), "enter_b": jnp.zeros(WIDTH)}
    for at in range(len(DILATIONS)):
        weights[f"mix{at}"] = dense(3 * WIDTH, WIDTH)
        weights[f"mix{at}_b"] = jnp.zeros(WIDTH)
        weights[f"out{at}"] = dense(WIDTH, WIDTH) * 0.3
        weights[f"gain{at}"] = jnp.ones(WIDTH)
    weights["page"] = dense(2 * WIDTH, WIDTH) * 0.3
    weights["gain"] = jnp.ones(WIDTH)
    weights["leave"] = dense(WIDTH, roles + 1) * 0.3
    weights["leave_b"] = jnp.zeros(roles + 1)
    return weights


def apply(
    weights: Weights, rows: jax.Array, mask: jax.Array, key: jax.Array | None = None, drop: float = 0.0
) -> jax.Array:
    """Logits of the roles and, last, of beginning a block: pages x rows x (roles + 1)."""
    there = mask[..., None]
    state = jax.nn.relu(rows @ weights["enter"] + weights["enter_b"]) * there
    for at, dilation in enumerate(DILATIONS):
        if at == 2:
            state = (state + _page(state, there) @ weights["page"]) * there
        calm = _scaled(state, weights[f"gain{at}"]) * there
        near = jnp.concatenate([_shifted(calm, dilation), calm, _shifted(calm, -dilation)], axis=-1)
        inner = jax.nn.relu(near @ weights[f"mix{at}"] + weights[f"mix{at}_b"])
        if key is not None:
            key, one = jax.random.split(key)
            inner = inner * jax.random.bernoulli(one, 1 - drop, inner.shape) / (1 - drop)
        state = (state + inner @ weights[f"out{at}"]) * there
    return _scaled(state, weights["gain"]) @ weights["leave"] + weights["leave_b"]


def _page(state: jax.Array, there: jax.Array) -> jax.Array:
    count = jnp.maximum(there.sum(axis=1, keepdims=True), 1)
    mean = state.sum(axis=1, keepdims=True) / count
    top = jnp.max(jnp.where(there > 0, state, 0), axis=1, keepdims=True)
    return jnp.broadcast_to(jnp.concatenate([mean, top], axis=-1), (*state.shape[:2], 2 * WIDTH))


def _scaled(state: jax.Array, gain: jax.Array) -> jax.Array:
    return state * jax.lax.rsqrt(jnp.mean(state**2, axis=-1, keepdims=True) + 1e-5) * gain


def _shifted(state: jax.Array, by: int) -> jax.Array:
    """Row `i` holds row `i - by`."""
    empty = jnp.zeros_like(state[:, : abs(by)])
    if by > 0:
        return jnp.concatenate([empty, state[:, :-by]], axis=1)
    return jnp.concatenate([state[:, -by:], empty], axis=1)
