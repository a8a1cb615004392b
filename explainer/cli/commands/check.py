"""`nnmath check`: measure the picture without encoding it."""

from __future__ import annotations

from dataclasses import asdict

import typer

from explainer.audit.looks import in_every_look
from explainer.cli.console import complain, say, say_json
from explainer.cli.options import Aspect, Everything, Json, Locale, Params, Scenes, Settings, Theme
from explainer.jobs.look import Wishes
from explainer.request.selection import select_jobs
from explainer.work.progress import displayed

EXAMPLES = (
    "Examples:\n\n"
    "[bold]nnmath check --all[/bold]\n\n"
    '[bold]nnmath check matrix-as-layer --set "weights=[[-123.456, 5]]" --locale en[/bold]'
)


def check(
    scenes: Scenes = None,
    everything: Everything = False,
    settings: Settings = None,
    params: Params = None,
    aspect: Aspect = None,
    theme: Theme = None,
    locale: Locale = None,
    json: Json = False,
) -> None:
    """Measure text, safe area, overlaps, contrast and captions, at rest and in motion.

    Every theme, locale and aspect is checked unless one is named. Ends with 2 if anything is found.
    """
    look = Wishes(theme=theme, locale=locale, aspect=aspect)
    chosen = select_jobs(
        scenes or [],
        everything=everything,
        settings=settings or [],
        params=params,
        look=look,
        warn=complain,
    )
    jobs = in_every_look(chosen, look)
    from explainer.audit.check import check_all

    with displayed(len(jobs)) as display:
        findings = check_all(jobs, progress=lambda job: display.end())
    if json:
        say_json([{**asdict(finding), "message": finding.message} for finding in findings], indent=2)
    else:
        for finding in findings:
            say(str(finding))
        say(f"{len(jobs)} checked, {len(findings) or 'nothing'} found")
    if findings:
        raise typer.Exit(2)
