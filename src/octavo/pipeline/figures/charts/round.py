"""A pie or doughnut in words and shares."""

from collections.abc import Iterable
from typing import Any

from octavo.pipeline.figures.charts.names import find_title, text_of
from octavo.pipeline.figures.charts.numbers import is_percentage, to_number
from octavo.pipeline.figures.charts.pies import Pie, Sector, sector_of
from octavo.pipeline.figures.charts.scene import YEAR, Scene
from octavo.pipeline.figures.view import Label


def read_pie(scene: Scene, pie: Pie) -> dict[str, Any]:
    """Values are the printed numbers where every sector has one, else measured per cent of the whole."""
    entries = scene.entries([sector.tint for sector in pie.sectors], pie.box, set())
    used = {label for entry in entries.values() for label in entry.labels}
    title = _title(scene, pie, [label for label in scene.view.labels if label not in used])
    beside = _beside(pie, [label for label in scene.view.labels if label not in used and label not in title])
    names = [_name(beside[index]) for index in range(len(pie.sectors))]
    order = list(range(len(pie.sectors)))
    if len(entries) == len(pie.sectors):
        names = [entries[index].text for index in order]
        order.sort(key=lambda index: _place(scene, entries[index].labels))
    printed = [_number(beside[index]) for index in order]
    are_printed = all(value is not None for value in printed)
    shares = [round(100 * pie.sectors[index].share, 1) for index in order]
    texts = [label.text for labels in beside for label in labels]
    is_share = not are_printed or any(is_percentage(text) for text in texts)
    body: dict[str, Any] = {"chart_type": "doughnut" if pie.hole else "pie"}
    if title:
        body["title"] = text_of(title)
    if len(entries) == len(pie.sectors):
        body["legend"] = [entries[index].text for index in order]
    body["categories"] = [names[index] for index in order]
    body["series"] = [{"values": printed if are_printed else shares}]
    if is_share:
        body["unit"] = "percent"
    return body


def _title(scene: Scene, pie: Pie, free: list[Label]) -> list[Label]:
    """Well above the pie; right above it where no other sector has a name beside it, which it might be else."""
    height = scene.view.text_height
    far = [label for label in free if label.box.y1 <= pie.y - 1.2 * pie.radius]
    title = find_title(far, pie.box, height)
    if title or any(label not in far and label.box.cy > pie.y - pie.radius for label in free):
        return title
    return find_title([label for label in free if label.box.y1 <= pie.y - 0.98 * pie.radius], pie.box, height)


def _place(scene: Scene, labels: Iterable[Label]) -> int:
    return min(scene.view.labels.index(label) for label in labels)


def _beside(pie: Pie, labels: Iterable[Label]) -> list[list[Label]]:
    """The words of each sector; words of one line stay together."""
    lines: dict[int, list[Label]] = {}
    for label in labels:
        lines.setdefault(label.line, []).append(label)
    found: list[list[Label]] = [[] for _ in pie.sectors]
    for line in lines.values():
        for label in line:
            sector = sector_of(pie, label if len(line) == 1 else _joined(line))
            if sector is not None:
                found[_index(pie, sector)].append(label)
    return found


def _joined(line: list[Label]) -> Label:
    box = line[0].box
    for label in line[1:]:
        box = box.union(label.box)
    return Label(" ".join(label.text for label in line), box, line[0].line)


def _index(pie: Pie, sector: Sector) -> int:
    return next(index for index, other in enumerate(pie.sectors) if other is sector)


def _name(labels: list[Label]) -> str:
    return text_of(label for label in labels if _value(label) is None).strip(" ,;:")


def _number(labels: list[Label]) -> float | None:
    numbers = [value for label in labels if (value := _value(label)) is not None]
    shares = [label for label in labels if is_percentage(label.text.strip("();,"))]
    if len(shares) == 1:
        return _value(shares[0])
    return numbers[0] if len(numbers) == 1 else None


def _value(label: Label) -> float | None:
    """None for a year: it names its sector."""
    return None if YEAR.match(label.text) else to_number(label.text.strip("();,"))
