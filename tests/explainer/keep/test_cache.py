"""Finished videos kept by content."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from explainer.errors import UserError
from explainer.jobs.formats import parse_size
from explainer.keep.cache import Cache, cache_at
from explainer.keep.entry import MANIFEST, Damaged, Entry

CONTENTS = {".png": b"picture", ".vtt": b"words", ".json": b"{}", ".mp4": b"video" * 1000}
KEY, OTHER = "a" * 64, "b" * 64


class Kept(Cache):
    """A cache that keeps its warnings."""

    def __init__(self, place: Path, limit: int = 10**6) -> None:
        self.warnings: list[str] = []
        super().__init__(place, limit, self.warnings.append)


@pytest.fixture
def cache(tmp_path: Path) -> Kept:
    return Kept(tmp_path / "cache")


def store(cache: Cache, folder: Path, key: str = KEY, contents: dict[str, bytes] = CONTENTS) -> Entry | None:
    folder.mkdir(exist_ok=True)
    for suffix, content in contents.items():
        (folder / f"mine{suffix}").write_bytes(content)
    return cache.store(key, "mine", [folder / f"mine{suffix}" for suffix in contents])


def test_what_was_stored_comes_back_under_another_name(cache: Kept, tmp_path: Path) -> None:
    assert cache.find(KEY) is None
    store(cache, tmp_path / "made")
    entry = cache.find(KEY)
    assert entry is not None
    (tmp_path / "out").mkdir()
    copies = entry.copy(tmp_path / "out", "yours")
    assert {suffix: path.read_bytes() for suffix, path in copies.items()} == CONTENTS
    assert list(copies) == list(CONTENTS)
    assert copies[".mp4"] == tmp_path / "out/yours.mp4"
    assert entry.is_at(tmp_path / "out", "yours")
    assert not entry.is_at(tmp_path / "out", "mine")
    assert cache.warnings == []
    assert sorted(path.name for path in cache.place.iterdir()) == [".gitignore", "entries"]


@pytest.mark.parametrize("suffix", [*CONTENTS, MANIFEST])
def test_every_flipped_bit_is_a_miss_with_a_warning(cache: Kept, tmp_path: Path, suffix: str) -> None:
    (tmp_path / "out").mkdir()
    entry = store(cache, tmp_path / "made")
    assert entry is not None
    whole = (entry.folder / suffix).read_bytes()
    places = range(len(whole)) if len(whole) < 100 else range(0, len(whole), len(whole) // 40)
    for place in places:
        for bit in (0, 5):
            damaged = bytearray(whole)
            damaged[place] ^= 1 << bit
            (entry.folder / suffix).write_bytes(damaged)
            with pytest.raises(Damaged):
                _use(cache, tmp_path / "out")
            assert len(cache.warnings) == 1
            assert suffix in cache.warnings.pop()
            assert cache.find(KEY) is None
            entry = store(cache, tmp_path / "made")
            assert entry is not None


def _use(cache: Cache, out: Path) -> None:
    """Do what a run does with an entry; Damaged for a miss."""
    entry = cache.find(KEY)
    if entry is None:
        raise Damaged
    try:
        entry.copy(out, "x")
    except Damaged as damage:
        cache.discard(KEY, damage)
        raise


@pytest.mark.parametrize("harm", ["cut", "longer", "gone", "another", "folder"])
@pytest.mark.parametrize("name", [".mp4", MANIFEST])
def test_other_damage_is_a_miss_with_a_warning(cache: Kept, tmp_path: Path, name: str, harm: str) -> None:
    (tmp_path / "out").mkdir()
    entry = store(cache, tmp_path / "made")
    other = store(cache, tmp_path / "made", OTHER, {".mp4": b"VIDEO" * 1000})
    assert entry is not None
    assert other is not None
    path = entry.folder / name
    content = path.read_bytes()
    path.unlink()
    if harm == "folder":
        path.mkdir()
    elif harm != "gone":
        changed = {
            "cut": content[:-1],
            "longer": content + b"x",
            "another": (other.folder / name).read_bytes(),
        }
        path.write_bytes(changed[harm])
    with pytest.raises(Damaged):
        _use(cache, tmp_path / "out")
    assert len(cache.warnings) == 1


def test_an_entry_under_another_key_is_a_miss(cache: Kept, tmp_path: Path) -> None:
    entry = store(cache, tmp_path / "made")
    assert entry is not None
    entry.folder.rename(entry.folder.with_name(OTHER))
    assert cache.find(OTHER) is None
    assert len(cache.warnings) == 1


def test_storing_again_replaces_what_is_there(cache: Kept, tmp_path: Path) -> None:
    store(cache, tmp_path / "made", contents={".mp4": b"old"})
    store(cache, tmp_path / "made", contents={".mp4": b"new"})
    entry = cache.find(KEY)
    assert entry is not None
    assert (entry.folder / ".mp4").read_bytes() == b"new"
    assert cache.summary().entries == 1


def test_what_was_used_longest_ago_goes_first_but_never_what_this_run_uses(tmp_path: Path) -> None:
    keys = [letter * 64 for letter in "abcd"]
    cache = Kept(tmp_path / "cache")

    def there() -> str:
        return "".join(key[0] for key in keys if cache.find(key))

    for key in keys[:3]:
        store(cache, tmp_path / "made", key, {".mp4": b"video"})
        cache.end_run([key])
    cache.end_run([keys[0]])
    store(cache, tmp_path / "made", keys[3], {".mp4": b"video"})
    size = cache.summary().size // 4
    cache.limit = 3 * size
    cache.end_run([keys[3]])
    assert there() == "acd"
    cache.limit = 1
    cache.end_run([keys[0], keys[3]])
    assert there() == "ad"
    cache.end_run([])
    assert there() == ""


@pytest.mark.parametrize("content", [b"", b"[]", b"{", b'{"a": "x"}', b"\xff"])
def test_a_damaged_list_of_uses_spoils_nothing(cache: Kept, tmp_path: Path, content: bytes) -> None:
    store(cache, tmp_path / "made")
    (cache.place / "uses.json").write_bytes(content)
    cache.end_run([KEY])
    assert cache.find(KEY) is not None
    assert cache.warnings == []


def test_what_a_killed_run_left_is_removed_by_the_next(cache: Kept, tmp_path: Path) -> None:
    abandoned = cache.place / ".nnmath-0123456789abcdef.part"
    abandoned.mkdir(parents=True)
    (abandoned / ".mp4").write_bytes(b"half")
    store(cache, tmp_path / "made")
    assert not abandoned.exists()


def test_many_at_once_leave_one_sound_entry(cache: Kept, tmp_path: Path) -> None:
    store(cache, tmp_path / "made")
    misses = []

    def work(number: int) -> None:
        for _ in range(20):
            store(cache, tmp_path / f"made-{number}")
            try:
                _use(cache, tmp_path / f"made-{number}")
            except Damaged as damage:
                misses.append(str(damage))
            cache.end_run([KEY])

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert misses == []
    assert cache.warnings == []
    assert [path.name for path in cache.place.iterdir() if path.name.endswith(".part")] == []


def test_a_cache_that_cannot_be_written_to_warns_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    cache = Kept(tmp_path / "file")
    assert store(cache, tmp_path / "made") is None
    cache.end_run([KEY])
    assert len(cache.warnings) == 1
    assert "not kept in the cache" in cache.warnings[0]
    assert cache.clear().entries == 0


def test_clearing_removes_entries_and_nothing_else(cache: Kept, tmp_path: Path) -> None:
    store(cache, tmp_path / "made")
    cache.end_run([KEY])
    (cache.place / "mine.txt").touch()
    before = cache.clear()
    assert before.entries == 1
    assert before.size > sum(map(len, CONTENTS.values()))
    assert cache.summary().entries == 0
    assert (cache.place / "mine.txt").exists()


def test_the_environment_says_where_and_how_much(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("NNMATH_CACHE", raising=False)
    assert cache_at(tmp_path, print).place == tmp_path / ".cache"
    assert cache_at(tmp_path, print).limit == 2 * 10**9
    monkeypatch.setenv("NNMATH_CACHE", str(tmp_path / "else"))
    monkeypatch.setenv("NNMATH_CACHE_LIMIT", "1.5 GB")
    assert cache_at(tmp_path, print).place == tmp_path / "else"
    assert cache_at(tmp_path, print).limit == 1_500_000_000


@pytest.mark.parametrize(
    ("text", "size"), [("7", 7), ("2kb", 2000), ("1.5M", 1_500_000), (" 3 TB ", 3 * 10**12)]
)
def test_sizes_as_people_write_them(text: str, size: int) -> None:
    assert parse_size(text, "--max-size") == size


@pytest.mark.parametrize("text", ["", "MB", "-1MB", "1 XB", "1e9", "nan", "٣MB"])
def test_what_is_no_size_is_refused(text: str) -> None:
    with pytest.raises(UserError, match=r"NNMATH_CACHE_LIMIT .*: not a size; write for example"):
        parse_size(text, "NNMATH_CACHE_LIMIT")
