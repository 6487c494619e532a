"""What a line can be to the layout model, in the order of its outputs."""

ROLES = (
    "paragraph",
    "heading",
    "title",
    "list_item",
    "caption",
    "footnote",
    "page_header",
    "page_footer",
    "callout",
    "code",
    "table",
    "contents",
    "picture",
    "formula",
)
