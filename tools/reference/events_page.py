"""`events.md`, from the event types of the domain."""

from tools.reference.markup import code, page, table

from octavo.domain.event import EventType
from octavo.domain.job import TRANSITIONS, Stage

EVENT_NOTES = {
    EventType.JOB_QUEUED: "The job was accepted, or is to be tried again.",
    EventType.JOB_PROCESSING: "A worker has begun with it.",
    EventType.JOB_PAGE: "A page was read or given up, and is kept.",
    EventType.JOB_PROGRESS: "Another tenth of the pages is done; told to webhooks that name it.",
    EventType.JOB_COMPLETED: "The document is there; some of its pages may have failed.",
    EventType.JOB_FAILED: "Nothing could be read; `error` says why.",
    EventType.JOB_CANCELLED: "It was cancelled.",
    EventType.JOB_CORRECTED: "Somebody corrected its fields; may come after the final event.",
    EventType.BATCH_CREATED: "A batch was made.",
    EventType.BATCH_COMPLETED: "All jobs of a batch have ended, well or not.",
    EventType.TEMPLATE_CREATED: "A template was made.",
    EventType.TEMPLATE_UPDATED: "A template has a new version.",
    EventType.TEMPLATE_DELETED: "A template was deleted.",
    EventType.WEBHOOK_TEST: "The owner of a webhook asked for a test.",
}
"""A test holds these against the enumeration."""

STAGE_NOTES = {
    Stage.WAITING: "in the queue",
    Stage.PLANNING: "the document is opened and its pages are cut into slices",
    Stage.READING: "pages are read",
    Stage.ASSEMBLING: "the pages are put together",
    Stage.DONE: "the job has ended",
}

_INTRODUCTION = """
`GET /v1/jobs/{id}/events` is a stream of server-sent events. Each has an `id`, the event's sequence within its job;
send the last one you saw as `Last-Event-ID` and the stream goes on after it, on any API process. A state and its event
are committed together, so what the stream says has happened. Sequences grow and may skip numbers. The stream ends after
a final event; asked again when there is nothing left to tell, it answers `204`.

`data` is one JSON object with `job_id`, `sequence`, `type`, `created_at`, and the members of its event:
"""

EVENT_MEMBERS = {
    EventType.JOB_QUEUED: "`status`",
    EventType.JOB_PROCESSING: "`status`",
    EventType.JOB_PAGE: "`page`, `failed`, `confidence`, `characters`, `duration_ms`",
    EventType.JOB_COMPLETED: "`status`",
    EventType.JOB_FAILED: "`status`, `error`",
    EventType.JOB_CANCELLED: "`status`",
    EventType.JOB_CORRECTED: "`fields_version`, `paths`",
    EventType.JOB_PROGRESS: "webhooks only",
    EventType.BATCH_CREATED: "webhooks only",
    EventType.BATCH_COMPLETED: "webhooks only",
    EventType.TEMPLATE_CREATED: "webhooks only: `name`, `version`",
    EventType.TEMPLATE_UPDATED: "webhooks only: `name`, `version`",
    EventType.TEMPLATE_DELETED: "webhooks only: `name`, `version`",
    EventType.WEBHOOK_TEST: "webhooks only",
}


def events_page() -> str:
    states = [
        (code(status), ", ".join(code(one) for one in sorted(following)) or "nothing: it is final")
        for status, following in TRANSITIONS.items()
    ]
    return page(
        "Events, states and stages",
        "`octavo.domain.event` and `octavo.domain.job`",
        _INTRODUCTION.strip(),
        "## Events",
        table(
            ("`event`", "When", "Members"),
            [(code(kind), note, EVENT_MEMBERS[kind]) for kind, note in EVENT_NOTES.items()],
        ),
        "## States of a job",
        "`failed` and `cancelled` become `queued` again by a retry. `queued` becomes `completed` directly when the same "
        "bytes were read before with the same options (`cache_hit`).",
        table(("State", "What may follow"), states),
        "## Stages, for progress",
        table(
            ("`stage`", "What is being done"), [(code(stage), note) for stage, note in STAGE_NOTES.items()]
        ),
    )
