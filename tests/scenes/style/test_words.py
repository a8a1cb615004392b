"""Every language says everything, fits its lines and can be drawn."""

from __future__ import annotations

import string
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import scenes
from scenes import catalog
from scenes.style.fonts import missing_characters
from scenes.style.locales import LOCALES
from scenes.style.words import MOST_LINES, SHARED_WORDS, MissingWords, Words, broken, words_in

locales = pytest.mark.parametrize("locale", LOCALES)
FILES = {"all scenes": SHARED_WORDS, **{each.name: each.words_file for each in catalog.definitions()}}
files = pytest.mark.parametrize("file", FILES.values(), ids=FILES)
# As long as a number on screen gets: 1,000 points, 97.25 %, −1.5e7.
LONG_NUMBER = "1000"
CHINESE = "们曲线点分开它一条直能，。：；（）「」abc12 %…"


def leaves(table: Mapping[str, object], path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Yield the path of every value of a TOML table."""
    for key, value in table.items():
        if isinstance(value, Mapping):
            yield from leaves(value, (*path, key))
        else:
            yield (*path, key)


def placeholders(words: str) -> set[str]:
    """Return the names in braces."""
    return {name for _, name, _, _ in string.Formatter().parse(words) if name is not None}


def filled(words: str) -> str:
    """Return words with a long number for every placeholder."""
    return words.format(**dict.fromkeys(placeholders(words), LONG_NUMBER))


def captions(scene_name: str, locale: str) -> dict[str, str]:
    """Return a scene's captions by key."""
    said = words_in(FILES[scene_name], locale)
    return {
        place.removeprefix("captions."): words
        for place, words in said.items()
        if place.startswith("captions.")
    }


def words_of(scene_name: str, locale: str) -> Words:
    return Words.of(FILES[scene_name], locale)


@files
def test_a_file_says_all_it_says_in_every_language_and_in_no_other(file: Path) -> None:
    languages: dict[tuple[str, ...], set[str]] = {}
    for *place, language in leaves(tomllib.loads(file.read_text(encoding="utf-8"))):
        languages.setdefault(tuple(place), set()).add(language)
    assert languages
    for place, said_in in languages.items():
        assert said_in == set(LOCALES), place
        assert place == ("title",) or (place[0] in {"captions", "labels"} and len(place) == 2), place


@files
@locales
def test_every_language_fills_in_the_same_values(file: Path, locale: str) -> None:
    english = words_in(file, "en")
    for place, words in words_in(file, locale).items():
        assert placeholders(words) == placeholders(english[place]), place


def test_no_words_file_is_left_over() -> None:
    assert set(Path(str(scenes.__file__)).parent.rglob("words.toml")) == set(FILES.values())


@files
@locales
def test_nothing_is_empty_or_ends_in_blanks(file: Path, locale: str) -> None:
    for path, words in words_in(file, locale).items():
        assert words.strip() == words != "", path
        assert "  " not in words, path
        assert "\n" not in words, path


@files
@locales
def test_every_character_can_be_drawn(file: Path, locale: str) -> None:
    for path, words in words_in(file, locale).items():
        assert missing_characters(words) == [], path


def test_a_character_that_no_font_has_is_noticed() -> None:
    assert missing_characters("a𓀀b\U000f0000𓀀 ") == ["𓀀", "\U000f0000"]


@locales
def test_every_caption_that_a_beat_may_choose_is_there_and_no_other(scene_name: str, locale: str) -> None:
    definition = catalog.definition(scene_name)
    declared = [key for beat in definition.beats for key in definition.captions_of(beat)]
    written = set(captions(scene_name, locale))
    assert set(declared) - written == set(), "missing"
    assert written - set(declared) == set(), "dead: no beat may choose it"


@locales
def test_captions_fit_their_lines(scene_name: str, locale: str) -> None:
    words = words_of(scene_name, locale)
    for key, caption in captions(scene_name, locale).items():
        lines = words.lines(filled(caption))
        assert len(lines) <= MOST_LINES, key
        assert max(map(len, lines)) <= LOCALES[locale].line_length, f"{key}: {lines}"


@locales
def test_captions_can_be_read_while_they_stay(scene_name: str, locale: str) -> None:
    words = words_of(scene_name, locale)
    for key, caption in captions(scene_name, locale).items():
        assert words.reading_time(filled(caption)) <= 7.0, key


@locales
def test_titles_fit_one_line(scene_name: str, locale: str) -> None:
    assert len(words_of(scene_name, locale).title) <= LOCALES[locale].line_length


@files
@pytest.mark.parametrize("locale", ["zh-Hant", "zh-Hans"])
def test_chinese_uses_chinese_signs(file: Path, locale: str) -> None:
    for path, words in words_in(file, locale).items():
        chinese = any("\u4e00" <= sign <= "\u9fff" for sign in words)
        assert not (chinese and set(words) & set(",;?!")), path


def test_a_scenes_own_label_comes_before_the_shared_one(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    shared, own, other = (tmp_path / f"{name}.toml" for name in ("shared", "own", "other"))
    shared.write_text("[labels]\na.en = 'shared {n}'\nb.en = 'all'\n")
    own.write_text("[labels]\na.en = 'own {n}'\n")
    other.write_text("")
    monkeypatch.setattr("scenes.style.words.SHARED_WORDS", shared)
    assert Words.of(own, "en").label("a", n=1) == "own 1"
    assert Words.of(other, "en").label("a", n=1) == "shared 1"
    assert Words.of(own, "en").label("b") == "all"
    assert Words.of(own, "en").texts() == {"labels.a": "own {n}", "labels.b": "all"}
    with pytest.raises(MissingWords, match=r"own\.toml: no labels\.c\.en; add it"):
        Words.of(own, "en").label("c")
    with pytest.raises(MissingWords, match=r"own\.toml: no labels\.a\.zh-Hant; add it"):
        Words.of(own, "zh-Hant").label("a")


@pytest.mark.parametrize("content", [None, b"[title", b"\xff"])
def test_a_words_file_that_cannot_be_read_is_named(tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "words.toml"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(MissingWords, match=r"words\.toml: no words can be read from it"):
        Words.of(file, "en").caption("rest")


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
        # A word or number in Latin signs stays whole; a sign of percent ends it.
        joined = (first[-1:] + second[:1]).isascii() and not first.endswith("%")
        assert not (text[len(first)] == second[:1] and joined and first and second)


def test_halves_are_about_equal() -> None:
    text = "one two three four five six seven eight nine ten eleven"
    first, second = broken(text, LOCALES["en"])
    assert abs(len(first) - len(second)) <= 6


def test_reading_takes_longer_in_fewer_signs() -> None:
    assert words_of("two-curves", "en").reading_time("a" * 30) == pytest.approx(2.0)
    assert words_of("two-curves", "zh-Hans").reading_time("点" * 18) == pytest.approx(2.0)
