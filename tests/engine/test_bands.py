"""The oracle here knows nothing of how pictures are made safe: it only calls and compares."""

from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from itertools import combinations, permutations

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from meetings.engine.bands import (
    FLOOR,
    Band,
    Picture,
    Progress,
    picture,
    progress,
    words_picture,
)

Tally = tuple[int, ...]
FEW, SOME, MOST, SEVERAL = Band.FEW, Band.SOME, Band.MOST, Band.SEVERAL

ROOMS = [(n, options) for n in range(5, 13) for options in range(2, 6)]
LARGER_ROOMS = [(n, 2) for n in range(13, 31)] + [(n, 3) for n in range(13, 22)] + [(5, 6), (6, 6)]


def tallies(n: int, options: int) -> Iterator[Tally]:
    if options == 1:
        yield (n,)
        return
    for first in range(n + 1):
        for rest in tallies(n - first, options - 1):
            yield (first, *rest)


@cache
def rooms_by_picture(n: int, options: int) -> dict[Picture, list[Tally]]:
    """What someone who knows the module can tell from each picture."""
    fits = defaultdict(list)
    for tally in tallies(n, options):
        fits[picture(tally)].append(tally)
    return fits


def tallies_of_real_people(n: int, words: int) -> set[Tally]:
    """Every tally that n people can make, each picking one to three words."""
    choices = [set(c) for size in (1, 2, 3) for c in combinations(range(words), size)]
    answers = [tuple(int(word in choice) for word in range(words)) for choice in choices]
    reached = {(0,) * words}
    for _ in range(n):
        reached = {
            tuple(map(int.__add__, tally, answer)) for tally in reached for answer in answers
        }
    return reached


def assert_nobody_is_singled_out(fits: list[Tally], n: int) -> None:
    assert len(fits) >= 2
    for counts in (set(option) for option in zip(*fits, strict=True)):
        assert counts not in ({1}, {n})
        # Stronger than promised to people: nothing is certain but that "some" of five is three.
        assert len(counts) > 1 or (n, counts) == (5, {3})


def reads(drawn: Picture) -> tuple[Band, ...]:
    return tuple(bar.band for bar in drawn.bars)


@pytest.mark.parametrize(("n", "options"), ROOMS + LARGER_ROOMS)
def test_every_picture_fits_two_tallies_and_singles_nobody_out(n: int, options: int) -> None:
    for fits in rooms_by_picture(n, options).values():
        assert_nobody_is_singled_out(fits, n)


@pytest.mark.parametrize(("n", "options"), ROOMS)
def test_a_picture_means_what_it_says(n: int, options: int) -> None:
    for drawn, fits in rooms_by_picture(n, options).items():
        assert drawn.mixed == (drawn.bars == ())
        if drawn.mixed:
            continue
        assert [bar.option for bar in drawn.bars] == list(range(options))
        for tally in fits:
            for count, band in zip(tally, reads(drawn), strict=True):
                assert (band is FEW) == (count <= 2)
                assert band is not MOST or count > 2 * n / 3
                assert band is not SOME or 3 <= count <= 2 * n / 3


@pytest.mark.parametrize("n", range(5, 11))
def test_merged_bands_are_drawn_for_every_tally_that_reads_so(n: int) -> None:
    """So that seeing a merged band tells nothing beyond the band."""
    for options in range(2, 5):
        for drawn, fits in rooms_by_picture(n, options).items():
            if SEVERAL in reads(drawn):
                assert set(reads(drawn)) <= {FEW, SEVERAL}
                assert fits == [
                    tally
                    for tally in tallies(n, options)
                    if all(
                        (count >= 3) == (band is SEVERAL)
                        for count, band in zip(tally, reads(drawn), strict=True)
                    )
                ]


@pytest.mark.parametrize("n", range(6, 13))
def test_no_picture_at_all_does_not_give_away_how_the_room_split(n: int) -> None:
    for options in range(2, 6):
        fits = rooms_by_picture(n, options).get(Picture(bars=(), mixed=True), [])
        assert len({tuple(sorted(tally)) for tally in fits}) != 1


