"""Languages in the codes that people and programs write, and our own: BCP 47 primary tags."""

_ROWS = (
    "af afr afrikaans|am amh amharic|ar ara arabic|az aze azerbaijani|be bel belarusian|bg bul bulgarian"
    "|bn ben bengali|bs bos bosnian|ca cat catalan|cs ces cze czech|cy cym wel welsh|da dan danish"
    "|de deu ger german|el ell gre greek|en eng english|eo epo esperanto|es spa spanish|et est estonian"
    "|eu eus baq basque|fa fas per persian|fi fin finnish|fo fao faroese|fr fra fre french|fy fry frisian"
    "|ga gle irish|gl glg galician|gu guj gujarati|he heb hebrew|hi hin hindi|hr hrv croatian"
    "|hu hun hungarian|hy hye arm armenian|id ind indonesian|is isl ice icelandic|it ita italian"
    "|ja jpn japan japanese|ka kat geo georgian|kk kaz kazakh|km khm khmer|kn kan kannada|ko kor korean"
    "|la lat latin|lb ltz luxembourgish|lo lao|lt lit lithuanian|lv lav latvian|mi mri mao maori"
    "|mk mkd mac macedonian|ml mal malayalam|mn mon mongolian|mr mar marathi|ms msa may malay|mt mlt maltese"
    "|my mya bur burmese|nb nob bokmal|ne nep nepali|nl nld dut dutch|nn nno nynorsk|no nor norwegian"
    "|oc oci occitan|pa pan punjabi|pl pol polish|pt por portuguese|qu que quechua|ro ron rum romanian"
    "|ru rus russian|si sin sinhala|sk slk slo slovak|sl slv slovenian|sq sqi alb albanian|sr srp serbian"
    "|sv swe swedish|sw swa swahili|ta tam tamil|te tel telugu|th tha thai|tl tgl tagalog|tr tur turkish"
    "|uk ukr ukrainian|ur urd urdu|uz uzb uzbek|vi vie vietnamese|yi yid yiddish"
    "|zh zho chi chinese ch ch_sim ch_tra chi_sim chi_tra cmn"
)
"""Our tag, ISO 639-3, then ISO 639-2/B where it differs, the English name, and what OCR programs say instead."""

_TAGS = {code: row.split()[0] for row in _ROWS.split("|") for code in row.split()}
_LONG = {row.split()[0]: row.split()[1] for row in _ROWS.split("|")}


def tag_of(language: str) -> str | None:
    """The primary tag of a code, a name, or a tag with subtags (`de`, `ger`, `German`, `de-AT`); None for none."""
    code = language.strip().lower()
    return _TAGS.get(code) or _TAGS.get(code.replace("_", "-").partition("-")[0])


def iso_639_3(tag: str) -> str:
    """`deu` for `de` or `de-AT`; what is not in the table stays as it is."""
    primary = tag.lower().partition("-")[0]
    return _LONG.get(primary, primary)
