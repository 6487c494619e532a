"""Which languages the engines read, by BCP 47 primary tag."""

CONFIDENT_WHEN_RIGHT = frozenset({"en", "de", "fr", "es", "pt", "it", "nl", "sv"})
"""Where the tiny recogniser's confidence can be trusted: measured, 98-100 % of accented words right.

In Danish, Czech and Romanian it is as sure of wrong words (6-37 % of the
accented ones), and no other language has been measured, so all those are read
with the small recogniser throughout.
"""

CHINESE_JAPANESE = frozenset({"zh", "ja", "yue", "cmn"})
"""Read with the full heads: the pruned ones know no such character."""

LATIN = CONFIDENT_WHEN_RIGHT | frozenset(
    [
        "af",
        "az",
        "bs",
        "ca",
        "cs",
        "cy",
        "da",
        "eo",
        "et",
        "eu",
        "fi",
        "fo",
        "fy",
        "ga",
        "gl",
        "hr",
        "hu",
        "id",
        "is",
        "la",
        "lb",
        "lt",
        "lv",
        "mi",
        "ms",
        "mt",
        "nb",
        "nn",
        "no",
        "oc",
        "pl",
        "qu",
        "rm",
        "ro",
        "sk",
        "sl",
        "sq",
        "sw",
        "tl",
        "tr",
        "uz",
    ]
)

PPOCR = LATIN | CHINESE_JAPANESE

_PACKS = """
af:afr am:amh ar:ara as:asm az:aze be:bel bg:bul bn:ben bo:bod br:bre bs:bos ca:cat co:cos cs:ces
cy:cym da:dan de:deu dv:div dz:dzo el:ell en:eng eo:epo es:spa et:est eu:eus fa:fas fi:fin fil:fil
fo:fao fr:fra fy:fry ga:gle gd:gla gl:glg gu:guj he:heb hi:hin hr:hrv ht:hat hu:hun hy:hye id:ind
is:isl it:ita iu:iku ja:jpn jv:jav ka:kat kk:kaz km:khm kn:kan ko:kor ku:kmr ky:kir la:lat lb:ltz
lo:lao lt:lit lv:lav mi:mri mk:mkd ml:mal mn:mon mr:mar ms:msa mt:mlt my:mya nb:nor ne:nep nl:nld
nn:nor no:nor oc:oci or:ori pa:pan pl:pol ps:pus pt:por qu:que ro:ron ru:rus sa:san sd:snd si:sin
sk:slk sl:slv sq:sqi sr:srp su:sun sv:swe sw:swa syr:syr ta:tam te:tel tg:tgk th:tha ti:tir tl:tgl
to:ton tr:tur tt:tat ug:uig uk:ukr ur:urd uz:uzb vi:vie yi:yid yo:yor zh:chi_sim
"""

TESSERACT_PACKS = {tag: pack for tag, _, pack in (pair.partition(":") for pair in _PACKS.split())}
"""The name of Tesseract's trained data for each language."""


def primary(tag: str) -> str:
    """`pt` of `pt-BR`."""
    return tag.replace("_", "-").split("-", 1)[0].lower()


def debian_package(pack: str) -> str:
    return f"tesseract-ocr-{pack.replace('_', '-')}"
