"""Open WebUI's *External* engine: `PUT /process`, as its `ExternalDocumentLoader` calls it.

There is no server to be like: its loader is the contract. The body is the document, `Content-Type` what the browser
took it for, `X-Filename` its name, percent-encoded, and the key comes as a Bearer token. Chosen where it leaves it open:

- The answer is a list, a text for each page that has any, as Markdown. `metadata.page` counts from 0, as its citations
  do, which then lead to the page. A source without pages is one text.
- A document without text is 422 `No extractable text`, upon which it reads the file itself; so it does with any error.
- What the document is, its content says; its type is not looked at.
- Nothing is kept for long: source and result go after an hour, in which the same document is answered from them.
- Refusals are `{"detail": …}`, of which it shows the sentence.
"""
