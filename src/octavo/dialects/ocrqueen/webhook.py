"""What this vendor's webhooks carry: the document as the job's options asked for it, or the error."""

from octavo.app.schemes.scheme import Body, Scheme, Told
from octavo.dialects.ocrqueen.outbound import FORMAT, export_options, render_error
from octavo.domain.event import EventType


def complete(scheme: Scheme) -> Scheme:
    return scheme.with_payload(payload, result_format=FORMAT, result_options=export_options)


def payload(told: Told) -> Body:
    """`document` is null where it is too large to be carried, or no longer there."""
    if told.job is None:
        return {}
    if told.event.type is EventType.JOB_COMPLETED:
        return {"data": {"document": told.result["document"] if told.result else None}}
    return {"data": {"error": render_error(told.job)}}
