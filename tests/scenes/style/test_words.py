"""Every language says everything, fits its lines and can be drawn."""

from __future__ import annotations

import string
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenes import catalog
from scenes.style.fonts import missing_characters
from scenes.style.words import LOCALES, MOST_LINES, Words, _table, broken

locales = pytest.mark.parametrize("locale", LOCALES)
# As long as a number on screen gets: 1,000 points, 97.25 %, −1.5e7.
LONG_NUMBER = "1000"
CHINESE = "们曲线点分开它一条直能，。：；（）「」abc12 %…"


def entries(table: dict[str, Any], path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield the path and the words of every entry of a captions file."""
    for key, value in table.items():
        if isinstance(value, dict):
            yield from entries(value, (*path, key))
        else:
            yield (*path, key), value


def placeholders(words: str) -> set[str]:
    """Return the names in braces."""
    return {name for _, name, _, _ in string.Formatter().parse(words) if name is not None}


def filled(words: str) -> str:
    """Return words with a long number for every placeholder."""
    return words.format(**dict.fromkeys(placeholders(words), LONG_NUMBER))


@locales
def test_every_locale_says_the_same_things(locale: str) -> None:
    english = dict(entries(_table("en")))
    translated = dict(entries(_table(locale)))
    assert set(translated) == set(english)
    for path, words in translated.items():
        assert placeholders(words) == placeholders(english[path]), path


@locales
def test_nothing_is_empty_or_ends_in_blanks(locale: str) -> None:
    for path, words in entries(_table(locale)):
        assert isinstance(words, str), path
        assert words.strip() == words != "", path
        assert "  " not in words, path
        assert "\n" not in words, path


@locales
def test_every_character_can_be_drawn(locale: str) -> None:
    for path, words in entries(_table(locale)):
        assert missing_characters(words) == [], path


def test_a_character_that_no_font_has_is_noticed() -> None:
    assert missing_characters("a𓀀b\U000f0000𓀀 ") == ["𓀀", "\U000f0000"]


@locales
def test_every_beat_has_its_caption(scene_name: str, locale: str) -> None:
    captions = _table(locale)[scene_name]["beats"]
    beats = catalog.definition(scene_name).beats
    for beat in beats:
        assert any(key == beat or key.startswith(f"{beat}-") for key in captions), beat
    for key in captions:
        assert any(key == beat or key.startswith(f"{beat}-") for beat in beats), f"{key} is of no beat"


@locales
def test_captions_fit_their_lines(scene_name: str, locale: str) -> None:
    words = Words.of(scene_name, locale)
    for key, caption in _table(locale)[scene_name]["beats"].items():
        lines = words.lines(filled(caption))
        assert len(lines) <= MOST_LINES, key
        assert max(map(len, lines)) <= LOCALES[locale].line_length, f"{key}: {lines}"


@locales
def test_captions_can_be_read_while_they_stay(scene_name: str, locale: str) -> None:
    words = Words.of(scene_name, locale)
    for key, caption in _table(locale)[scene_name]["beats"].items():
        assert words.reading_time(filled(caption)) <= 7.0, key


@locales
def test_titles_fit_one_line(scene_name: str, locale: str) -> None:
    title = Words.of(scene_name, locale).title
    assert len(title) <= LOCALES[locale].line_length


def test_chinese_uses_chinese_signs() -> None:
    for locale in ("zh-Hant", "zh-Hans"):
        for path, words in entries(_table(locale)):
            chinese = any("\u4e00" <= sign <= "\u9fff" for sign in words)
            assert not (chinese and set(words) & set(",;?!")), path


def test_a_scenes_own_label_comes_before_the_shared_one(monkeypatch: pytest.MonkeyPatch) -> None:
    table = {"labels": {"a": "shared {n}", "b": "all"}, "own": {"labels": {"a": "own {n}"}}, "other": {}}
    monkeypatch.setattr("scenes.style.words._table", lambda locale: table)
    assert Words.of("own", "en").label("a", n=1) == "own 1"
    assert Words.of("other", "en").label("a", n=1) == "shared 1"
    assert Words.of("own", "en").label("b") == "all"
    with pytest.raises(KeyError):
        Words.of("own", "en").label("c")


english_text = st.lists(
    st.text(string.ascii_letters + string.digits + ",;:", min_size=1, max_size=9), min_size=1, max_size=14
).map(" ".join)


@given(english_text)
def test_english_breaks_at_spaces_alone(text: str) -> None:
    locale = LOCALES["en"]
    lines = broken(text, locale)
    assert " ".join(lines) == text
    assert len(lines) == (1 if len(text) <= locale.line_length or " " not in text else 2)
    possible = [
        max(len(text[:k]), len(text[k + 1 :])) <= locale.line_length for k, c in enumerate(text) if c == " "
    ]
    if len(lines) == 2 and any(possible):
        assert max(map(len, lines)) <= locale.line_length


@given(st.text(CHINESE, min_size=1, max_size=32))
def test_chinese_breaks_where_chinese_may(text: str) -> None:
    text = " ".join(text.split())
    locale = LOCALES["zh-Hant"]
    lines = broken(text, locale)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert len(lines) <= MOST_LINES
    if len(lines) == 2:
        first, second = lines
        assert second == "" or second[0] not in "，。、；：？！）」』》〉…%"
        assert first == "" or first[-1] not in "（「『《〈"
        # A word or number in Latin signs stays whole.
        assert not (
            text[len(first)] == second[:1] and (first[-1:] + second[:1]).isascii() and first and second
        )


def test_halves_are_about_equal() -> None:
    text = "one two three four five six seven eight nine ten eleven"
    first, second = broken(text, LOCALES["en"])
    assert abs(len(first) - len(second)) <= 6


def test_reading_takes_longer_in_fewer_signs() -> None:
    assert Words.of("two-curves", "en").reading_time("a" * 30) == pytest.approx(2.0)
    assert Words.of("two-curves", "zh-Hans").reading_time("点" * 18) == pytest.approx(2.0)
