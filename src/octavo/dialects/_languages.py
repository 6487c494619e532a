"""Languages as clients of many engines write them, as our tags.

ISO 639-1, 639-2 in both forms, BCP 47 with any subtags, English names, and the codes of Tesseract, EasyOCR and
RapidOCR where they differ.
"""

from collections.abc import Iterable

from octavo.domain.errors import InvalidRequest

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
_TAGS = {code: row.split()[0] for row in _ROWS.split("|") for code in row.split()}
_SEPARATORS = str.maketrans("_", "-")


def tags_of(languages: Iterable[str], *, option: str) -> tuple[str, ...]:
    """Our tags, each once, in the order given. Raises `InvalidRequest` for what is no language."""
    return tuple(dict.fromkeys(_tag(language.strip(), option) for language in languages if language.strip()))


def _tag(language: str, option: str) -> str:
    code = language.lower()
    tag = _TAGS.get(code) or _TAGS.get(code.translate(_SEPARATORS).partition("-")[0])
    if tag is None:
        raise InvalidRequest(f"{option}: there is no language {language[:40]!r}.", option=option)
    return tag
