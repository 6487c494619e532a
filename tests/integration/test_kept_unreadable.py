"""Documents that cannot be opened, sent by those who want to hear of it from the job."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from octavo.app.process import plan_job
from octavo.app.receive import receive_source
from octavo.app.services import Services
from octavo.app.submit import SubmitRequest, submit_job
from octavo.domain.errors import DocumentEncrypted
from octavo.domain.ids import JobId
from octavo.domain.job import JobOptions, JobStatus
from octavo.ports.readers import Inspection
from tests.integration.conftest import World
from tests.integration.use_case_desk import Desk, Reading, open_desk


class Locked(Reading):
    async def inspect(
        self, path: Path, *, filename: str | None, password: str | None, sampled: bool = True
    ) -> Inspection:
        del path, filename, password, sampled
        raise DocumentEncrypted("This document needs a password.")


@pytest.fixture
def desk(world: World, tmp_path: Path) -> Desk:
    return open_desk(world, tmp_path)


async def _bytes() -> AsyncIterator[bytes]:
    yield b"%PDF locked"


async def sent(desk: Desk, services: Services, *, keep_unreadable: bool) -> JobId:
    source = await receive_source(_bytes(), services=services)
    order = SubmitRequest(JobOptions(), source=source, keep_unreadable=keep_unreadable)
    return (await submit_job(order, principal=desk.principal, services=services)).job.id


async def test_it_is_refused_unless_it_is_to_be_kept(desk: Desk) -> None:
    services = replace(desk.services, isolation=Locked())

    with pytest.raises(DocumentEncrypted):
        await sent(desk, services, keep_unreadable=False)


async def test_the_job_fails_for_the_reason_for_which_it_would_have_been_refused(desk: Desk) -> None:
    services = replace(desk.services, isolation=Locked())
    id_ = await sent(desk, services, keep_unreadable=True)

    await plan_job(id_, 1, services=services)

    job = await desk.world.tenant.job(id_)
    assert (job.status, job.page_count) == (JobStatus.FAILED, 0)
    assert job.error is not None
    assert job.error.code == "document_encrypted"


async def test_one_that_can_be_opened_later_still_ends(desk: Desk) -> None:
    """Nobody has said which of its pages are wanted."""
    id_ = await sent(desk, replace(desk.services, isolation=Locked()), keep_unreadable=True)

    await plan_job(id_, 1, services=desk.services)

    job = await desk.world.tenant.job(id_)
    assert job.status is JobStatus.FAILED
    assert job.error is not None
    assert job.error.code == "unreadable_document"
