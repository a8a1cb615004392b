"""A published bundle in a real browser: it plays, follows the reader's colours, and keeps to itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from threading import Thread
from typing import Any

import numpy as np
import pytest
from PIL import Image

from explainer.encoding.vp9 import Vp9Encoder
from scenes.style.theme import THEMES

pytestmark = pytest.mark.browser

PLAYS = "() => document.querySelector('video').currentTime > 0.3"
Open = Callable[..., Any]


@pytest.fixture
def open_page(browser: Any) -> Iterator[Open]:
    """Return a function that opens a file as a reader with certain wishes; asks made and errors are kept."""
    contexts: list[Any] = []

    def opened(place: Path | str, **wishes: Any) -> Any:
        context = browser.new_context(viewport={"width": 640, "height": 480}, **wishes)
        contexts.append(context)
        page = context.new_page()
        page.asked, page.errors = [], []
        page.on("request", lambda request: page.asked.append(request.url))
        page.on("pageerror", lambda error: page.errors.append(str(error)))
        page.goto(place.as_uri() if isinstance(place, Path) else place)
        return page

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture
def embed(bundle: Path) -> Path:
    return bundle / "two-curves" / "en" / "embed.html"


@pytest.fixture
def site(bundle: Path) -> Iterator[str]:
    """Serve the bundle on this machine: for what is read from disk, browsers save no requests."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_QuietHandler, directory=str(bundle)))
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


class _QuietHandler(SimpleHTTPRequestHandler):
    def log_message(self, *arguments: Any) -> None:
        pass


def shown(page: Any) -> str:
    """Return which file the page's video shows."""
    source: str = page.evaluate("() => document.querySelector('video').currentSrc")
    return source.rsplit("/", 1)[-1]


def start(page: Any, step: int = 0) -> None:
    """Start the video at a step, as a reader does it."""
    page.evaluate("() => { document.querySelector('details').open = true; }")
    page.locator("button").nth(step).click()


@pytest.mark.parametrize("scheme", ["dark", "light"])
def test_the_video_plays_in_the_readers_colours(open_page: Open, embed: Path, scheme: str) -> None:
    page = open_page(embed, color_scheme=scheme)
    start(page)
    page.wait_for_function(PLAYS)
    assert shown(page) == f"two-curves-{scheme}.webm"
    background = page.evaluate("() => getComputedStyle(document.body).backgroundColor")
    wanted = THEMES[scheme]["background"]
    assert background == f"rgb({', '.join(str(int(wanted[k : k + 2], 16)) for k in (1, 3, 5))})"
    assert page.errors == []


@pytest.mark.parametrize("ending", ["mp4", "webm"])
@pytest.mark.parametrize("theme", ["dark", "light"])
def test_every_file_plays(open_page: Open, embed: Path, theme: str, ending: str) -> None:
    page = open_page(embed)
    page.set_content("<video muted></video>")
    page.goto((embed.parent / f"two-curves-{theme}.{ending}").as_uri())
    page.wait_for_function(PLAYS)
    assert page.evaluate("() => document.querySelector('video').videoWidth") == 256


def test_the_theme_switches_live_and_the_video_goes_on(open_page: Open, embed: Path) -> None:
    page = open_page(embed, color_scheme="dark")
    start(page, 1)
    page.wait_for_function("() => document.querySelector('video').currentTime > 3")
    before = page.evaluate("() => document.querySelector('video').currentTime")
    page.emulate_media(color_scheme="light")
    page.wait_for_function(
        "() => document.querySelector('video').currentSrc.endsWith('two-curves-light.webm')"
    )
    page.wait_for_function(f"() => document.querySelector('video').currentTime > {before + 0.2}")
    assert not page.evaluate("() => document.querySelector('video').paused")
    assert page.evaluate("() => document.querySelector('video').poster").endswith("two-curves-light.png")


def test_a_video_that_has_not_begun_switches_its_poster_alone(open_page: Open, site: str) -> None:
    page = open_page(f"{site}/two-curves/en/embed.html", color_scheme="light")
    poster = "() => document.querySelector('video').poster.endsWith('two-curves-{}.png')"
    page.wait_for_function(poster.format("light"))
    page.emulate_media(color_scheme="dark")
    page.wait_for_function(poster.format("dark"))
    assert not [url for url in page.asked if url.endswith((".webm", ".mp4"))]


