# ruff: noqa: RUF001, SIM905 -- signs of many scripts; the same draws every time
"""Words that mean nothing and look like those of a language: their lengths, marks and capitals."""

import random
from dataclasses import dataclass

_LATIN_SMALL = (
    "the of and in to a is that for it as was with be by on not his are at this have from or had".split()
)


@dataclass(frozen=True, slots=True)
class Language:
    tag: str
    onsets: tuple[str, ...]
    nuclei: tuple[str, ...]
    codas: tuple[str, ...]
    small: tuple[str, ...]
    """Short words that every sentence is full of."""
    figure: tuple[str, ...]
    table: tuple[str, ...]
    headings: tuple[str, ...]
    notes: tuple[str, ...]
    """What opens a callout."""
    page: tuple[str, ...] = ("Page",)
    capital_nouns: float = 0.08
    is_wide: bool = False
    """Written without spaces."""
    from_right: bool = False
    font: str = ""
    """A family that has its letters; empty: any."""


def _t(text: str) -> tuple[str, ...]:
    return tuple(text.split())


def _p(text: str) -> tuple[str, ...]:
    return tuple(text.split("|"))


_ON = _t("b c d f g h l m n p r s t v br cr dr fl gr pl pr st tr th sh ch w qu sp cl")
_EN_HEADS = _p(
    "Introduction|Related work|Results|Discussion|Conclusion|References|Abstract|Methods|Summary|Appendix|"
    "Overview|Background|Contents|Requirements|Installation|Acknowledgements|Scope|Definitions"
)

