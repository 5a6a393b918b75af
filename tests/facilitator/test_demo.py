"""`facilitator demo`, as a program: what it prints, who comes, and that nothing is left of it."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from facilitator import command
from facilitator.phones.laptop import Laptop
from facilitator.phones.phone import Phone
from tests.facilitator.demo_process import ROOT, Demo


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[Demo]:
    demo = Demo(tmp_path, "--phones", "3", "--pace", "20")
    yield demo
    if demo.process.poll() is None:
        demo.stop(signal.SIGKILL)


def test_the_link_leads_to_the_console_people_follow_and_come_again(demo: Demo) -> None:
    async def lead() -> None:
        async with Laptop(demo.base) as laptop, Phone(demo.base) as mine:
            await laptop.sign_in(demo.link)
            assert laptop.on_console
            assert laptop.code == demo.code
            keeping = asyncio.create_task(laptop.keep_current())
            # Three of them and the one who leads; then a phone of flesh and blood.
            await laptop.until(lambda: "4 here" in laptop.region("room").text)
            await mine.come_in(demo.code, "Me")
            await laptop.until(lambda: "5 here" in laptop.region("room").text)
            await laptop.go_to("Our Comfort Agreement")
            await laptop.until(lambda: laptop.region("lead-now").with_id("now-suggested"))
            await laptop.end()
            await keeping
            # In another thread, or nobody would read what it prints to this one.
            await asyncio.to_thread(demo.says, "Open the doors once more")
            laptop.group = laptop.path.removesuffix("receipt")
            await laptop.open_doors()
            keeping = asyncio.create_task(laptop.keep_current())
            await laptop.until(lambda: "4 here" in laptop.region("room").text)
            keeping.cancel()

    asyncio.run(lead())
    assert demo.stop(signal.SIGINT) == 0
    assert "Nothing of it is kept." in demo.output
    assert "ERROR" not in demo.output and "WARNING" not in demo.output
    assert demo.nothing_is_left()


def test_by_itself_a_meeting_comes_to_its_end_and_the_next_begins(tmp_path: Path) -> None:
    demo = Demo(tmp_path, "--by-itself", "--phones", "5", "--pace", "50")
    try:
        demo.says("The next one begins by itself")
    finally:
        assert demo.stop(signal.SIGTERM) == 0
    assert "ERROR" not in demo.output
    assert demo.nothing_is_left()


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_start_that_is_broken_off_leaves_no_folder(tmp_path: Path, how: signal.Signals) -> None:
    program = (
        "import os, signal\n"
        "from facilitator.demo import throwaway_home\n"
        "with throwaway_home():\n"
        "    print(os.path.isdir(os.environ['FACILITATOR_DATA']), flush=True)\n"
        f"    signal.raise_signal({how.value})\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        check=False,
        cwd=ROOT,
        env={**os.environ, "TMPDIR": str(tmp_path)},
        capture_output=True,
        text=True,
    )
    assert done.stdout.strip() == "True"
    assert done.returncode != 0
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("phones", ["0", "101", "500", "-1", "1.5", "many", ""])
def test_an_odd_number_of_phones_is_refused(
    phones: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as refused:
        command.main(["demo", f"--phones={phones}"])
    assert refused.value.code == 2
    assert "choose a whole number of phones from 1 to 100" in capsys.readouterr().err


@pytest.mark.parametrize("pace", ["0", "-1", "nan", "inf", "51", "fast"])
def test_an_odd_pace_is_refused(pace: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as refused:
        command.main(["demo", f"--pace={pace}"])
    assert refused.value.code == 2
    assert "a pace is a number from 0.1 to 50" in capsys.readouterr().err
