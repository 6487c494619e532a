"""Engines as the API tells them."""

from pydantic import BaseModel

from octavo.ports.engines import EngineDescription


class ModelAnswer(BaseModel):
    name: str
    sha256: str
    licence: str
    size_bytes: int


class EngineAnswer(BaseModel):
    name: str
    version: str
    digest: str
    profiles: list[str]
    languages: list[str]
    models: list[ModelAnswer]
    available: bool
    reason: str | None


class EngineListAnswer(BaseModel):
    engines: list[EngineAnswer]


def render_engine(engine: EngineDescription) -> EngineAnswer:
    return EngineAnswer(
        name=engine.name,
        version=engine.version,
        digest=engine.digest,
        profiles=[profile.value for profile in engine.profiles],
        languages=list(engine.languages),
        models=[
            ModelAnswer(name=m.name, sha256=m.sha256, licence=m.licence, size_bytes=m.size_bytes)
            for m in engine.models
        ],
        available=engine.available,
        reason=engine.reason,
    )
