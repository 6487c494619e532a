"""Bytes as text: by their byte order mark, else as they declare, else UTF-8, else Windows-1252."""

import codecs
import re

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_AS_BROWSERS_DO = {
    "iso-8859-1": "cp1252",
    "iso8859-1": "cp1252",
    "latin1": "cp1252",
    "latin-1": "cp1252",
    "ascii": "cp1252",
    "us-ascii": "cp1252",
    "iso-8859-9": "cp1254",
    "iso-8859-11": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "sjis": "cp932",
    "x-sjis": "cp932",
    "euc-kr": "cp949",
    "ks_c_5601-1987": "cp949",
    "big5": "big5hkscs",
    "utf-16": "utf-8",
    "utf-16le": "utf-8",
    "utf-16be": "utf-8",
    "unicode": "utf-8",
}
"""Labels that browsers take for a larger set (WHATWG Encoding); UTF-16 cannot declare itself in ASCII."""
_NO_TEXT = {
    "base64",
    "hex",
    "rot13",
    "uu",
    "zlib",
    "bz2",
    "quopri",
    "idna",
    "punycode",
    "undefined",
    "unicode_escape",
}
_SAMPLE = 4096
_ZEROS_OF_UTF_16 = 0.3


def decoded(content: bytes, declared: str | None = None) -> str:
    """Never fails: what no encoding explains is read as Windows-1252, its gaps as U+FFFD.

    Args:
        content: A whole file.
        declared: The encoding that it names itself.
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return content[len(mark) :].decode(encoding, "replace")
    unmarked = _utf_16_without_mark(content[:_SAMPLE])
    if unmarked:
        return content.decode(unmarked, "replace")
    known = _known(declared)
    if known and known != "utf-8":
        return content.decode(known, "replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        # A few broken bytes do not make a long UTF-8 text Western European.
        if known == "utf-8" or _mostly_utf_8(content, error):
            return content.decode("utf-8", "replace")
        return content.decode("cp1252", "replace")


def _mostly_utf_8(content: bytes, error: UnicodeDecodeError) -> bool:
    sample = content[: _SAMPLE * 16]
    sequences = len(re.findall(rb"[\xc2-\xf4][\x80-\xbf]+", sample))
    replaced = sample.decode("utf-8", "replace").count("\ufffd")
    return error.start > 0 and sequences > 20 * replaced


def _utf_16_without_mark(sample: bytes) -> str | None:
    """Every other byte of Western text in UTF-16 is zero."""
    half = len(sample) // 2
    if half < 4:
        return None
    if sample[1::2].count(0) > _ZEROS_OF_UTF_16 * half > sample[::2].count(0):
        return "utf-16-le"
    return "utf-16-be" if sample[::2].count(0) > _ZEROS_OF_UTF_16 * half > sample[1::2].count(0) else None


def _known(declared: str | None) -> str | None:
    """Python's name for a declared encoding of text."""
    label = (declared or "").strip().strip("\"'").lower()
    label = _AS_BROWSERS_DO.get(label, label)
    try:
        found = codecs.lookup(label).name
    except (LookupError, ValueError):
        return None
    return None if found in _NO_TEXT else found