def test_nothing_moves_unasked(open_page: Open, embed: Path) -> None:
    page = open_page(embed)
    page.wait_for_timeout(700)
    state = (
        "() => { const v = document.querySelector('video'); return [v.paused, v.currentTime, v.controls]; }"
    )
    assert page.evaluate(state) == [True, 0, True]


def test_who_wants_less_motion_gets_stills(open_page: Open, embed: Path) -> None:
    page = open_page(embed, reduced_motion="reduce")
    assert page.evaluate("() => document.querySelector('details').open")
    button = page.locator("button").nth(2)
    button.click()
    end = float(button.get_attribute("data-end"))
    page.wait_for_function(f"() => Math.abs(document.querySelector('video').currentTime - {end}) < 0.2")
    page.wait_for_timeout(400)
    assert page.evaluate("() => document.querySelector('video').paused")
    assert abs(page.evaluate("() => document.querySelector('video').currentTime") - end) < 0.2
    page.emulate_media(reduced_motion="no-preference")
    page.wait_for_function("() => !document.querySelector('details').open")


def test_no_request_leaves_the_folder(open_page: Open, bundle: Path, embed: Path) -> None:
    page = open_page(bundle / "index.html")
    for frame in page.locator("iframe").all():
        frame.scroll_into_view_if_needed()
        frame.content_frame.locator("video").wait_for()
    page.wait_for_timeout(300)
    single = open_page(embed)
    start(single)
    single.wait_for_function(PLAYS)
    asked = page.asked + single.asked
    assert len([url for url in asked if url.endswith("embed.html")]) == 3
    assert [url for url in asked if not url.startswith(bundle.as_uri() + "/")] == []
    assert page.errors == single.errors == []


def test_far_away_videos_are_not_loaded(open_page: Open, bundle: Path, site: str) -> None:
    index = (bundle / "index.html").read_text(encoding="utf-8")
    code = index[index.index("<iframe") : index.index("</iframe>") + len("</iframe>")]
    host = bundle / "host.html"
    far = "<div style='height:20000px'></div>"
    host.write_text(f"<!doctype html><link rel=icon href=data:><title>x</title>{far}{code}", encoding="utf-8")
    page = open_page(f"{site}/host.html")
    page.wait_for_timeout(300)
    assert [url.rsplit("/", 1)[-1] for url in page.asked if url != "data:,"] == ["host.html"]
    page.locator("iframe").scroll_into_view_if_needed()
    page.locator("iframe").content_frame.locator("video[poster]").wait_for()
    assert [url for url in page.asked if url.endswith("embed.html")] == [f"{site}/two-curves/en/embed.html"]
    assert not any(url.endswith((".webm", ".mp4")) for url in page.asked)


def test_languages_are_marked(open_page: Open, bundle: Path) -> None:
    page = open_page(bundle / "index.html")
    assert page.evaluate("() => document.documentElement.lang") == "en"
    sections = "() => [...document.querySelectorAll('section')].map(s => [s.id, s.lang])"
    assert page.evaluate(sections) == [["en", "en"], ["zh-Hant", "zh-Hant"]]
    chinese = open_page(bundle / "two-curves" / "zh-Hant" / "embed.html")
    assert chinese.evaluate("() => document.documentElement.lang") == "zh-Hant"
    assert chinese.title() == "兩條曲線，兩個類別"


def test_a_transparent_webm_shows_the_page(open_page: Open, tmp_path: Path) -> None:
    page_colour = (13, 16, 23)
    frame = np.zeros((90, 160, 4), np.uint8)
    frame[:, :] = (*page_colour, 0)
    # Half-opaque red in the right half, as it is drawn over its page.
    frame[:, 80:] = (*((np.array([255, 0, 0]) + page_colour) // 2), 128)
    encoder = Vp9Encoder(tmp_path / "clear.webm", 160, 90, 15, page=page_colour)
    encoder.write(frame, 30)
    encoder.save({})
    host = tmp_path / "host.html"
    host.write_text(
        "<!doctype html><title>x</title><style>body { margin: 0; background: rgb(0, 0, 200); }"
        " video { display: block; }</style><video src=clear.webm autoplay muted loop></video>",
        encoding="utf-8",
    )
    page = open_page(host)
    page.wait_for_function(PLAYS)
    picture = np.asarray(Image.open(BytesIO(page.screenshot())).convert("RGB")).astype(int)
    assert picture[45, 40] == pytest.approx([0, 0, 200], abs=6)
    assert picture[45, 120] == pytest.approx([128, 0, 100], abs=8)
