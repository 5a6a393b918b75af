"""Turns the exact tallies of an anonymous check-in into a picture that may be shown.

The promise, for every picture that can be shown, against someone who knows this module and how
many people answered: at least two different tallies fit it, and no option is certain to be one
person or everyone. It holds more strongly than that: no option's count is certain at all, with
one exception, that "some" among five people can only be three.

Three steps, each decided by (people, options) alone and the same for everyone:

1. Every option by its band: few or none, some, most.
2. Where two neighbouring bands together protect what one alone gives away, "some" and "most"
   become one band, "several", for *every* tally that reads so. Seeing a merged band
   therefore tells nothing beyond the band.
3. What is left has no picture ("mixed"). Where that would itself give a tally away, a few
   ordinary pictures are withdrawn to keep it company, those that say least first.

Bands are merged rather than options. Merging two options protects only if every ordinary picture
that reads the same is merged too, and then a majority of nine in ten blurs; merging just the
unsafe ones makes "these two were merged" a name for the exact tally.

Not covered: what people know already. Someone who subtracts their own answer is left with one
person less: the only one of five to say no learns from "most said yes" that all others said yes.
People who pool their answers learn more, and so does anyone who asks the same thing twice (the
room allows one showing). A near-unanimous picture says much about everyone. In a mixed or merged
picture not all tallies are equally likely.
"""

from enum import StrEnum
from itertools import combinations_with_replacement

import msgspec

FLOOR = 5
FEWEST_OPTIONS, MOST_OPTIONS = 2, 7
FEWEST_WORDS, MOST_WORDS = 5, 16


class Band(StrEnum):
    """How many chose an option, as far as anyone may know."""

    FEW = "few"  # none, one or two
    SOME = "some"
    MOST = "most"  # more than two thirds of those who answered
    SEVERAL = "several"  # some or most: three or more


class Bar(msgspec.Struct, frozen=True):
    """One option, by its place in the prompt, and its band."""

    option: int
    band: Band


class Picture(msgspec.Struct, frozen=True):
    """What may be shown: a bar for every option, or none at all when mixed."""

    bars: tuple[Bar, ...]
    mixed: bool


class Progress(StrEnum):
    """How far a room has come with answering, passes included."""

    NOBODY_YET = "nobody yet"
    SOME = "some"
    MOST = "most"
    EVERYONE = "everyone"


def progress(answered: int, eligible: int) -> Progress:
    """Says how far the room has come; passing and answering count alike."""
    if answered <= 0:
        return Progress.NOBODY_YET
    if answered >= eligible:
        return Progress.EVERYONE
    return Progress.MOST if _is_most(answered, eligible) else Progress.SOME


def can_be_drawn(options: int, *, words: bool) -> bool:
    """Whether a question with so many options, or words, can be shown once it is closed."""
    if words:
        return FEWEST_WORDS <= options <= MOST_WORDS
    return FEWEST_OPTIONS <= options <= MOST_OPTIONS


def picture(tally: tuple[int, ...]) -> Picture:
    """Draws one answer each: people per option, passes left out. ValueError outside the limits."""
    if not can_be_drawn(len(tally), words=False):
        raise ValueError("a choice has two to seven options")
    return _draw(tally, n=sum(tally), picks=1)


def words_picture(tally: tuple[int, ...], n: int, most_picks: int = 3) -> Picture:
    """Draws one to `most_picks` different words each: people per word, of `n` who answered."""
    if not can_be_drawn(len(tally), words=True):
        raise ValueError("a list has five to sixteen words")
    if not 1 <= most_picks <= len(tally):
        raise ValueError("nobody can pick that many words")
    return _draw(tally, n=n, picks=most_picks)


# The steps below work on bands in any order ("readings"), because safety does not depend on which
# option comes first: a few dozen readings stand for up to forty million pictures.
_Reading = tuple[Band, ...]
_Range = tuple[int, int]
_ORDER = (Band.MOST, Band.SOME, Band.FEW)


class _Cover(msgspec.Struct, frozen=True):
    """What is not shown by its finest bands, for one number of people and options."""

    several: frozenset[int]  # with so many options above few, some and most read as several
    mixed: frozenset[_Reading]  # in any order
    withdrawn: frozenset[_Reading]  # in this order only