LANGUAGES = (
    Language(
        "en",
        _ON,
        _t("a e i o u ea ou ai ee"),
        _t("n r s t l m nd st ng ck ly tion ing ed er") + ("",) * 4,
        tuple(_LATIN_SMALL),
        _p("Figure|Fig.|FIGURE|Figure|Chart|Image|Exhibit|Photo"),
        _p("Table|TABLE|Table|Tab."),
        _EN_HEADS,
        _p("Note|Warning|Tip|Important|Caution|Remember|Attention|Example"),
    ),
    Language(
        "de",
        _ON + _t("sch zw kn pf schr"),
        _t("a e i o u ei au ie ä ö ü eu"),
        _t("n r s t l m nd st ng ch ung keit lich en er e") + ("",) * 3,
        _t("der die und in den von zu das mit sich des auf für ist im dem nicht ein eine als auch es an"),
        _p("Abbildung|Abb.|Bild"),
        _p("Tabelle|Tab."),
        _p(
            "Einleitung|Ergebnisse|Zusammenfassung|Anhang|Grundlagen|Methode|Literatur|Inhalt|Vorwort|Ausblick"
        ),
        _p("Hinweis|Achtung|Tipp|Wichtig|Warnung"),
        _p("Seite|S."),
        0.35,
    ),
    Language(
        "fr",
        _ON,
        _t("a e i o u é è ou ai eau oi ê"),
        _t("n r s t l m nt ment tion eux ique e es") + ("",) * 4,
        _t("le la les de des du et en un une que qui dans pour par sur au avec ce se il est ne pas plus à"),
        _p("Figure|Fig.|Illustration|Photo"),
        _p("Tableau|Table"),
        _p("Introduction|Méthode|Résultats|Conclusion|Annexe|Sommaire|Références|Préambule|Objet"),
        _p("Remarque|Attention|Important|À noter"),
        _p("Page|p."),
    ),
    Language(
        "es",
        _ON,
        _t("a e i o u á é í ó ia ue io"),
        _t("n r s l ción dad mente do da os as") + ("",) * 4,
        _t("el la de que y en los se del las por un para con no una su al es lo como más o pero"),
        _p("Figura|Fig.|Gráfico"),
        _p("Tabla|Cuadro"),
        _p("Introducción|Resultados|Conclusiones|Referencias|Anexo|Índice|Métodos|Objeto|Alcance"),
        _p("Nota|Atención|Importante|Aviso"),
        _p("Página|Pág."),
    ),
    Language(
        "pl",
        _ON + _t("sz cz rz prz ś ć ż"),
        _t("a e i o u y ą ę ó ie"),
        _t("n r ł m ć ć ść nie ego ych owy ania") + ("",) * 3,
        _t("i w z na do się nie to że jest o jak po od za przez przy ale dla oraz"),
        _p("Rysunek|Rys."),
        _p("Tabela|Tab."),
        _p("Wstęp|Wyniki|Podsumowanie|Literatura|Załącznik|Spis treści|Metody"),
        _p("Uwaga|Ważne|Wskazówka"),
        _p("Strona|str."),
    ),
    Language(
        "ru",
        _t("б в г д ж з к л м н п р с т ф х ц ч ш пр ст тр кр"),
        _t("а е и о у ы я ю э"),
        _t("н р т л м ть ние ость ого ых ской") + ("",) * 3,
        _t("и в не на что с по как это из у за от о для же к но при так"),
        _p("Рисунок|Рис."),
        _p("Таблица|Табл."),
        _p("Введение|Результаты|Заключение|Литература|Приложение|Содержание|Методы"),
        _p("Примечание|Внимание|Важно"),
        _p("Страница|с."),
    ),
    Language(
        "el",
        _t("β γ δ ζ κ λ μ ν π ρ σ τ φ χ πρ στ τρ"),
        _t("α ε η ι ο υ ω ά έ ή ί ό ου αι"),
        _t("ν ς σ ση της των μα ικό") + ("",) * 3,
        _t("και το να του η της με που σε από για την στο είναι τα δεν οι ο"),
        _p("Σχήμα|Εικόνα"),
        _p("Πίνακας"),
        _p("Εισαγωγή|Αποτελέσματα|Συμπεράσματα|Βιβλιογραφία|Παράρτημα|Περιεχόμενα"),
        _p("Σημείωση|Προσοχή"),
        _p(
            "Σελίδα",
        ),
    ),
    Language(
        "zh",
        tuple(chr(0x4E00 + 37 * i % 5000) for i in range(900)),
        ("",),
        ("",),
        _t("的 是 在 了 和 有 不 这 为 以 及 与 中 对"),
        _p("图|圖|图表"),
        _p("表|表格"),
        _p("引言|结论|结果与讨论|参考文献|附录|目录|研究方法|第一章 总则"),
        _p("注意|提示|重要|警告"),
        _p(
            "第",
        ),
        is_wide=True,
        font="Noto Sans CJK SC|Noto Serif CJK SC",
    ),
    Language(
        "ko",
        tuple(chr(0xAC00 + 173 * i % 11000) for i in range(700)),
        ("",),
        _t("은 는 이 가 을 를 의 에 로 다 고") + ("",) * 3,
        _t("및 그 이 수 등 한 또한 대한 위한 것이다"),
        _p("그림|[그림"),
        _p("표|[표|<표"),
        _p("들어가며|연구 방법|결과|나가며|결론|참고문헌|목차|요약"),
        _p("주의|참고|중요"),
        _p(
            "쪽",
        ),
        font="Noto Sans CJK KR|Noto Serif CJK KR",
    ),
    Language(
        "ar",
        tuple("بتثجحخدذرزسشصضطظعغفقكلمنهوي"),
        ("", "", "ا", "و", "ي"),
        ("", "", "ة", "ات", "ين"),
        _t("في من على إلى أن عن مع هذا التي الذي كان ما لا هو"),
        _p("الشكل|شكل"),
        _p("الجدول|جدول"),
        _p("مقدمة|النتائج|الخاتمة|المراجع|الملحق|الفهرس|المنهج"),
        _p("ملاحظة|تنبيه|هام"),
        _p(
            "صفحة",
        ),
        from_right=True,
        font="Amiri|Noto Sans Arabic|Noto Naskh Arabic",
    ),
    Language(
        "he",
        tuple("אבגדהוזחטיכלמנסעפצקרשת"),
        ("", "", "ו", "י"),
        ("", "", "ים", "ות", "ה"),
        _t("של את על לא זה הוא עם כי גם אל כל או אם היא"),
        _p("איור|תרשים"),
        _p("טבלה|לוח"),
        _p("מבוא|תוצאות|סיכום|מקורות|נספח|תוכן העניינים"),
        _p("הערה|אזהרה|חשוב"),
        _p(
            "עמוד",
        ),
        from_right=True,
        font="Noto Sans Hebrew|Noto Serif Hebrew",
    ),
)
WEIGHTS = (40, 10, 9, 8, 4, 6, 3, 5, 5, 5, 3)


