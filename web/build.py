"""The pages as one application, to be mounted by the front door."""

from __future__ import annotations

from fastapi import Depends, FastAPI

from services.context import Context
from services.policy import Actor
from web.assets import read_assets
from web.forms import demand_own_form
from web.headers import GuardedAnswers
from web.pages import account, card, evidence, export, faults, files, filing, ranking, report, session
from web.rendering import make_environment
from web.site import Site, Trial
from web.uploads import upload_turns


def create_web(
    context: Context, *, viewer: Actor | None, notice: str = "", trial: Trial | None = None
) -> FastAPI:
    """The pages over the use cases of `context`.

    viewer: as whom those look who gave no key; None = visitors are asked for theirs.
    notice: a line on every page, such as that the data are simulated; empty for none.
    trial: how anybody may try out reporting; None = not at all.
    """
    own_forms = [Depends(demand_own_form)]
    app = FastAPI(title="考核", openapi_url=None, docs_url=None, redoc_url=None, dependencies=own_forms)
    app.state.upload_turns = upload_turns()
    app.state.site = Site(
        context=context,
        viewer=viewer,
        notice=notice,
        trial=trial,
        environment=make_environment(),
        assets=read_assets(),
    )
    app.add_middleware(GuardedAnswers)
    for page in (ranking, card, account, export, filing, report, evidence, session, files):
        app.include_router(page.router)
    faults.handle(app)
    return app
