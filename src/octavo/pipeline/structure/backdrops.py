"""Pictures with text on them: figures with labels, photographs with type over them, painted grounds."""

from octavo.domain.document import BlockType
from octavo.pipeline.structure.lists import Draft
from octavo.pipeline.structure.rows import Row

GROUND = 0.1
"""Share of a picture's area under text that is not its own, from which it is the ground of that text."""


def with_backdrops(drafts: list[Draft], backdrops: list[Row]) -> list[Draft]:
    """Each picture before the first draft that begins in it, else at the end."""
    result = list(drafts)
    for picture in backdrops:
        _insert(result, picture)
    return result


def with_pictures(drafts: list[Draft], backdrops: list[Row]) -> list[Draft]:
    """Pictures take the labels that stand in them; what is only the ground of text is no picture."""
    result = list(drafts)
    for picture in backdrops:
        inside = [draft for draft in result if _begins_in(draft, picture)]
        labels = [draft for draft in inside if draft.type is BlockType.IMAGE and draft.rows[0].line]
        if labels:
            rows = [row for draft in labels for row in draft.rows]
            result[result.index(labels[0])] = Draft(BlockType.IMAGE, [[picture, *rows]])
            for draft in labels[1:]:
                result.remove(draft)
        elif _covered(inside, picture) < GROUND:
            _insert(result, picture)
    return result


def _insert(drafts: list[Draft], picture: Row) -> None:
    place = next((at for at, draft in enumerate(drafts) if _begins_in(draft, picture)), len(drafts))
    drafts.insert(place, Draft(BlockType.IMAGE, [[picture]]))


def _covered(drafts: list[Draft], picture: Row) -> float:
    area = (picture.x1 - picture.x0) * picture.height
    text = sum((row.x1 - row.x0) * row.height for draft in drafts for row in draft.rows)
    return text / area if area > 0 else 1.0


def _begins_in(draft: Draft, picture: Row) -> bool:
    row = draft.rows[0]
    x, y = (row.x0 + row.x1) / 2, (row.y0 + row.y1) / 2
    return picture.x0 <= x <= picture.x1 and picture.y0 <= y <= picture.y1