def _draw(tally: tuple[int, ...], n: int, picks: int) -> Picture:
    # No message here names a number: exceptions reach logs.
    if n < FLOOR:
        raise ValueError("too few answered")
    if any(not 0 <= count <= n for count in tally) or not n <= sum(tally) <= picks * n:
        raise ValueError("no room of people gives this tally")
    bands = tuple(_band(count, n) for count in tally)
    cover = _cover(n, len(tally), picks)
    if tuple(sorted(bands, key=_ORDER.index)) in cover.mixed or bands in cover.withdrawn:
        return Picture(bars=(), mixed=True)
    if _raised(bands) in cover.several:
        bands = tuple(Band.FEW if band is Band.FEW else Band.SEVERAL for band in bands)
    return Picture(bars=tuple(Bar(option, band) for option, band in enumerate(bands)), mixed=False)


# Not cached: it takes a few milliseconds, and a cache would remember how many answered.
def _cover(n: int, options: int, picks: int) -> _Cover:
    shut: list[_Reading] = []
    fine: list[_Reading] = []
    for reading in combinations_with_replacement(_ORDER, options):
        if ranges := _ranges(reading, n, picks):
            (fine if _is_open(ranges, n) else shut).append(reading)

    several = set()
    for raised in {_raised(reading) for reading in shut}:
        merged = (Band.SEVERAL,) * raised + (Band.FEW,) * (options - raised)
        # A clear majority that is safe to show stays on show.
        costs_a_majority = any(Band.MOST in kept for kept in fine if _raised(kept) == raised)
        if not costs_a_majority and _is_open(_ranges(merged, n, picks), n):
            several.add(raised)

    mixed = [reading for reading in shut if _raised(reading) not in several]
    shown = [reading for reading in fine if _raised(reading) not in several]
    withdrawn = _company(mixed, shown, n, picks) if mixed else ()
    return _Cover(frozenset(several), frozenset(mixed), frozenset(withdrawn))


def _company(mixed: list[_Reading], shown: list[_Reading], n: int, picks: int) -> list[_Reading]:
    """Readings to withdraw, each in one order, until a mixed picture gives nothing away."""
    withdrawn: list[_Reading] = []

    def cost(reading: _Reading) -> tuple[bool, bool, int]:
        # A tight picture is rare, so it is missed least.
        return Band.MOST in reading, not _is_flat(reading), _room(reading, n, picks)

    for reading in sorted(shown, key=cost):
        # One reading alone means one exact split, if not whose; if flat, even whose. Two make every
        # option's count uncertain. Flat ones cost nothing, and are likelier company than most.
        alone = len(mixed) == 1 and not withdrawn
        if not alone and not _is_flat(reading):
            break
        if Band.MOST in reading and not _is_flat(mixed[0]):
            break
        withdrawn.append(reading)
    return withdrawn


def _is_flat(reading: _Reading) -> bool:
    """Whether all options read alike, which as a picture says nothing."""
    return len(set(reading)) == 1


def _is_most(count: int, n: int) -> bool:
    return 3 * count > 2 * n


def _band(count: int, n: int) -> Band:
    if count <= 2:
        return Band.FEW
    return Band.MOST if _is_most(count, n) else Band.SOME


def _range(band: Band, n: int) -> _Range:
    """The counts a band stands for, ends included."""
    if band is Band.FEW:
        return 0, 2
    two_thirds = 2 * n // 3
    return (
        two_thirds + 1 if band is Band.MOST else 3,
        two_thirds if band is Band.SOME else n,
    )


def _ranges(bands: _Reading, n: int, picks: int) -> dict[Band, _Range]:
    """The counts an option in each band can really have, given the others; empty if no tally fits.

    Each picks at least one and at most `picks`, so the counts add up to n at least and picks x n
    at most. Both ends are reached: one option is moved to its end, and the others have room to
    make up the sum.
    """
    own = {band: _range(band, n) for band in dict.fromkeys(bands)}
    low = high = 0
    for band, (lo, hi) in own.items():
        low += bands.count(band) * lo
        high += bands.count(band) * hi
    if low > picks * n or high < n:
        return {}
    return {
        band: (max(lo, n - high + hi), min(hi, picks * n - low + lo))
        for band, (lo, hi) in own.items()
    }


def _is_open(ranges: dict[Band, _Range], n: int) -> bool:
    """Whether more than one tally fits and no count is certain.

    Excused is a band that holds one number only: "some" of five is three, which its name tells.
    """
    certain = [band for band, (lo, hi) in ranges.items() if lo == hi]
    return len(certain) < len(ranges) and all(
        lo == hi for lo, hi in (_range(band, n) for band in certain)
    )


def _room(bands: _Reading, n: int, picks: int) -> int:
    """How much the counts can move: the smaller, the fewer tallies read so."""
    ranges = _ranges(bands, n, picks)
    return sum(hi - lo for lo, hi in (ranges[band] for band in bands))


def _raised(bands: _Reading) -> int:
    """How many options are above few."""
    return sum(band is not Band.FEW for band in bands)