def test_every_word_picture_of_five_people_singles_nobody_out() -> None:
    fits = defaultdict(list)
    for tally in tallies_of_real_people(5, 5):
        fits[words_picture(tally, n=5)].append(tally)
    assert len(fits) > 100
    for fitting in fits.values():
        assert_nobody_is_singled_out(fitting, 5)


def neighbours(tally: Tally, word: int) -> Iterator[Tally]:
    """Tallies that differ in this word: all alike, alone, against another, reordered."""
    for count in range(4):
        yield (count,) * len(tally)
    for step in (1, -1, 2, -2):
        moved = list(tally)
        moved[word] += step
        yield tuple(moved)
        for other in range(len(tally)):
            if other != word:
                against = list(moved)
                against[other] -= step
                yield tuple(against)
    for other in range(len(tally)):
        swapped = list(tally)
        swapped[word], swapped[other] = swapped[other], swapped[word]
        yield tuple(swapped)


def assert_every_word_could_have_been_otherwise(tally: Tally, n: int) -> None:
    drawn = words_picture(tally, n)
    for word, count in enumerate(tally):
        assert any(
            words_picture(other, n) == drawn
            for other in neighbours(tally, word)
            if other[word] != count
            and n <= sum(other) <= 3 * n
            and all(0 <= people <= n for people in other)
        )


@st.composite
def rooms_that_picked_words(draw: st.DrawFn) -> tuple[Tally, int]:
    words = draw(st.integers(5, 16))
    pick = st.sets(st.integers(0, words - 1), min_size=1, max_size=3)
    picks = draw(st.lists(pick, min_size=6, max_size=40))
    return tuple(sum(word in chosen for chosen in picks) for word in range(words)), len(picks)


@given(rooms_that_picked_words())
@settings(max_examples=40, deadline=None, database=None)
def test_in_any_word_picture_every_word_could_have_been_otherwise(room: tuple[Tally, int]) -> None:
    assert_every_word_could_have_been_otherwise(*room)


@pytest.mark.parametrize(
    ("tally", "n"),
    [
        ((2,) * 5, 10),  # the fewest picks, each word as high as few goes
        ((2,) * 15, 30),
        ((3,) * 6 + (0,) * 4, 6),  # the most picks, each word as low as some goes
        ((6,) * 4 + (0,) * 3, 8),  # the most picks, each word as low as most goes
        ((9,) * 4 + (0,) * 12, 12),
        ((5, 5, 5, 3, 0, 0), 6),
        ((2, 6, 2, 2, 2, 0)[:5], 14),
        ((15, 2, 2, 2, 2), 23),
    ],
)
def test_a_word_tally_in_a_corner_is_not_given_away(tally: Tally, n: int) -> None:
    assert_every_word_could_have_been_otherwise(tally, n)


def test_a_list_of_words_shows_every_word_or_none() -> None:
    for tally in permutations((6, 3, 1, 0, 0)):
        assert len(words_picture(tally, n=7).bars) == 5


def test_bands_are_two_or_fewer_and_more_than_two_thirds() -> None:
    assert reads(picture((2, 0, 6))) == (FEW, FEW, MOST)
    assert reads(picture((3, 0, 5))) == (SOME, FEW, SOME)
    assert reads(picture((1, 1, 9, 2))) == (FEW, FEW, MOST, FEW)
    assert reads(picture((10, 2, 2, 1))) == (SOME, FEW, FEW, FEW)  # two thirds are not yet most
    assert reads(picture((11, 2, 1, 1))) == (MOST, FEW, FEW, FEW)
    assert reads(words_picture((9, 8, 3, 2, 0), n=12)) == (MOST, SOME, SOME, FEW, FEW)


def test_exactly_three_against_seven_reads_like_any_split_room() -> None:
    assert {reads(picture((yes, 10 - yes))) for yes in range(3, 8)} == {(SEVERAL, SEVERAL)}


