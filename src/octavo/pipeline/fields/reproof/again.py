"""After values changed: which equations hold now, and what is verified by them. Start reading at `prove_again`."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from types import MappingProxyType

from octavo.domain.field import Field, FieldCheck, FieldSource
from octavo.pipeline.fields.reproof import invoices, packages, receipts, statements
from octavo.pipeline.fields.reproof.retried import Retried

_OWN = frozenset({FieldSource.PERSON, FieldSource.EMBEDDED})
"""Verified by who said it, whatever adds up."""
_NO_PROOF = frozenset({"model_agrees"})
_PROVEN, _DOUBTED = 0.97, 0.7
"""The least confidence of what is proven; what is left of it where what was proven is not any more."""

Follow = Callable[[dict[str, Field], frozenset[str]], dict[str, Field]]


def _as_they_are(fields: dict[str, Field], changed: frozenset[str]) -> dict[str, Field]:
    del changed
    return fields


@dataclass(frozen=True, slots=True)
class Retrial:
    codes: frozenset[str]
    """Of the checks it tries."""
    retry: Callable[[Mapping[str, Field]], Retried]
    follow: Follow = _as_they_are
    """Puts values anew that say or follow from what changed."""
    is_chain: bool = False
    """Each equation hangs on the one before: all are tried, whichever value changed."""


_INVOICE = Retrial(invoices.CODES, invoices.retry_invoice, invoices.follow)
_FREIGHT = Retrial(invoices.CODES, partial(invoices.retry_invoice, array="charges"), invoices.follow)
_STATEMENT = Retrial(statements.CODES, statements.retry_statement, statements.follow, is_chain=True)
_PACKAGES = Retrial(packages.CODES, packages.retry_packages)
RETRIALS: Mapping[str, Retrial] = MappingProxyType(
    {
        "invoice": _INVOICE,
        "freight_invoice": _FREIGHT,
        "receipt": Retrial(receipts.CODES, receipts.retry_receipt),
        "bank_statement": _STATEMENT,
        "bill_of_lading": _PACKAGES,
        "packing_list": _PACKAGES,
        "customs_declaration": _PACKAGES,
        "certificate_of_origin": _PACKAGES,
        "delivery_order": _PACKAGES,
        "air_waybill": _PACKAGES,
        "sea_waybill": _PACKAGES,
    }
)
"""By document type. A type that is not here has no arithmetic."""


def prove_again(
    document_type: str, fields: dict[str, Field], checks: Sequence[FieldCheck], changed: frozenset[str]
) -> tuple[dict[str, Field], list[FieldCheck]]:
    """The fields with what follows and what is verified now, and the checks as they hold or fail of them.

    Equations that no changed field takes part in stay as they were found: the document may have said
    more than its fields do.
    """
    retrial = RETRIALS.get(document_type)
    if retrial is None:
        about = _and_holders(changed)
        return fields, [check for check in checks if not _is_about(check, about)]
    followed = retrial.follow(fields, changed)
    moved = changed | {path for path in {*fields, *followed} if fields.get(path) != followed.get(path)}
    trial = _Trial(retrial, retrial.retry(followed), checks, moved)
    return {path: trial.judged(one) for path, one in followed.items()}, [*trial.kept, *trial.tried]


class _Trial:
    """Checks of before and now, parted by whether a change touches them."""

    def __init__(
        self, retrial: Retrial, retried: Retried, checks: Sequence[FieldCheck], moved: frozenset[str]
    ) -> None:
        self._codes = retrial.codes
        self._proofs = retried.proofs
        about = _and_holders(moved)
        arithmetic = [check for check in checks if check.code in retrial.codes]
        self._all = retrial.is_chain and any(
            _is_about(check, about) for check in (*arithmetic, *retried.checks)
        )
        self.tried = [check for check in retried.checks if self._all or _is_about(check, about)]
        gone = [check for check in arithmetic if self._all or _is_about(check, about)]
        outside = [check for check in checks if not self._all or check.code not in retrial.codes]
        self.kept = [check for check in outside if not _is_about(check, about)]
        self._named = {(path, check.code) for check in (*gone, *self.tried) for path in check.paths}
        self._entries = {_entry_of(path) for path in moved} - {None}

    def judged(self, one: Field) -> Field:
        """With the checks that it passes now."""
        codes = [code for code in one.checks if code not in self._codes or self._holds(one, code)]
        codes += [
            code
            for code in sorted(self._codes - set(codes))
            if self._is_open(one, code) and self._holds(one, code)
        ]
        return one if tuple(codes) == one.checks else _weighed(one, tuple(codes))

    def _is_open(self, one: Field, code: str) -> bool:
        """Whether a change may have made another thing of it."""
        return self._all or (one.path, code) in self._named or _entry_of(one.path) in self._entries

    def _holds(self, one: Field, code: str) -> bool:
        if not self._is_open(one, code):
            return code in one.checks
        known = any(check.passed and check.code == code and one.path in check.paths for check in self.kept)
        return known or self._proofs.get((one.path, code), False)


def _weighed(one: Field, codes: tuple[str, ...]) -> Field:
    """Verified where anything proves it; what a person or the file's own data said needs no proof."""
    if one.source in _OWN:
        return replace(one, checks=codes)
    verified = bool(set(codes) - _NO_PROOF)
    sure = one.confidence
    if sure is not None and verified and not one.verified:
        sure = max(_PROVEN, sure)
    elif sure is not None and one.verified and not verified:
        sure = round(sure * _DOUBTED, 4)
    return replace(one, checks=codes, verified=verified, confidence=sure)


def _is_about(check: FieldCheck, about: frozenset[str]) -> bool:
    return not about.isdisjoint(check.paths)


def _and_holders(paths: frozenset[str]) -> frozenset[str]:
    """With the objects and arrays that hold them: a check may name `line_items` as a whole."""
    parted = [path.split(".") for path in paths]
    return frozenset(".".join(parts[:end]) for parts in parted for end in range(1, len(parts) + 1))


def _entry_of(path: str) -> str | None:
    """`line_items.3` of whatever is in that entry."""
    array, _, rest = path.partition(".")
    position, _, name = rest.partition(".")
    return f"{array}.{position}" if name and position.isdigit() else None
