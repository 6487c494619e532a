"""What a page is set in where it does not say."""

from statistics import median

from octavo.domain.document import BlockType, Origin, Page
from octavo.exporters.setting.widths import MONO, SANS, SERIF

_PROSE_LINES = 3
_PROSE = 0.6
_ENOUGH_WORDS, _ENOUGH_LETTERS = 12, 5
_EVEN = 0.03
"""How much the width of letters differs from word to word, as a share: 0.01 on a typewriter, 0.04 and more in print."""
_NARROWEST_EM = 0.5


def usual_family(page: Page) -> str:
    """Typewriters are told by their letters; books and letters have serifs; receipts, forms and tables have none."""
    if _is_typewritten(page):
        return MONO
    letters = prose = 0
    for block in page.blocks:
        count = sum(len(word.text) for line in block.lines for word in line.words)
        letters += count
        if block.type is BlockType.PARAGRAPH and len(block.lines) >= _PROSE_LINES:
            prose += count
    return SERIF if letters and prose >= _PROSE * letters else SANS


def _is_typewritten(page: Page) -> bool:
    widths = [
        word.bbox.width * page.width_pt / len(word.text) / line.font_size
        for block in page.blocks
        for line in block.lines
        if line.font_size
        for word in line.words
        if word.origin is Origin.OCR and len(word.text) >= _ENOUGH_LETTERS
    ]
    if len(widths) < _ENOUGH_WORDS:
        return False
    usual = median(widths)
    return usual >= _NARROWEST_EM and median([abs(width - usual) for width in widths]) < _EVEN * usual
