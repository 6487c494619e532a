"""The data of an e-invoice, from the files that came inside a document or are it."""

from octavo.domain.field import Attachment, Field
from octavo.pipeline.fields.embedded import cii, ubl
from octavo.pipeline.fields.embedded.tree import local, to_tree


def read_embedded(attachments: tuple[Attachment, ...]) -> list[Field]:
    """The fields of the first attachment that is an invoice; none where there is none.

    Confidence is 1.0: the sender's own data. Whether the pages say the same is `compare`'s to tell.
    """
    for attachment in attachments:
        fields = read_invoice(attachment.content)
        if fields:
            return fields
    return []


def read_invoice(content: bytes) -> list[Field]:
    """None of anything that is not well-formed CII or UBL."""
    root = to_tree(content)
    if root is None:
        return []
    if local(root) in cii.ROOTS:
        return cii.read_cii(root).to_fields()
    if local(root) in ubl.ROOTS:
        return ubl.read_ubl(root).to_fields()
    return []
