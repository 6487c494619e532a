"""Every class of error there is, in every dialect: the vendor's envelope, on the right side of 500, no leak."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from octavo.dialects._kit import VendorRefusal
from octavo.dialects.table import DIALECTS
from octavo.domain.errors import OctavoError
from octavo.domain.ids import new_id
from octavo.domain.limits import RateLimited, allowance_of
from octavo.http.problems import RangeNotSatisfiable, ValidationFailed, status_of
from octavo.ports.isolation import ChildDied
from octavo.server.front import create_front
from tests.dialects.envelopes import VENDORS
from tests.dialects.test_conformance import SECRET, WORDS, look
from tests.http.world import World

DETAILS: dict[str, Any] = {"status": "completed", "retry_after_s": 7, "allowed": "GET"}
"""What some classes promise to carry."""


def kinds_below(root: type[OctavoError]) -> Iterator[type[OctavoError]]:
    yield root
    for kind in root.__subclasses__():
        yield from kinds_below(kind)


def can_meet(kind: type[OctavoError], dialect: str) -> bool:
    """Errors of the dialects are raised in their own alone; errors of tests nowhere."""
    if kind.__module__.startswith("octavo.dialects.") and kind.__module__ != "octavo.dialects._kit":
        return kind.__module__.startswith(f"octavo.dialects.{dialect}.")
    return kind.__module__.startswith("octavo.")


def one_of(kind: type[OctavoError]) -> OctavoError:
    """Some classes find their words themselves."""
    if kind is RangeNotSatisfiable:
        return RangeNotSatisfiable(7)
    if kind is RateLimited:
        return RateLimited(allowance_of("read", 60, 90.0, refused=True))
    if kind is ValidationFailed:
        place = {"location": "query.page", "message": "must be a number", "rule": "int"}
        return ValidationFailed("query.page: must be a number", errors=[place])
    return kind("It is so, for a reason.", **DETAILS)


@pytest.mark.parametrize("name", sorted(DIALECTS))
async def test_every_error_has_the_vendors_envelope(
    world: World, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    vendor = VENDORS[name]
    kinds = {kind for kind in kinds_below(OctavoError) if can_meet(kind, name)}
    transport = httpx.ASGITransport(create_front(world.services), raise_app_exceptions=False)
    key = await world.key(world.acme, bound=vendor.is_bound)
    base = f"http://octavo.test/compat/{name}"
    async with httpx.AsyncClient(transport=transport, base_url=base, headers=vendor.key(key)) as client:
        await client.request(vendor.invalid[0], vendor.invalid[1], **vendor.invalid[2])
        for kind in sorted(kinds, key=lambda kind: kind.__name__):
            error = one_of(kind)
            if status_of(error) == 500 and not isinstance(error, VendorRefusal):
                error.summary = SECRET

            def refuse(*_: Any, error: OctavoError = error) -> None:
                raise error

            monkeypatch.setattr(world.store, "tenant", refuse)
            answer = await look(client, vendor, new_id(world.clock.now()))
            monkeypatch.undo()

            if kind is not ChildDied and not kind.__module__.startswith("octavo.dialects."):
                assert (answer.status_code >= 500) == (status_of(error) >= 500), kind
            assert 400 <= answer.status_code < 600, kind
            assert "json" in answer.headers["content-type"], kind
            vendor.is_refusal(answer)
            assert not [word for word in WORDS if word in answer.text], (kind, answer.text)

    assert len(kinds) > 20
