"""Whether a first reading can be trusted, judged by the language it seems to be in.

The tiny recogniser errs confidently in languages whose letters it confuses.
Their small words betray them: those listed under UNTRUSTED occur often there
and hardly ever in a language where the confidence can be trusted. All are
compared without accents, because the accents are what it gets wrong.
"""

import re
import unicodedata
from collections import Counter

TRUSTED: dict[str, frozenset[str]] = {
    language: frozenset(words.split())
    for language, words in {
        "en": "the of and to in is that for with was as it by on be are this from or at",
        "de": "der die und das den von zu mit ist nicht ein eine im auf dem sich auch als an werden",
        "fr": "le la les de des et un une est dans que pour du en au par sur qui ne pas",
        "es": "el la los de y que en por con las del una se un su para no al lo es",
        "pt": "o a que de da do em para com os uma nao se no na por um dos as mais",
        "it": "il di che la e un per non della sono con del in una si le i da al gli",
        "nl": "de het een van en is dat op te zijn voor niet met in aan er om ook die dan",
        "sv": "och att det som ar en av for pa med den inte till har de ett om fran vid eller",
    }.items()
}

UNTRUSTED: dict[str, frozenset[str]] = {
    language: frozenset(words.split())
    for language, words in {
        "da": "og ikke af jeg til fra blev hvor mellem vaere ogsa kun nar hvis skulle",
        "no": "og ikke jeg til fra ble hvor mellom vaere ogsa bare nar hvis etter skulle",
        "is": "og ekki sem til fra vid hann eru thad var um hun eda",
        "cs": "ze jsou nebo jako ktere ktery bylo aby podle pri take neni muze jeho jsem pouze byl",
        "sk": "ktore ktory alebo ako bol podla moze vsak bolo aby pri tiez ich su",
        "pl": "sie jest przez oraz dla przy ktory ktore jako lub tego byc nie jego tylko",
        "hu": "hogy nem egy az meg vagy csak volt kell lehet mint ezt minden",
        "ro": "si pentru care fost prin sunt sau intr unei unui dupa este nu din cu mai",
        "hr": "koji koja koje kako nije samo ili biti kao sto bio od iz",
        "sl": "tudi lahko kot bil pri ter ali ki bi niso",
        "lt": "kad yra buvo kaip bet tai arba iki apie savo jis",
        "lv": "kas nav bija lai pec tas tika vina bet",
        "et": "ning oli see kui mis aga nagu parast voib tema selle ei",
        "fi": "etta oli ovat mutta kuin tama myos joka han seka kanssa voidaan ei",
        "tr": "ve bir bu icin ile olarak degil gibi daha olan sonra kadar cok",
        "sq": "dhe nje per eshte nga ne te me qe ka",
    }.items()
}

_LEAST_HITS = 3
_SHARE = 0.25
"""Small words of an untrusted language, against those of the likeliest trusted one, that arouse suspicion."""

_TRUSTED_LETTERS = frozenset("àáâãäåçèéêëìíîïñòóôõöùúûüÿœßªºµ")

_WORD = re.compile(r"[^\W\d_]+")


def seems_untrusted(text: str) -> bool:
    """Whether a page's first reading looks like a language in which it cannot be relied upon."""
    words = Counter(_plain(word) for word in _WORD.findall(text))
    trusted = max(_hits(words, known) for known in TRUSTED.values())
    ours = frozenset().union(*TRUSTED.values())
    untrusted = max(_hits(words, known - ours) for known in UNTRUSTED.values())
    return untrusted >= _LEAST_HITS and untrusted >= _SHARE * trusted


def has_untrusted_letter(text: str) -> bool:
    """Whether a line holds a letter that no trusted language writes, such as ř, ł, ø or ș."""
    return any(
        letter.isalpha() and letter > "\x7f" and letter not in _TRUSTED_LETTERS for letter in text.lower()
    )


def _hits(words: Counter[str], known: frozenset[str]) -> int:
    return sum(words[word] for word in known)


def _plain(word: str) -> str:
    """Lower case without accents; æ as ae, ø as o, the dotless i as i."""
    spelled = word.lower().replace("æ", "ae").replace("ø", "o").replace("\u0131", "i").replace("ł", "l")
    return "".join(c for c in unicodedata.normalize("NFD", spelled) if not unicodedata.combining(c))
