"""Bold, italic, monospace: told from the font's name first, its flags second.

Flags alone mislead: many producers set FixedPitch or ForceBold for no reason
and PDFium's weight is estimated from StemV. TeX names follow their own scheme
(`CMBX10` is bold, `CMTT10` typewriter).
"""

import re
from dataclasses import dataclass

_FIXED_PITCH = 1 << 0
_ITALIC = 1 << 6
_FORCE_BOLD = 1 << 18

_BOLD = re.compile(
    r"bold|black|heavy|demi|medi$|semib|extrab|^(?:cm|sf|ec|ln|ae|pl)(?:ss)?b[xs]?|^(?:cm|sf)mib",
    re.IGNORECASE,
)
_NOT_BOLD = re.compile(r"demilight|semilight", re.IGNORECASE)
_ITALIC_NAME = re.compile(
    r"italic|oblique|slanted|kursiv|^(?:cm|sf|ec|pl)(?:ti|sl|bxti|bxsl|mi|ssi|itt)|(?:-|,)it$", re.IGNORECASE
)
_MONOSPACE = re.compile(
    r"mono(?!type)|courier|consolas|typewriter|menlo|fixed|terminal|lucidacons|inconsolata|"
    r"sourcecode|firacode|nimbusmon|ocr-?[ab]|letter ?gothic|^(?:cm|sf|ec|pl)(?:tt|sltt|itt)|lmtt|txtt",
    re.IGNORECASE,
)


_STYLE_WORDS = re.compile(r"(?:bold|italic|oblique|regular|semibold)+$", re.IGNORECASE)
_FOUNDRY = re.compile(r"(?:PSMT|PS|MT)$")
_NUMBERED = re.compile(r"(?:[a-z]{1,2}|font|type)[ _]?\d*(?:[ _]\d+)?$", re.IGNORECASE)
"""What programs call a font whose name they do not know: `F1`, `T3_0`, `Font2`."""
_LONGEST_FAMILY = 60


@dataclass(frozen=True, slots=True)
class FontStyle:
    bold: bool
    italic: bool
    monospace: bool
    family: str | None = None


PLAIN = FontStyle(bold=False, italic=False, monospace=False)


def style_of(name: str, flags: int, weight: int) -> FontStyle:
    """`name` may carry a subset tag (`ABCDEF+`); `weight` counts only where the name says nothing."""
    plain_name = name.split("+", 1)[-1]
    named_bold = bool(_BOLD.search(plain_name)) and not _NOT_BOLD.search(plain_name)
    heavy = bool(flags & _FORCE_BOLD) or (not plain_name and weight >= 700)
    return FontStyle(
        bold=named_bold or heavy,
        italic=bool(_ITALIC_NAME.search(plain_name)) or bool(flags & _ITALIC),
        monospace=bool(_MONOSPACE.search(plain_name)) or bool(flags & _FIXED_PITCH),
        family=family_of(plain_name),
    )


def family_of(name: str) -> str | None:
    """`TimesNewRomanPS-BoldMT` is `Times New Roman`; None where nothing is left of the name."""
    stem = _STYLE_WORDS.sub("", re.split(r"[-,+]", name, maxsplit=1)[0])
    stem = _FOUNDRY.sub("", stem)
    parted = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", stem.replace("_", " ")).strip()
    return parted[:_LONGEST_FAMILY] if parted[:1].isalpha() and not _NUMBERED.match(parted) else None