class Writer:
    """Writes in one language; a vocabulary is made once, frequent words come back."""

    def __init__(self, language: Language, rng: random.Random) -> None:
        self.language = language
        self.rng = rng
        self.vocabulary = [self._new_word() for _ in range(400)]

    def word(self) -> str:
        language, rng = self.language, self.rng
        if rng.random() < 0.42:
            return rng.choice(language.small)
        place = min(int(rng.paretovariate(0.6)) - 1, len(self.vocabulary) - 1)
        word = self.vocabulary[place if rng.random() < 0.5 else rng.randrange(len(self.vocabulary))]
        return word[:1].upper() + word[1:] if rng.random() < language.capital_nouns else word

    def sentence(self, least: int = 4, most: int = 28) -> str:
        rng = self.rng
        words = [self.word() for _ in range(rng.randint(least, most))]
        for at in range(2, len(words) - 1):
            if rng.random() < 0.08:
                words[at] += rng.choice(",,,,;:")
            elif rng.random() < 0.04:
                words[at] = rng.choice(
                    ("2019", "3.5", "12 %", "(see", "[12]", "[3, 4]", "e.g.", "17", "Smith")
                )
        text = self._joined(words)
        return text[:1].upper() + text[1:] + rng.choice("......?!")

    def text(self, sentences: int) -> str:
        glue = "" if self.language.is_wide else " "
        return glue.join(self.sentence() for _ in range(sentences))

    def phrase(self, least: int, most: int) -> str:
        words = self._joined([self.word() for _ in range(self.rng.randint(least, most))])
        return words[:1].upper() + words[1:]

    def title(self, least: int = 1, most: int = 8) -> str:
        if self.rng.random() < 0.25:
            return self.rng.choice(self.language.headings)
        words = [self.word() for _ in range(self.rng.randint(least, most))]
        if self.rng.random() < 0.4:
            words = [word[:1].upper() + word[1:] for word in words]
        text = self._joined(words)
        return text[:1].upper() + text[1:]

    def name(self) -> str:
        return " ".join(self.rng.choice(self.vocabulary).capitalize() for _ in range(self.rng.randint(2, 3)))

    def number(self) -> str:
        rng = self.rng
        value = rng.choice((rng.randint(0, 99), rng.randint(100, 99999), rng.random() * 100))
        if isinstance(value, float):
            return f"{value:.{rng.randint(1, 3)}f}"
        return f"{value:,}" if rng.random() < 0.5 else str(value)

    def _joined(self, words: list[str]) -> str:
        return ("" if self.language.is_wide else " ").join(words)

    def _new_word(self) -> str:
        language, rng = self.language, self.rng
        if language.is_wide:
            return "".join(rng.choice(language.onsets) for _ in range(rng.randint(1, 3)))
        syllables = rng.choices((1, 2, 3, 4, 5), (3, 8, 6, 3, 1))[0]
        parts = (rng.choice(language.onsets) + rng.choice(language.nuclei) for _ in range(syllables))
        return "".join(parts) + rng.choice(language.codas)


def any_writer(rng: random.Random) -> Writer:
    return Writer(rng.choices(LANGUAGES, WEIGHTS)[0], rng)
