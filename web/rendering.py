"""From a template and its values to an answer."""

from __future__ import annotations

from pathlib import Path

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from services.policy import Action, Actor, allowed
from web import report_words, strings
from web.filters import FILTERS
from web.headers import GUARDS, UNKEPT
from web.links import Links
from web.site import site_of

_FOLDER = Path(__file__).parent / "templates"


def make_environment() -> Environment:
    """Templates in which everything is escaped and a misspelt name is an error, not a gap."""
    environment = Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.filters.update(FILTERS)
    environment.globals.update(words=strings, report_words=report_words)
    return environment


def _sees_reports(actor: Actor) -> bool:
    return allowed(actor, Action.READ_REPORT, actor.unit)


def links_of(request: Request) -> Links:
    """Addresses below the path that the site is mounted at."""
    return Links(str(request.scope.get("root_path", "")))


def render(request: Request, template: str, *, status: int = 200, **values: object) -> HTMLResponse:
    """The page, with what every page needs: links, style sheets, the notice, who looks."""
    site, links = site_of(request), links_of(request)
    visitor = getattr(request.state, "visitor", None)
    text = site.environment.get_template(template).render(
        links=links,
        style=links.asset(site.assets["kaohe.css"].name),
        icon=links.asset(site.assets["icon.svg"].name),
        notice=site.notice,
        trial=site.trial,
        visitor=visitor,
        sees_reports=visitor is not None and _sees_reports(visitor.actor),
        **values,
    )
    # Said here too: the answer to an unexpected error does not pass the layer that adds them.
    return HTMLResponse(text, status, headers={**GUARDS, **UNKEPT})
