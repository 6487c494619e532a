"""The table at the end."""

from octavo.cli.process.order import Outcome, seconds_of
from octavo.cli.terminal import output, show_table


def show_summary(outcomes: list[Outcome]) -> None:
    """One row a document."""
    names = ["file", "pages", "seconds", "engine", "confidence", "status", "output"]
    show_table(names, [_row(outcome) for outcome in outcomes])


def show_fields(outcome: Outcome) -> None:
    """One row a value; nothing where the document has none."""
    if outcome.fields is None:
        return
    kind, evidence = outcome.fields["document_type"], outcome.fields["evidence"]
    sure = outcome.fields["document_type_confidence"]
    output().print(
        f"{outcome.document.label}: {kind}{'' if sure is None else f' ({sure:.2f})'}", markup=False
    )
    show_table(
        ["field", "value", "page", "confidence", "verified"],
        [
            [
                path,
                str(proof["value"]),
                str(proof["page"] or "-"),
                "-" if proof["confidence"] is None else f"{proof['confidence']:.2f}",
                "yes" if proof["verified"] else "no",
            ]
            for path, proof in evidence.items()
        ],
    )


def _row(outcome: Outcome) -> list[str]:
    status = f"{outcome.status}: {outcome.problem}" if outcome.problem else outcome.status
    output = _where(outcome)
    job = outcome.job
    if job is None:
        return [outcome.document.label, "-", "-", "-", "-", status, output]
    facts, seconds, confidence = job["progress"], seconds_of(job), job.get("mean_confidence")
    if job.get("cache_hit"):
        status += " (read before)"
    return [
        outcome.document.label,
        f"{facts['pages_done'] - facts['pages_failed']}/{facts['pages_total'] or '?'}",
        "-" if seconds is None else f"{seconds:.1f}",
        job["engine"]["name"],
        "-" if confidence is None else f"{confidence:.3f}",
        status,
        output,
    ]


def _where(outcome: Outcome) -> str:
    """`out/letter.json .md letter.overlay/`: the results of one document differ in nothing but the ending."""
    if not outcome.written:
        return "-"
    first, stem = outcome.written[0], outcome.document.stem
    rest = (
        path.name.removeprefix(stem) if path.parent == first.parent else f"{path.parent.name}/"
        for path in outcome.written[1:]
    )
    return " ".join([str(first), *dict.fromkeys(rest)])
