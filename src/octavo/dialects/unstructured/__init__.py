"""Unstructured: `POST /general/v0/general`, as the open-source API serves it and `unstructured-client` calls it.

Chosen where we differ, or where its source leaves it open:

- Documents are read by our engines. `hi_res` and `auto` are the standard profile, in which a text layer
  is taken where it agrees with the ink and read anew where it does not; `ocr_only` passes every text layer over;
  `fast` is the fast one. Names of its models are checked and change nothing; encodings and content types are found
  from the content.
- `chunking_strategy` is `basic` or `by_title`; those of the vendor's platform, like its `vlm` strategy, are refused.
- `extract_image_block_types` gives pictures that the document has; of tables and any other type of element, the part
  of the page that they lie on, at 200 dpi as JPEG. Pages without a look (of Word, HTML, …) have no parts.
- `multipart/mixed` has no `Content-Length` in its parts, and ends with a last boundary.
- Table chunks keep whole rows; a row that does not fit is cut as text, without HTML.
- Nothing is kept for long: source and result go after an hour, in which the same request is answered from them.
- Who waits ten minutes is answered 504; asking again waits for, or finds, the same reading.
- The key comes in `unstructured-api-key`, or as a Bearer token. A key is not repeated in the refusal of it.
"""
