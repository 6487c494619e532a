"""What a page is set in where it does not say."""

from octavo.domain.document import BlockType, Page
from octavo.exporters.setting.widths import SANS, SERIF

_PROSE_LINES = 3
_PROSE = 0.6


def usual_family(page: Page) -> str:
    """Books and letters have serifs; receipts, forms and tables have none."""
    letters = prose = 0
    for block in page.blocks:
        count = sum(len(word.text) for line in block.lines for word in line.words)
        letters += count
        if block.type is BlockType.PARAGRAPH and len(block.lines) >= _PROSE_LINES:
            prose += count
    return SERIF if letters and prose >= _PROSE * letters else SANS
