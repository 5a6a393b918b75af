"""One server and one signed-in laptop for all the tests of a module, with meeting after meeting."""

from __future__ import annotations

import hashlib
import json
import re
import secrets
import sqlite3
from contextlib import closing

from playwright.sync_api import APIResponse, Browser

from tests.browser.people import Laptop, Phone, Watched
from tests.browser.server import Server

TOKEN_IN_FORM = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
TOKEN_IN_PAGE = re.compile(r'"X-CSRFToken": "([^"]+)"')

CHECKIN = {
    "choice": ("How was the week?", ["Steady", "Up and down", "Hard", "New"]),
    "scale": ("How much support is around you?", ["Hardly any", "A little", "Some", "Plenty"]),
    "yes-no": ("Did you sleep?", []),
    "text": ("What helped this week?", []),
    # In one's own words too, and read by the facilitator first.
    "screened": ("What is hard to say aloud?", []),
    "words": ("Which words fit right now?", ["Hopeful", "Tired", "Calm", "Worried", "Glad"]),
}


class Evening:
    """Meetings of one group, one after the other; whoever came is watched until the last ends."""

    def __init__(self, browser: Browser, server: Server) -> None:
        self.browser = browser
        self.server = server
        self.laptop = Laptop(browser, server.address)
        self.everyone: list[Watched] = [self.laptop]
        self.bystanders: list[Bystander] = []
        self.laptop.sign_in(server.sign_in_link)
        self.group = self.laptop.page.url

    def new_meeting(self) -> str:
        """End the meeting before, send its people home, open the doors of the next: its code."""
        self.end()
        self.laptop.page.goto(self.group)
        return self.laptop.open_doors()

    def end(self) -> None:
        for one in (*self.everyone[1:], *self.bystanders):
            one.close()
        for page in self.laptop.context.pages:
            if page is not self.laptop.page:
                page.close()
        if "/console/" in self.laptop.page.url:
            address = self.laptop.page.url
            self.laptop.page.goto(self.group)
            if self.laptop.page.get_by_text("Return to the meeting").count():
                self.laptop.page.goto(address)
                self.laptop.end()
        self.bystanders.clear()
        self.judge()
        del self.everyone[1:]

    def phone(self, **kwargs: object) -> Phone:
        address = str(kwargs.pop("address", self.server.address))
        phone = Phone(self.browser, address, **kwargs)  # type: ignore[arg-type]
        self.everyone.append(phone)
        return phone

    def bystander(self, code: str, name: str) -> Bystander:
        bystander = Bystander(self.browser, self.server.address)
        self.bystanders.append(bystander)
        bystander.join(code, name)
        return bystander

    def judge(self) -> None:
        """No complaint in any console, no request to anyone else."""
        complaints = [text for one in self.everyone for text in one.complaints]
        foreign = [url for one in self.everyone for url in one.foreign]
        for one in self.everyone:
            one.complaints.clear()
            one.foreign.clear()
        assert not complaints, complaints
        assert not foreign, foreign

    def close(self) -> None:
        for one in (*self.everyone, *self.bystanders):
            one.close()

    # What a group may have set up, written where the group keeps it.

    def arrange(self, *changes: tuple[str, tuple[object, ...]]) -> None:
        with closing(sqlite3.connect(self.server.folder / "facilitator.sqlite3")) as kept:
            for statement, values in changes:
                kept.execute(statement, values)
            kept.commit()

    def kept(self, question: str) -> list[tuple[object, ...]]:
        with closing(sqlite3.connect(self.server.folder / "facilitator.sqlite3")) as kept:
            return kept.execute(question).fetchall()

    def new_sign_in_link(self) -> str:
        token = secrets.token_urlsafe(24)
        self.arrange(
            (
                "INSERT INTO meetings_signinlink (digest, facilitator_id, expires) "
                "SELECT ?, id, '2999-01-01 00:00:00' FROM meetings_facilitator LIMIT 1",
                (hashlib.sha256(token.encode()).hexdigest(),),
            )
        )
        return f"{self.server.address}/in/{token}"

    def set_call_link(self, link: str) -> None:
        self.arrange(("UPDATE meetings_group SET call_link = ?", (link,)))

    def set_steps(self, *steps: tuple[str, str]) -> None:
        """The agenda from now on: for each step its kind, and for a check-in which of CHECKIN.

        A reading step gets the first reading that has parts.
        """
        agenda = "(SELECT id FROM meetings_agenda ORDER BY id LIMIT 1)"
        reading = "(SELECT id FROM meetings_reading WHERE json_array_length(parts) = 3 LIMIT 1)"
        changes: list[tuple[str, tuple[object, ...]]] = [("DELETE FROM meetings_agendastep", ())]
        changes.append(("UPDATE meetings_group SET free_text = 1", ()))
        for asks, (question, options) in CHECKIN.items():
            kind = "text" if asks == "screened" else asks
            feelings, screened = asks == "words", asks == "screened"
            changes.append(
                (
                    "INSERT INTO meetings_prompt "
                    "(kind, question, options, feelings, screened, revision, group_id) "
                    "SELECT ?, ?, ?, ?, ?, 1, id FROM meetings_group",
                    (kind, question, json.dumps(options), feelings, screened),
                )
            )
        for order, (kind, asks) in enumerate(steps):
            prompt = "(SELECT MAX(id) FROM meetings_prompt WHERE question = ?)"
            changes.append(
                (
                    'INSERT INTO meetings_agendastep ("order", kind, title, minutes, '
                    "text, script, agenda_id, reading_id, prompt_id)"
                    f" VALUES (?, ?, ?, 5, ?, ?, {agenda}, "
                    f"{reading if kind == 'reading' else 'NULL'}, {prompt if asks else 'NULL'})",
                    (
                        order,
                        kind,
                        f"{(asks or kind).capitalize()} step",
                        "A few words for everyone.",
                        "Say this aloud. [And remember this.]",
                        *([CHECKIN[asks][0]] if asks else []),
                    ),
                )
            )
        self.arrange(*changes)


class Bystander:
    """A participant without a page: only what its phone would send."""

    def __init__(self, browser: Browser, address: str) -> None:
        self.context = browser.new_context(base_url=address)
        self._headers: dict[str, str] = {}

    def join(self, code: str, name: str) -> None:
        door = f"/j/{code}"
        self._form(door, self.context.request.get(door), {"name": name})
        cards = self.context.request.get("/meeting")
        page = self._form("/meeting/cards", cards, {})
        found = TOKEN_IN_PAGE.search(page.text())
        assert found, "the meeting's page did not come"
        self._headers = {"X-CSRFToken": found[1]}

    def _form(self, path: str, page: APIResponse, form: dict[str, str]) -> APIResponse:
        found = TOKEN_IN_FORM.search(page.text())
        assert found, f"no form at {path}"
        return self.context.request.post(path, form={"csrfmiddlewaretoken": found[1], **form})

    def post(self, path: str, form: dict[str, str], method: str = "POST") -> int:
        send = self.context.request.fetch
        if method == "DELETE":
            return send(path, method=method, params=form, headers=self._headers).status
        return send(path, method=method, form=form, headers=self._headers).status

    def stays(self) -> None:
        """Give a sign of life, as an open page does every few seconds."""
        assert self.context.request.get("/meeting/regions").status < 300

    def close(self) -> None:
        self.context.close()
