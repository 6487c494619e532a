"""What a person should know about each error code; a test holds this against the tree."""

NOTES = {
    "internal_error": (
        "A fault of ours. Nothing of it is shown; the log has the `request_id`. Report it with that id."
    ),
    "invalid_request": (
        "The request has an option that cannot be met, and the detail names it. "
        "Change the request; sending it again unchanged gives the same answer."
    ),
    "unsupported_media_type": (
        "The content is of a kind that is not read, or the body is not what the route takes. The kind is told by the "
        "content and not by the name or the header. The detail says what to send instead."
    ),
    "document_too_large": (
        "Bytes, pages, pixels of a page or the unpacked size are over a limit, and it was noticed before memory was "
        "spent. The limits are [settings](settings.md): `OCTAVO_MAX_BYTES`, `OCTAVO_MAX_PAGES`, `OCTAVO_MAX_PIXELS`, "
        "`OCTAVO_MAX_UNPACKED_BYTES`, `OCTAVO_MAX_UNPACKED_RATIO`."
    ),
    "empty_document": "The file has no bytes, or no pages. Check the upload.",
    "address_refused": (
        "An address to be told or asked is not public, or cannot be one. "
        "An operator may allow addresses; see [Requests to the outside](../explanation/egress.md)."
    ),
    "unreachable": "Nobody answered at the other end in time, or not in HTTP; `reason` says which.",
    "model_failed": (
        "The language model is away, refuses us, or did not answer as asked. The job keeps the fields that were found "
        "without it."
    ),
    "source_refused": (
        "The `url` of the document cannot be asked: its scheme, a user name in it, or an address that is not public. "
        "An operator may allow addresses; see [Requests to the outside](../explanation/egress.md)."
    ),
    "source_unreachable": (
        "Nobody answered at the `url` of the document in time, or not with a document; `reason` says which, and `status` "
        "what was answered. Look at the address, or try again later."
    ),
    "language_unavailable": (
        "No engine on this installation reads one of the languages asked for. The detail says what to install; see "
        "[Read other languages](../how-to/read-other-languages.md)."
    ),
    "engine_unavailable": (
        "There is no engine of that name, or its program or models are missing. `octavo engines` lists what there is."
    ),
    "unauthenticated": (
        "No key was sent, or it is unknown, expired, disabled or revoked. Send `Authorization: Bearer KEY` or `X-API-Key: KEY`."
    ),
    "forbidden": "The key is valid and lacks a scope, which the detail names. Use a key that has it.",
    "not_found": "There is no such thing, or it belongs to somebody else; the answers are the same on purpose.",
    "gone": (
        "It existed and was yours; its retention ended, or it was purged or deleted. Submit the document again."
    ),
    "conflict": (
        "The request is fine and the job is not in a state for it: cancelling what has ended, purging what still runs."
    ),
    "idempotency_conflict": (
        "This `Idempotency-Key` was used for a different request. Use a new key for a new request."
    ),
    "quota_exceeded": "Too much at once for this project. Wait as long as `Retry-After` says.",
    "rate_limited": (
        "This key asked more often than it may; nothing was read of the request's body. Wait as long as `Retry-After` "
        "says. See [Limit usage](../how-to/limit-usage.md)."
    ),
    "page_quota_exceeded": (
        "The document has more pages than the project may still submit this month. `resets_at` says when the next month "
        "begins; an administrator can raise `pages_per_month`."
    ),
    "unreadable_document": (
        "The document itself is at fault: broken beyond repair, or no page of it could be read. Open it in a viewer, "
        "and save or scan it again."
    ),
    "document_encrypted": "The document needs a password, or the one given is wrong. Submit it with `password`.",
    "page_unreadable": "One page is beyond its reader or engine. The other pages are not affected.",
    "temporary_failure": (
        "Something of ours is away for a moment: the database, the blob store, a child process. Work in the queue is "
        "tried again by itself; a request should be sent again as it is."
    ),
    "validation_failed": (
        "The request does not have the documented shape. `errors` lists each place: `location`, `message`, `rule`."
    ),
    "not_acceptable": "The `Accept` header admits none of the formats. Leave it out, or use `?format=`.",
    "range_not_satisfiable": "The `Range` header starts behind the end. `size_bytes` says how long the content is.",
    "child_died": (
        "The process that handled the document crashed, ran out of memory or overran its time, and it was not one page's "
        "doing. The document is probably hostile or damaged."
    ),
}

PAGE_NOTES = {
    "page_unreadable": "The reader or the engine could not make anything of this page.",
    "page_quarantined": (
        "Reading the page ended its process repeatedly, by a crash, memory or time, and it was left out."
    ),
    "time_limit": "The job's `time_limit_s` was over before the page was begun. Replay the job with more time, or none.",
}
