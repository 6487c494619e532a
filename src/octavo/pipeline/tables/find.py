"""All tables of a page, from its words, its rules and the white between them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from octavo.domain.document import Line, Origin, ReadPage
from octavo.pipeline.sight import Sight
from octavo.pipeline.structure.found import Found
from octavo.pipeline.tables import lattice, stream
from octavo.pipeline.tables.body import to_found
from octavo.pipeline.tables.grid import Grid
from octavo.pipeline.tables.heads import lattice_head
from octavo.pipeline.tables.ink_rules import ink_rules, magnified
from octavo.pipeline.tables.judge import is_table, wide_share
from octavo.pipeline.tables.prose import prose_areas
from octavo.pipeline.tables.refine import has_inner_columns, refined
from octavo.pipeline.tables.regions import Words, ruled_regions, tables_in
from octavo.pipeline.tables.rules import Area, Rule, Rules, rules_of
from octavo.pipeline.tables.runs import open_runs
from octavo.pipeline.tables.side_by_side import gutters
from octavo.pipeline.tables.tokens import Token, in_rows, tokens_of, usual_size

APART_EM = 0.9
"""Words of a line, or two lines side by side, this far apart may be cells."""
FEW_WORDS = 6
"""Two lines side by side of as many words each are columns of prose."""
NEAR_EM = 8.0
"""From one row of a table to the next, cells of several lines included."""
DRAWN_WITH = frozenset("-_=\u2014\u2013\u2500\u2501\u2550")
LEADER = frozenset(".\u00b7\u2026_")
SHORTEST_LEADER = 4
"""Dots."""
SMALLEST_TEXT, USUAL_TEXT = 5.0, 10.0
"""Points. Only a picture that does not say how large it is has smaller text throughout; it is looked at as if its
text were of the usual size, because lengths that are told in points and inches hold for that."""
MOST_MAGNIFIED = 4.0
MOST_PARTINGS = 3
MOST_CURVED = 4
"""Slanting or curved pieces of large shapes."""
MOSTLY = 0.6
"""Share of the rows inside a frame that have several cells."""
PAPER_EDGE = 0.005
"""Of its width."""
SHORTEST_DRAWN = 5
"""Signs in a row that draw a line."""


def find_tables(page: ReadPage, sight: Sight) -> tuple[Found, ...]:
    """Top to bottom.  Start reading here.

    Every word of a table is in its `lines`, which are the page's own or parts of them.
    """
    if not _may_have_tables(page):
        return ()
    tokens = tokens_of(page)
    em = usual_size(tokens)
    if em <= 0:
        return ()
    if em < SMALLEST_TEXT and _is_read_from_ink(page):
        by = min(MOST_MAGNIFIED, USUAL_TEXT / em)
        page, em = replace(page, width_pt=page.width_pt * by, height_pt=page.height_pt * by), em * by
        tokens = tokens_of(page, by)
    lines, leaders = _signs(tokens)
    signs = {id(token) for token in (*lines, *leaders)}
    words = [token for token in tokens if id(token) not in signs] if signs else tokens
    seen = _Seen(page, _with_drawn(_rules(page, sight), lines), leaders, em, _is_read_from_ink(page))
    grids: list[Grid] = []
    left = Words(words)
    for find in (_ruled, _half_ruled, _borderless):
        more = tuple(find(seen, left))
        if more:
            grids.extend(more)
            left = Words(_left(words, grids))
    for grid in grids:
        grid.unplaced = [token for token in (*lines, *leaders) if _holds(_box(grid), token)]
    grids.sort(key=lambda grid: (grid.ys[0], grid.xs[0]))
    return tuple(to_found(grid, page) for grid in grids)


def _may_have_tables(page: ReadPage) -> bool:
    """Whether two rows near one another have something side by side that is no running text."""
    height, width = page.height_pt, page.width_pt
    rows: dict[int, tuple[Line, float]] = {}
    hints: list[tuple[float, float]] = []
    for line in page.lines:
        box = line.bbox
        size, middle = box.height * height, (box.y0 + box.y1) / 2 * height
        boxes = [word.bbox for word in line.words]
        gap = max([after.x0 - before.x1 for before, after in pairwise(boxes)], default=0.0) * width
        beside, _ = rows.setdefault(int(middle / max(4.0, 0.7 * size)), (line, middle))
        is_beside = beside is not line and min(len(line.words), len(beside.words)) < FEW_WORDS
        if gap > APART_EM * size or is_beside:
            hints.append((middle, size))
    hints.sort()
    return any(0.3 * size < below - above < NEAR_EM * size for (above, size), (below, _) in pairwise(hints))


def _rules(page: ReadPage, sight: Sight) -> Rules:
    """From the drawing where the page has one, from its picture where it is one."""
    width, height = page.width_pt, page.height_pt
    drawn = rules_of(sight.paths(), page.regions, width, height)
    if drawn.across or drawn.down or not _is_read_from_ink(page):
        return drawn
    return ink_rules(magnified(sight, width), width, height)


def _on_paper(drawn: Rules, width: float) -> Rules:
    """Without what runs off the paper on both sides: it decorates the page."""
    edge = PAPER_EDGE * width
    across = tuple(rule for rule in drawn.across if rule.start > edge or rule.stop < width - edge)
    return Rules(across, drawn.down, drawn.slanting)


def _is_read_from_ink(page: ReadPage) -> bool:
    words = [word for line in page.lines for word in line.words]
    return 2 * sum(word.origin is Origin.OCR for word in words) > len(words)


def _with_drawn(rules: Rules, lines: Sequence[Token]) -> Rules:
    """Lines typed with dashes are rules, too."""
    if not lines:
        return rules
    typed = [Rule(token.center_y, token.x0, token.x1) for token in lines]
    across = tuple(sorted((*rules.across, *typed), key=lambda rule: rule.at))
    return Rules(across, rules.down, rules.slanting)


def _draws(token: Token) -> bool:
    return set(token.word.text) <= DRAWN_WITH


def _signs(tokens: Sequence[Token]) -> tuple[list[Token], list[Token]]:
    """Lines typed with dashes, and dots that lead the eye from a label to its figures."""
    lines = [token for token in tokens if len(token.word.text) >= SHORTEST_DRAWN and _draws(token)]
    dots = [token for token in tokens if token.word.text[:1] in LEADER and set(token.word.text) <= LEADER]
    if not dots:
        return lines, []
    single = {id(token) for row in in_rows(dots) if len(row) >= SHORTEST_LEADER for token in row}
    return lines, [
        t for t in dots if id(t) in single or len(t.word.text) >= SHORTEST_LEADER or "\u2026" in t.word.text
    ]


def _ruled(seen: "_Seen", words: Words) -> Iterable[Grid]:
    """Where rules cross. A frame around tables is none: it is looked at last, and only if it holds none."""
    taken: list[Grid] = []
    frames: list[lattice.Network] = []
    for network in lattice.networks(_on_paper(seen.rules, seen.page.width_pt)):
        inside = words.inside(network.box) if _is_roomy(network.box, seen.em) else []
        if len(inside) < 4:
            continue
        grid = _in_network(seen, network, inside)
        if grid is None:
            frames.append(network)
        elif seen.is_table(grid):
            taken.append(grid)
            words = Words(_left(words.tokens, taken))
    for network in frames:
        inside = words.inside(network.box)
        if len(inside) < 4 or any(_holds_table(network.box, grid) for grid in taken):
            continue
        framed = _in_frame(seen, network, inside)
        if framed is not None and seen.is_table(framed):
            taken.append(framed)
            words = Words(_left(words.tokens, taken))
    return taken


def _is_roomy(box: Area, em: float) -> bool:
    return box.x1 - box.x0 >= 2 * em and box.y1 - box.y0 >= 1.5 * em


def _holds_table(box: Area, grid: Grid) -> bool:
    return box.holds((grid.xs[0] + grid.xs[-1]) / 2, (grid.ys[0] + grid.ys[-1]) / 2)


def _in_network(seen: "_Seen", network: lattice.Network, inside: list[Token]) -> Grid | None:
    """None where the rules make no cells."""
    box = network.box
    grid = lattice.to_grid(network.rules, box, inside, seen.em)
    if grid is not None:
        grid = refined(grid, network.rules)
    if grid is None:
        return None
    if has_inner_columns(grid, seen.em):
        again = stream.to_grid(stream.Frame(inside, _across(seen.rules, box), seen.em, "ruled"))
        if again is not None:
            return again
    grid.header_rows = lattice_head(grid)
    return grid


def _in_frame(seen: "_Seen", network: lattice.Network, inside: list[Token]) -> Grid | None:
    """A frame may hold anything: it is a table only where most of its rows are."""
    grid = stream.to_grid(stream.Frame(inside, _across(seen.rules, network.box), seen.em, "half_ruled"))
    if grid is None or wide_share(grid) < MOSTLY or _is_code_box(grid, seen.rules):
        return None
    return grid


def _half_ruled(seen: "_Seen", words: Words) -> Iterable[Grid]:
    whole = Area(0.0, 0.0, seen.page.width_pt, seen.page.height_pt)
    yield from _half_ruled_in(whole, seen, words, MOST_PARTINGS)


def _half_ruled_in(area: Area, seen: "_Seen", words: Words, partings: int) -> Iterable[Grid]:
    regions = ruled_regions(_across(seen.rules, area), words, seen.em, area)
    for box in (box for region in regions for box in tables_in(region, words, seen.em)):
        frame = stream.Frame(words.inside(box), _across(seen.rules, box), seen.em, "half_ruled")
        grid = stream.to_grid(frame)
        if grid is None:
            continue
        if partings and (cuts := seen.gutters(grid)):
            for left, right in pairwise((area.x0, *cuts, area.x1)):
                part = Area(left, box.y0, right, box.y1)
                yield from _half_ruled_in(part, seen, Words(words.inside(part)), partings - 1)
        elif seen.is_table(grid) and not _is_code_box(grid, seen.rules):
            yield grid


def _borderless(seen: "_Seen", words: Words) -> Iterable[Grid]:
    for run in open_runs(words.lines, prose_areas(seen.page, seen.em), seen.em):
        frame = stream.Frame(run, _across(seen.rules, _around(run)), seen.em, "borderless")
        grid = stream.to_grid(frame)
        if grid is None or seen.gutters(grid) or _is_listing(grid, seen.page):
            continue
        if seen.is_table(grid):
            yield grid


def _is_monospace(grid: Grid) -> bool:
    tokens = grid.tokens
    return 10 * sum(token.line.monospace is True for token in tokens) >= 7 * len(tokens)


def _is_listing(grid: Grid, page: ReadPage) -> bool:
    """Rows in a fixed pitch with lines of the same right above or below: what a program printed."""
    if not _is_monospace(grid):
        return False
    own = {id(token.line) for token in grid.tokens}
    step = (grid.ys[-1] - grid.ys[0]) / grid.n_rows
    for line in page.lines:
        if line.monospace and id(line) not in own:
            middle = (line.bbox.y0 + line.bbox.y1) / 2 * page.height_pt
            if grid.ys[0] - step <= middle <= grid.ys[-1] + step:
                return True
    return False


def _is_code_box(grid: Grid, rules: Rules) -> bool:
    """A fixed pitch in a frame with no rule inside."""
    inside = any(grid.ys[0] + 2 < rule.at < grid.ys[-1] - 2 for rule in _across(rules, _box(grid)))
    return not inside and _is_monospace(grid)


@dataclass(frozen=True, slots=True)
class _Seen:
    """What is known of the page before any table is found."""

    page: ReadPage
    rules: Rules
    leaders: Sequence[Token]
    em: float
    is_ink: bool

    def gutters(self, grid: Grid) -> list[float]:
        """Where text is set in columns; of a text layer the order of its lines tells that better."""
        return gutters(grid, self.em) if self.is_ink else []

    def is_table(self, grid: Grid) -> bool:
        """Charts have curves between their rules; a stroke across an empty cell is no chart."""
        box = _box(grid)
        curved = sum(map(box.meets, self.rules.slanting))
        filled = sum(bool(cell.tokens) for cell in grid.cells)
        sure = grid.kind == "ruled" and filled > 0.7 * len(grid.cells) and 4 * curved <= len(grid.cells)
        if curved >= MOST_CURVED and not sure:
            return False
        led = len(in_rows([token for token in self.leaders if _holds(box, token)]))
        return is_table(grid, self.em, led)


def _box(grid: Grid) -> Area:
    return Area(grid.xs[0], grid.ys[0], grid.xs[-1], grid.ys[-1])


def _across(rules: Rules, box: Area) -> list[Rule]:
    """The level rules in the box, cut to it."""
    return [
        Rule(rule.at, max(rule.start, box.x0), min(rule.stop, box.x1))
        for rule in rules.across
        if box.y0 - 2 <= rule.at <= box.y1 + 2 and rule.start < box.x1 and box.x0 < rule.stop
    ]


def _left(tokens: Sequence[Token], grids: Sequence[Grid]) -> list[Token]:
    """The words that no table has yet."""
    taken = {id(token) for grid in grids for token in grid.tokens}
    return [token for token in tokens if id(token) not in taken] if taken else list(tokens)


def _around(tokens: Sequence[Token]) -> Area:
    return Area(
        min(token.x0 for token in tokens),
        min(token.y0 for token in tokens),
        max(token.x1 for token in tokens),
        max(token.y1 for token in tokens),
    )


def _holds(box: Area, token: Token) -> bool:
    return box.x0 <= token.center_x <= box.x1 and box.y0 <= token.center_y <= box.y1
