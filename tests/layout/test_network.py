"""The layout model as it ships."""

import hashlib
from pathlib import Path

import numpy as np
import pytest
from tests.pipeline.fakes import HEIGHT, WIDTH, line_of, paragraph_of

from octavo.adapters.engines.layout import DIGEST, WEIGHTS, model_file
from octavo.adapters.engines.layout.network import LayoutNetwork
from octavo.domain.document import BlockType, ReadPage
from octavo.domain.errors import EngineUnavailable
from octavo.pipeline.structure.build import build_blocks
from octavo.pipeline.structure.features import row_features
from octavo.pipeline.structure.layout import lay_out
from octavo.pipeline.structure.measure import page_shape
from octavo.pipeline.structure.role_names import ROLES

PROSE = [
    "The recogniser is shown the page once more at another size, and what both",
    "readings agree on is kept as it is.",
]


def page() -> ReadPage:
    lines = [
        line_of("2 Findings", 60, 60, size=16, bold=True),
        *paragraph_of(PROSE * 4, 60, 90),
        *(line_of(f"• point number {at} of the list", 72, 210 + 14 * at) for at in range(4)),
        line_of("17", 290, 800),
    ]
    return ReadPage(1, WIDTH, HEIGHT, tuple(lines))


def test_the_weights_are_those_that_were_trained() -> None:
    assert hashlib.sha256(WEIGHTS.read_bytes()).hexdigest() == DIGEST
    assert model_file().size_bytes < 2 * 2**20


def test_damaged_weights_are_refused(tmp_path: Path) -> None:
    damaged = tmp_path / "weights.npz"
    damaged.write_bytes(WEIGHTS.read_bytes()[:-1])

    with pytest.raises(EngineUnavailable, match="damaged"):
        LayoutNetwork(damaged)


@pytest.mark.parametrize("rows", [1, 2, 9, 300])
def test_probabilities_are_given_for_pages_of_any_length(rows: int) -> None:
    layout = lay_out(page())
    features = row_features(layout, page(), page_shape(layout.rows, WIDTH, HEIGHT))
    many = np.tile(features, (1 + rows // len(features), 1))[:rows]

    chances = LayoutNetwork().roles(many)

    assert chances.shape == (rows, len(ROLES) + 1)
    assert np.allclose(chances[:, :-1].sum(axis=1), 1, atol=1e-4)
    assert ((chances >= 0) & (chances <= 1)).all()


def test_a_plain_page_is_understood() -> None:
    blocks = build_blocks(page(), verified=True, roles=LayoutNetwork())

    kinds = [block.type for block in blocks]
    assert kinds[:2] == [BlockType.HEADING, BlockType.PARAGRAPH]
    assert kinds[-1] is BlockType.PAGE_FOOTER


def test_the_model_says_the_same_wherever_the_page_is_read_in_full() -> None:
    first, second = (build_blocks(page(), verified=True, roles=LayoutNetwork()) for _ in range(2))

    assert first == second
