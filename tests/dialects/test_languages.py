"""Languages in every code that callers write."""

import pytest

from octavo.dialects._languages import tags_of
from octavo.domain.errors import InvalidRequest
from octavo.domain.languages import iso_639_3, tag_of


@pytest.mark.parametrize("code", ["de", "deu", "ger", "German", "de-AT", "de_DE", " DE "])
def test_one_language_has_many_names(code: str) -> None:
    assert tag_of(code) == "de"


def test_scripts_that_programs_tell_apart_are_one_language() -> None:
    assert tags_of(["ch_sim", "chi_tra", "zh-Hant", "eng"], option="lang") == ("zh", "en")


def test_a_tag_has_its_long_form_and_what_is_unknown_stays() -> None:
    assert iso_639_3("de-AT") == "deu"
    assert iso_639_3("xx") == "xx"


def test_what_is_no_language_is_refused_by_name() -> None:
    with pytest.raises(InvalidRequest, match="klingon") as refused:
        tags_of(["eng", "klingon"], option="ocr_lang")
    assert refused.value.details == {"option": "ocr_lang"}
