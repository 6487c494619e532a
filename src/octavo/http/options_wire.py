"""What a job was asked to do, as the API answers it. The password is in no answer."""

from pydantic import BaseModel

from octavo.domain.job import JobOptions
from octavo.http.field_wire import InlineTemplateAnswer, render_inline
from octavo.http.identifiers import TEMPLATE


class OptionsAnswer(BaseModel):
    engine: str
    profile: str
    languages: list[str]
    pages: str
    document_type: str | None
    """As it was asked for; null: find out."""
    document_types: list[str]
    """Which it may be found to be; empty: any."""
    template_id: str | None
    template_version: int | None
    model: str | None
    """The language model that is asked, as `name at base URL`; null: none."""
    template: InlineTemplateAnswer | None
    """The schema that came with the job."""
    require_model: bool
    """The job fails where the model is not heard."""
    model_only: bool
    """Nothing is looked for beside what the model says."""
    ink_only: bool
    time_limit_s: float | None


def render_options(options: JobOptions) -> OptionsAnswer:
    return OptionsAnswer(
        engine=options.engine,
        profile=options.profile.value,
        languages=list(options.languages),
        pages=str(options.pages),
        document_type=options.document_type,
        document_types=list(options.document_types),
        template_id=TEMPLATE + options.template_id if options.template_id else None,
        template_version=options.template_version,
        model=options.model,
        ink_only=options.ink_only,
        time_limit_s=options.time_limit_s,
        template=render_inline(options.template) if options.template else None,
        require_model=options.require_model,
        model_only=options.model_only,
    )