def test_two_against_three_of_five_has_no_picture() -> None:
    assert picture((2, 3)).mixed
    assert picture((3, 2)) == picture((2, 3))


@pytest.mark.parametrize(("n", "options"), ROOMS)
def test_a_clear_majority_always_has_a_picture(n: int, options: int) -> None:
    for drawn, fits in rooms_by_picture(n, options).items():
        for tally in fits:
            if max(tally) > 2 * n / 3:
                assert reads(drawn)[tally.index(max(tally))] in (MOST, SEVERAL)
            if max(tally) > 3 * n / 4:
                assert reads(drawn)[tally.index(max(tally))] is MOST


@pytest.mark.parametrize(("n", "options"), ROOMS)
def test_pictures_stay_worth_looking_at(n: int, options: int) -> None:
    """Counted over tallies: at least so many at their finest, at most so many not at all."""
    rooms = rooms_by_picture(n, options)
    every = sum(len(fits) for fits in rooms.values())
    mixed = sum(len(fits) for drawn, fits in rooms.items() if drawn.mixed) / every
    merged = sum(len(fits) for drawn, fits in rooms.items() if SEVERAL in reads(drawn)) / every
    assert 1 - mixed - merged >= (0.26 if n >= 10 else 0.57)
    assert mixed <= (0.43 if (n, options) in ((5, 2), (6, 2)) else 0.27)
    assert merged == 0 or n >= 10


def test_a_picture_holds_places_and_bands_and_nothing_else() -> None:
    for tally in [(0, 0, 9), (1, 3, 5), (4, 4, 1), (3, 3, 3)]:
        shown = msgspec.to_builtins(picture(tally))
        assert set(shown) == {"bars", "mixed"}
        for place, bar in enumerate(shown["bars"]):
            assert bar == {"option": place, "band": bar["band"]}
            assert bar["band"] in {"few", "some", "most", "several"}


@pytest.mark.parametrize(
    "tally", [(2, 2), (4, 0, 0), (), (5,), (1,) * 8, (6, -1), (FLOOR - 1, 0)], ids=str
)
def test_too_few_answers_or_an_impossible_tally_is_refused_without_its_numbers(
    tally: Tally,
) -> None:
    with pytest.raises(ValueError, match=r"^[a-z ]+$"):
        picture(tally)


@pytest.mark.parametrize(
    ("tally", "n"),
    [
        ((2, 2, 0, 0, 0), 4),
        ((5, 5, 5, 1, 0), 5),  # more picks than three each
        ((1, 1, 1, 1, 0), 5),  # somebody picked nothing
        ((6, 1, 1, 1, 0), 5),  # somebody picked one word twice
        ((5, 0, 0, 0), 5),
        ((1,) * 17, 17),
    ],
    ids=str,
)
def test_an_impossible_bag_of_words_is_refused_without_its_numbers(tally: Tally, n: int) -> None:
    with pytest.raises(ValueError, match=r"^[a-z ]+$"):
        words_picture(tally, n)


def test_any_room_gets_its_picture_at_once_however_large() -> None:
    """Every family of tallies in the largest lists is weighed, so nothing here may enumerate."""
    assert reads(picture((300, 300, 100, 100, 100, 99, 1)))[-1] is FEW
    assert reads(words_picture((1000, 900, *(50,) * 13, 1), n=1000))[:2] == (MOST, MOST)


@pytest.mark.parametrize(
    ("answered", "eligible", "expected"),
    [
        (0, 9, Progress.NOBODY_YET),
        (0, 0, Progress.NOBODY_YET),
        (1, 9, Progress.SOME),
        (6, 9, Progress.SOME),
        (7, 9, Progress.MOST),
        (8, 9, Progress.MOST),
        (9, 9, Progress.EVERYONE),
        (9, 8, Progress.EVERYONE),  # someone answered and left
    ],
)
def test_progress_says_how_far_the_room_has_come(
    answered: int, eligible: int, expected: Progress
) -> None:
    assert progress(answered, eligible) is expected
