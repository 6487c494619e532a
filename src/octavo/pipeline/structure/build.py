"""Lines in, blocks in reading order out: the stages of this package, one after another."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from octavo.domain.document import Block, ReadPage
from octavo.domain.drawing import Path
from octavo.pipeline.structure.backdrops import with_backdrops, with_pictures
from octavo.pipeline.structure.blocks import to_block
from octavo.pipeline.structure.by_rules import drafts_by_rules
from octavo.pipeline.structure.decide import stretches
from octavo.pipeline.structure.drafts import drafts_of
from octavo.pipeline.structure.drawn import Drawn, drawn_of
from octavo.pipeline.structure.features import row_features
from octavo.pipeline.structure.found import Found
from octavo.pipeline.structure.headings import heading_levels
from octavo.pipeline.structure.layout import Layout, lay_out
from octavo.pipeline.structure.lifted import without
from octavo.pipeline.structure.measure import PageShape, page_shape
from octavo.pipeline.structure.second_look import confirmed, doubted
from octavo.pipeline.structure.ties import tie
from octavo.ports.engines import LineRoles

Paths = Callable[[], Sequence[Path]]


def build_blocks(
    page: ReadPage,
    *,
    verified: bool,
    found: tuple[Found, ...] = (),
    roles: LineRoles | None = None,
    paths: Paths = tuple,
) -> tuple[Block, ...]:
    """Every word of the page's lines is in exactly one block.

    Args:
        page: Its lines in any order, upright.
        verified: Whether words from the text layer are what a person sees: a trusted, visible layer.
        found: What stands on the page as a whole; it is put in its place in the reading order.
        roles: The layout model; without it, rules of thumb decide.
        paths: What the page draws, asked for only by the model.
    """
    if roles is None:
        page = without(page, found)
        layout = lay_out(page, found)
        shape = page_shape(layout.rows, page.width_pt, page.height_pt)
        drafts = with_backdrops(drafts_by_rules(layout, shape), layout.backdrops)
    else:
        model = _Model(roles, drawn_of(paths(), page.width_pt, page.height_pt))
        found = _confirmed(found, page, model)
        page = without(page, found)
        layout = lay_out(page, found)
        shape = page_shape(layout.rows, page.width_pt, page.height_pt)
        chances = model.chances(layout, page, shape)
        parts = stretches(layout.rows, chances, size=(page.width_pt, page.height_pt))
        drafts = with_pictures(drafts_of(parts), layout.backdrops)
    levels = heading_levels(drafts)
    return tie(
        tuple(
            to_block(draft, page, shape, index, levels.get(id(draft)), verified=verified)
            for index, draft in enumerate(drafts)
        )
    )


@dataclass(frozen=True, slots=True)
class _Model:
    roles: LineRoles
    drawn: Drawn

    def chances(self, layout: Layout, page: ReadPage, shape: PageShape) -> NDArray[np.float32]:
        """One line for each of the layout's rows; of no rows, none."""
        features = row_features(layout, page, shape, self.drawn)
        return self.roles.roles(features) if len(features) else features


def _confirmed(found: tuple[Found, ...], page: ReadPage, model: _Model) -> tuple[Found, ...]:
    if not doubted(found):
        return found
    layout = lay_out(page)
    shape = page_shape(layout.rows, page.width_pt, page.height_pt)
    return confirmed(found, layout.rows, model.chances(layout, page, shape)) if layout.rows else found
