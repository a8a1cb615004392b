"""Pages of a bundle: valid, escaped, in the right language, asking for nothing outside."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from explainer.publish.page import Edition, alt_text, embed_code, embed_page, index_page
from explainer.request.recipe import Recipe
from scenes.stage.beat import Beat

_VOID = {"meta", "source", "track", "link", "br", "img"}
HOSTILE = 'Is 1 < 2 & "so"? <script>alert(1)</script>'


class Outline(HTMLParser):
    """Reads a page strictly: every tag is closed in its turn, every id is there once."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self.feed(page)
        self.close()
        assert self.open == []
        ids = [attributes["id"] for _, attributes in self.tags if "id" in attributes]
        assert len(ids) == len(set(ids))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len(attrs) == len(dict(attrs)), tag
        self.tags.append((tag, dict(attrs)))
        if tag not in _VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text.append(data)

    def all(self, tag: str) -> list[dict[str, str | None]]:
        """Return the attributes of every such tag."""
        return [attributes for name, attributes in self.tags if name == tag]


def edition(
    locale: str = "en", title: str = "A title", stem: str = "two-curves", caption: str = "First"
) -> Edition:
    recipe = Recipe(
        scene="two-curves",
        preset="easy",
        title=title,
        parameters={},
        theme="dark",
        locale=locale,
        aspect="9:16",
        quality="draft",
        width=480,
        height=854,
        fps=15,
        frames=60,
        duration_s=4.0,
        beats=(
            Beat(key="one", start_s=0.0, end_s=2.2, caption=caption),
            Beat(key="two", start_s=2.2, end_s=4.0, caption="Then:\nthat?"),
        ),
        results={},
        versions={},
    )
    names = tuple(f"{stem}-{theme}.{ending}" for theme in ("dark", "light") for ending in ("mp4", "webm"))
    return Edition(f"{stem}/{locale}", title, f"{stem}-dark", f"{stem}-light", recipe, names)


def test_an_embed_page_holds_both_variants_and_the_steps() -> None:
    page = Outline(embed_page(edition()))
    (html,), (video,) = page.all("html"), page.all("video")
    assert html["lang"] == "en"
    assert (video["preload"], video["width"], video["height"]) == ("none", "480", "854")
    assert "controls" in video
    assert "autoplay" not in video
    assert (video["data-dark"], video["data-light"]) == ("two-curves-dark", "two-curves-light")
    sources = [(source["src"], source.get("media")) for source in page.all("source")]
    light = "(prefers-color-scheme: light)"
    assert sources == [
        ("two-curves-light.webm", light),
        ("two-curves-light.mp4", light),
        ("two-curves-dark.webm", None),
        ("two-curves-dark.mp4", None),
    ]
    assert [(b["data-start"], b["data-end"]) for b in page.all("button")] == [("0", "2.2"), ("2.2", "4")]
    assert [track["srclang"] for track in page.all("track")] == ["en"]


@pytest.mark.parametrize("locale", ["en", "zh-Hant", "zh-Hans"])
def test_what_is_said_is_escaped_in_every_language(locale: str) -> None:
    hostile = edition(locale, title=HOSTILE, caption=HOSTILE, stem='we"ird & co #1')
    for text in (embed_page(hostile), index_page([hostile])):
        page = Outline(text)
        assert len(page.all("script")) == text.count("<script>") <= 1
        assert "".join(page.text).count(HOSTILE) >= 1
    page = Outline(embed_page(hostile))
    (video,) = page.all("video")
    assert video["aria-label"] == HOSTILE
    assert page.all("source")[-1]["src"] == "we%22ird%20%26%20co%20%231-dark.mp4"


def test_the_index_groups_by_language() -> None:
    page = Outline(index_page([edition("en"), edition("en", stem="xor"), edition("zh-Hant")]))
    assert [html["lang"] for html in page.all("html")] == ["en"]
    assert [section["lang"] for section in page.all("section")] == ["en", "zh-Hant"]
    assert [frame["src"] for frame in page.all("iframe")] == [
        "two-curves/en/embed.html",
        "xor/en/embed.html",
        "two-curves/zh-Hant/embed.html",
    ]
    assert all(frame["loading"] == "lazy" and frame["title"] for frame in page.all("iframe"))
    assert "two-curves/en/two-curves-light.webm" in [link["href"] for link in page.all("a")]
    assert embed_code(edition("en")) in "".join(page.text)


def test_pages_name_no_address_outside() -> None:
    for text in (embed_page(edition()), index_page([edition(), edition("zh-Hans")])):
        assert not re.search(r"(?i)https?:|//[a-z0-9]|url\(|@import", text)
        page = Outline(text)
        places = [
            attributes[name] for _, attributes in page.tags for name in ("src", "href") if name in attributes
        ]
        assert places
        assert not [place for place in places if place is None or place.startswith(("/", ".."))]


def test_alt_text_is_title_and_captions() -> None:
    assert alt_text(edition()) == "A title. First. Then: that?"
    assert alt_text(edition("zh-Hant", title="標題", caption="第一步")) == "標題。第一步。Then: that?"
