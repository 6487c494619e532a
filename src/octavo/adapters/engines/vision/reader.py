"""The reader in a child process: another engine finds the ink, the model may correct its spelling."""

from collections.abc import Callable

from octavo.domain.document import EngineIdentity, Line
from octavo.pipeline.firewall import admit
from octavo.pipeline.ink import resized
from octavo.pipeline.pictures import JPEG, encode_picture
from octavo.ports.engines import PageImage, Recogniser, SecondReading

ASKED_DPI = 150.0
"""More does not help the models that were tried in the field, and costs tokens."""


class VisionReader:
    """Implements `ports.engines.Recogniser` and `ports.engines.SecondReader`."""

    def __init__(
        self, identity: EngineIdentity, first: Recogniser, transcribe: Callable[[bytes, str], str]
    ) -> None:
        self._identity = identity
        self._first = first
        self._transcribe = transcribe
        """The picture and its media type to text; raises `EngineUnavailable`, `TemporaryFailure`."""

    @property
    def identity(self) -> EngineIdentity:
        return self._identity

    def recognise(self, image: PageImage) -> tuple[Line, ...]:
        """As the first engine reads it: also parts of pages are read, and those need no second reading."""
        return self._first.recognise(image)

    def read_again(self, image: PageImage, lines: tuple[Line, ...]) -> SecondReading:
        if not lines:
            # Without ink nothing could be admitted.
            return SecondReading(lines, ())
        picture = encode_picture(resized(image, ASKED_DPI), JPEG)
        admitted = admit(self._transcribe(picture, JPEG), lines)
        return SecondReading(admitted.lines, admitted.notes)
