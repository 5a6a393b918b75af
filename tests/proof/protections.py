"""Each protection and the test that watches over it: without the one, the other has to fail."""

from __future__ import annotations

from dataclasses import dataclass

from tests.proof.changes import Change


@dataclass(frozen=True)
class Protection:
    """What is promised, how it is taken out, and the tests that must then fail."""

    promise: str
    changes: tuple[Change, ...]
    tests: tuple[str, ...]


def _one(promise: str, file: str, old: str, new: str, *tests: str) -> Protection:
    return Protection(promise, ((file, old, new),), tests)


_CHECKINS, _SHARED = "meetings/engine/checkins.py", "meetings/engine/views/shared.py"
_ROOM_VIEW = "meetings/engine/views/phones.py"
_DOOR, _SEATS, _STORE = "meetings/views/door.py", "meetings/seats.py", "meetings/store.py"
_HOSTS, _SETTINGS = "facilitator/hosts.py", "facilitator/settings.py"
_NAMES, _RATIONING = "meetings/engine/names.py", "meetings/rationing.py"
_RULES, _ROOM, _LEAVE = "meetings/engine/rules.py", "meetings/room.py", "static/js/leave.js"
_DOOR_PAGE = "templates/meetings/door.html"
_LOG_CHECKS, _TABLE = "facilitator/log_checks.py", "meetings/engine/permissions.py"

_ANSWERS = "tests/engine/test_checkins.py::"
_OWN_WORDS = "tests/engine/test_own_words.py::"
_SWAPS = "tests/engine/test_swaps.py::"
_FORGETTING = (
    "tests/facilitator/test_forgetting.py::test_after_the_end_and_after_fifteen_minutes_alone_nothing"
    "_is_reachable"
)
_WIRE = "tests/meetings/test_answers_on_the_wire.py::"
_AFTERWARDS = "tests/meetings/test_afterwards.py::"
_OUT_OF_SIGHT = "tests/browser/test_out_of_sight.py::"
_SOCKET_ORIGINS = "tests/facilitator/test_doors.py::test_a_socket_from_another_origin_is_refused"
_STRICT = (
    "tests/facilitator/test_whole.py::test_it_lives_says_no_more_than_it_must_and_logs_no_content"
)

ANONYMITY = (
    _one(
        "Who gave which answer is noted nowhere.",
        _CHECKINS,
        "    tally = tuple(count + (option in chosen)",
        "    who = f'{actor.seat} {command.options}'\n"
        "    state = replace(state, used_prompts=state.used_prompts | {who})\n"
        "    tally = tuple(count + (option in chosen)",
        _SWAPS + "test_who_gave_which_answer_changes_no_byte_of_anything",
        "tests/engine/test_any_answers.py",
    ),
    _one(
        "… and printed nowhere.",
        "meetings/views/phone.py",
        "    if await leads_here(request, state):\n        raise Refused",
        "    print(_actor.seat, command)\n"
        "    if await leads_here(request, state):\n        raise Refused",
        _WIRE + "test_who_answered_what_changes_no_byte_that_goes_out_or_is_printed",
    ),
    _one(
        "Answers in people’s own words stand in an order that says nothing.",
        _CHECKINS,
        "tuple(sorted((*checkin.texts, _as_shown(command.text))))",
        "(*checkin.texts, _as_shown(command.text))",
        _OWN_WORDS + "test_who_wrote_what_changes_no_byte_of_anything",
        "tests/engine/test_order.py",
        "tests/engine/test_any_answers.py",
    ),
    _one(
        "One answer per seat.",
        _CHECKINS,
        "    if seat in checkin.answered:\n        raise Refused(Refusal.ALREADY_ANSWERED)\n",
        "",
        _ANSWERS + "test_one_answer_per_seat_and_no_change_of_it",
        _WIRE + "test_many_tabs_and_impatient_thumbs_answer_once",
    ),
    _one(
        "Only who was there when the question opened answers it.",
        _CHECKINS,
        "    if seat not in checkin.asked:\n        raise Refused(Refusal.CAME_LATER)\n",
        "",
        _ANSWERS + "test_a_seat_taken_after_the_question_opened_does_not_answer_it",
    ),
    _one(
        "Before it is closed, nothing that is seen follows the answers.",
        _SHARED,
        "        picture=result.picture if result else None,\n",
        "        picture=result.picture if result else state.checkin\n"
        "        and bands.Picture((), sum(state.checkin.tally[:1]) > 1),\n",
        _ANSWERS + "test_until_close_nobody_sees_a_difference_whatever_was_answered",
        _SWAPS + "test_before_it_is_closed_what_was_answered_changes_no_byte_of_what_is_seen"
        "_or_kept",
    ),
    _one(
        "Passing looks like answering to everyone else.",
        _SHARED,
        "bands.progress(len(state.checkin.answered), ",
        "bands.progress(state.checkin.answers, ",
        _ANSWERS + "test_passing_looks_like_answering",
        _WIRE + "test_before_it_is_closed_no_byte_no_length_and_no_number_of_frames_tells"
        "_an_answer",
    ),
    _one(
        "Nothing counts the answers of a question that is open.",
        "meetings/views/answers.py",
        '    response["X-Revision"] = str(stamp(now))\n    response["X-Now"]',
        '    response["X-Revision"] = str(state.revision)\n    response["X-Now"]',
        "tests/meetings/test_phone.py::test_polling_while_a_question_is_open_does_not_count_the"
        "_answers",
    ),
    _one(
        "A question is not asked where too few are.",
        _CHECKINS,
        "if len(state.seats_here(now)) < state.group.floor:",
        "if not state.seats_here(now):",
        _ANSWERS + "test_with_too_few_here_the_question_is_not_asked_and_not_used_up",
    ),
    _one(
        "Nothing is shown of fewer than five answers.",
        _CHECKINS,
        "    if checkin.answers < state.group.floor:\n",
        "    if not checkin.answers:\n",
        _ANSWERS + "test_below_the_floor_the_answers_are_destroyed_and_nothing_is_shown",
        "tests/engine/test_any_answers.py",
    ),
    _one(
        "The floor holds again for what is left after reading first.",
        _CHECKINS,
        "enough = len(screening.kept) >= state.group.floor",
        "enough = bool(screening.kept)",
        _OWN_WORDS + "test_the_floor_holds_again_for_what_is_left",
    ),
    _one(
        "A group raises the floor and never lowers it.",
        "meetings/editing/group.py",
        "        if floor < FLOOR:\n",
        "        if floor < 1:\n",
        "tests/meetings/preparing/test_settings.py::test_what_does_not_fit_comes_back_with_a_sentence",
    ),
    _one(
        "No question is asked twice in one meeting.",
        _CHECKINS,
        "    if state.has_asked(step.prompt):\n        raise Refused(Refusal.PROMPT_WAS_USED)\n",
        "",
        _ANSWERS + "test_a_prompt_is_shown_once",
        _ANSWERS + "test_a_prompt_is_not_asked_again_after_a_restart",
    ),
    _one(
        "Every picture fits two tallies at least.",
        "meetings/engine/bands.py",
        "(fine if _is_open(ranges, n) else shut).append(reading)",
        "fine.append(reading)",
        "tests/engine/test_bands.py::test_every_picture_fits_two_tallies_and_singles_nobody_out",
    ),
    _one(
        "An answer, another and a pass are equally long on the wire.",
        "static/js/live.js",
        '  body.set("pad", "x".repeat(to - (long % to)));\n',
        "",
        "tests/browser/test_answer_and_pass.py",
    ),
    _one(
        "Everyone sees how many seats there are.",
        _ROOM_VIEW,
        "        here=len(state.everyone_here(now)),\n",
        "        here=7,\n",
        _WIRE + "test_everyone_sees_how_many_seats_there_are_and_one_browser_has_one",
    ),
    _one(
        "… on the laptop as well.",
        "meetings/engine/views/laptop.py",
        "        here=len(state.everyone_here(now)),\n",
        "        here=7,\n",
        _WIRE + "test_everyone_sees_how_many_seats_there_are_and_one_browser_has_one",
    ),
    _one(
        "One browser has one seat.",
        _DOOR,
        "    if carried is not None and carried[0] == state.id:\n",
        "    if carried is not None and carried[0] == '':\n",
        "tests/meetings/test_door.py::test_two_scans_in_one_browser_are_one_person",
    ),
    _one(
        "Who leads does not answer.",
        _TABLE,
        "    c.Answer: {Role.PARTICIPANT: LIVE},\n",
        "    c.Answer: {Role.PARTICIPANT: LIVE, Role.FACILITATOR: LIVE},\n",
        "tests/engine/test_permissions.py::test_only_participants_answer_and_only_facilitators"
        "_lead",
    ),
)

FORGETTING = (
    Protection(
        "After the end, alone and removed: nothing of it stays in the process.",
        (
            (_ROOM, "NORMAL = 1000\n", "NORMAL = 1000\n_ALL: dict = {}\n"),
            (
                _ROOM,
                "        self.used[key] = html\n",
                "        _ALL[key] = self.used[key] = html\n",
            ),
        ),
        (
            _FORGETTING + "[in memory-ended]",
            _FORGETTING + "[in memory-alone]",
            "tests/facilitator/test_forgetting.py::test_of_someone_who_was_removed_only_the_seats"
            "_number_is_left",
        ),
    ),
    _one(
        "Who is removed leaves nothing behind.",
        _RULES,
        "        readers={part: reader for part, reader in state.readers.items() "
        "if reader != seat},\n",
        "",
        "tests/engine/test_doors.py::test_removing_takes_everything_of_that_seat_and_nothing"
        "_of_others",
    ),
    _one(
        "A meeting that nobody leads is forgotten after fifteen minutes.",
        "meetings/engine/state.py",
        "ABANDONED_AFTER = 15 * 60.0",
        "ABANDONED_AFTER = 20 * 60.0",
        "tests/engine/test_doors.py::test_a_meeting_is_abandoned_after_fifteen_minutes_without"
        "_a_facilitator",
    ),
    _one(
        "… by the store of one process, too.",
        _STORE,
        "            if entry.state.is_abandoned(now)\n",
        "            if entry.state.is_abandoned(now - 60)\n",
        "tests/meetings/test_store_contract.py::test_a_meeting_without_a_facilitator_is"
        "_forgotten_after_fifteen_minutes",
    ),
    _one(
        "It is forgotten without anyone asking.",
        _STORE,
        "        loop.call_later(EXPIRE_EVERY, expire)\n\n\n",
        "\n\n",
        "tests/meetings/test_running_records.py::test_an_abandoned_meeting_is_forgotten_without"
        "_anyone_asking",
    ),
    _one(
        "What lies in Redis ends by itself.",
        "meetings/redis_scripts.py",
        "redis.call('PEXPIRE', KEYS[2], ARGV[8])\n",
        "",
        "tests/meetings/test_redis_store.py::test_every_entry_ends_when_the_meeting_counts_as"
        "_abandoned",
    ),
    _one(
        "At the end nothing of it stays in Redis.",
        "meetings/redis_scripts.py",
        "redis.call('DEL', KEYS[2])\nredis.call('SET', KEYS[3], 1",
        "redis.call('SET', KEYS[3], 1",
        "tests/meetings/test_redis_store.py::test_after_the_end_nothing_of_it_lies_there",
    ),
    _one(
        "… and no record and no key stays on the disk.",
        _STORE,
        "            self._entries.pop(meeting_id, None)\n"
        "            if self._records:\n"
        "                self._records.destroy(meeting_id)\n",
        "            self._entries.pop(meeting_id, None)\n",
        "tests/meetings/test_running_records.py::test_destroying_leaves_no_record_and_no_key",
    ),
    _one(
        "A cookie kept from before opens nothing.",
        _STORE,
        "            self._entries.pop(meeting_id, None)\n",
        "",
        "tests/meetings/test_seats.py::test_after_the_end_a_cookie_opens_nothing",
    ),
    _one(
        "A cookie shows neither seat nor name.",
        _SEATS,
        "    sealed = seals.seal(await store.key(meeting_id), name, padded)\n",
        "    sealed = padded\n",
        "tests/meetings/test_seats.py::test_a_cookie_shows_neither_seat_nor_name",
    ),
    _one(
        "Every column that there is stands on the list.",
        "facilitator/held.py",
        '            "camera_line":',
        '            "camera_lines":',
        "tests/facilitator/test_held.py::test_every_column_of_every_table_has_its_line_and_none"
        "_is_made_up",
    ),
    _one(
        "The page of what is kept is the list.",
        "docs/what-we-hold.md",
        "# What we could hand over",
        "# What we hand over",
        "tests/facilitator/test_held.py::test_the_written_list_is_the_one_that_the_test_holds"
        "_to_the_database",
    ),
    _one(
        "A PostgreSQL that logs statements is found by the check.",
        _LOG_CHECKS,
        '    "log_statement": Quiet("none", ("ddl",), "statements"),\n',
        "",
        "tests/facilitator/test_log_checks.py::test_each_setting_of_postgres_that_writes_words"
        "_down_is_named_and_mended_as_told",
    ),
    _one(
        "A proxy that nobody looked at is found by the check.",
        _LOG_CHECKS,
        "    if not settings.FACILITATOR_BEHIND_PROXY or settings.FACILITATOR_PROXY_IS_QUIET:\n",
        "    if True:\n",
        "tests/facilitator/test_log_checks.py::test_a_proxy_that_nobody_looked_at_is_found",
    ),
    _one(
        "A Redis that lists slow commands is found by the check.",
        _LOG_CHECKS,
        '    "slowlog-log-slower-than": "commands that took long",\n',
        "",
        "tests/facilitator/test_log_checks.py::test_each_list_that_redis_keeps_is_named_and"
        "_mended_as_told",
    ),
)

PHONE = (
    _one(
        "No cache keeps a page.",
        "facilitator/middleware.py",
        'response["Cache-Control"] = "no-store"',
        'response["Cache-Control"] = "no-cache"',
        "tests/meetings/test_door.py::test_pages_are_kept_by_no_cache",
    ),
    _one(
        "No page says to another where somebody was.",
        "facilitator/middleware.py",
        '"Referrer-Policy", "no-referrer"',
        '"Referrer-Policy", "same-origin"',
        "tests/facilitator/test_origins.py::test_a_browser_that_says_where_requests_come_from"
        "_tells_no_page_where_it_was",
    ),
    _one(
        "Older browsers tell no other site.",
        _SETTINGS,
        'SECURE_REFERRER_POLICY = "same-origin"',
        'SECURE_REFERRER_POLICY = "origin"',
        "tests/facilitator/test_origins.py::test_an_older_browser_tells_no_other_site",
    ),
    _one(
        "Every page that a phone meets is called “Meeting”.",
        "templates/meetings/meeting.html",
        "{% block head %}",
        "{% block title %}{{ agreement_title }}{% endblock %}{% block head %}",
        _AFTERWARDS + "test_every_page_a_phone_meets_has_the_same_title_and_icon",
    ),
    _one(
        "… and has a dot for an icon.",
        "templates/base.html",
        "icons/dot.svg",
        "icons/people.svg",
        _AFTERWARDS + "test_every_page_a_phone_meets_has_the_same_title_and_icon",
    ),
    Protection(
        "No browser remembers what was typed.",
        (
            (_DOOR_PAGE, ' action="{{ action }}" autocomplete="off">', ' action="{{ action }}">'),
            (_DOOR_PAGE, 'type="text" autocomplete="off" autocap', 'type="text" autocap'),
        ),
        (_AFTERWARDS + "test_no_browser_remembers_what_was_typed_or_ticked",),
    ),
    _one(
        "No script stores anything.",
        "static/js/dialogs.js",
        'document.addEventListener("click", ',
        "sessionStorage.setItem('seen', '1');\ndocument.addEventListener('click', ",
        _AFTERWARDS + "test_no_script_of_ours_stores_anything_on_a_phone",
    ),
    _one(
        "Leaving and ending clear what the browser has stored.",
        _SEATS,
        '    response["Clear-Site-Data"] = \'"cache", "storage"\'\n',
        "",
        _AFTERWARDS + "test_leaving_takes_everything_along",
        _AFTERWARDS + "test_after_the_end_the_first_answer_takes_everything_along",
    ),
    _one(
        "A page that is left behind is empty.",
        _LEAVE,
        'addEventListener("pagehide", () => document.body.replaceChildren());\n',
        "",
        _OUT_OF_SIGHT + "test_a_page_that_is_left_behind_is_empty_and_comes_back_from_the"
        "_server_only",
    ),
    _one(
        "A page that comes back is loaded anew.",
        _LEAVE,
        'addEventListener("pageshow", ({ persisted }) => persisted && location.reload());\n',
        "",
        _OUT_OF_SIGHT + "test_a_page_that_is_left_behind_is_empty_and_comes_back_from_the"
        "_server_only",
    ),
    _one(
        "Out of sight a phone shows nothing.",
        _LEAVE,
        '  document.documentElement.toggleAttribute("data-veiled", document.hidden);\n',
        "",
        _OUT_OF_SIGHT + "test_out_of_sight_a_phone_shows_nothing_and_then_all_as_it_was",
    ),
    _one(
        "Leave blanks the page with the network off, too.",
        _LEAVE,
        "  event.preventDefault();\n",
        "  if (!navigator.onLine) return;\n  event.preventDefault();\n",
        "tests/browser/test_bad_days.py::test_leave_blanks_the_page_at_once",
    ),
    _one(
        "Whoever looks into the browser’s profile finds no meeting.",
        _LEAVE,
        'const form = document.getElementById("leave");\n',
        'const form = document.getElementById("leave");\n'
        "addEventListener('pagehide', () => localStorage.setItem('it', document.body.innerText)"
        ");\n",
        "tests/proof/test_browser_profile.py",
    ),
)

DOORS = (
    _one(
        "A code is too long to guess.",
        "meetings/preparation.py",
        "CODE_LENGTH = 8",
        "CODE_LENGTH = 7",
        "tests/meetings/test_rationing.py::test_a_guesser_with_a_day_has_less_than_two_chances"
        "_in_a_hundred_thousand",
    ),
    _one(
        "Whoever guesses from one address is held off.",
        _RATIONING,
        "self._addresses.left(address, now) >= 1 and ",
        "",
        "tests/meetings/test_rationing.py::test_in_a_flood_a_short_code_opens_nothing_and_is"
        "_not_lost",
    ),
    _one(
        "Whoever guesses from everywhere is held off.",
        _RATIONING,
        " and self._all.left(EVERYONE, now) >= 1",
        "",
        "tests/meetings/test_rationing.py::test_in_a_flood_from_everywhere_nobody_comes_in_by_a"
        "_short_code",
    ),
    _one(
        "Who tried is known by no name, in memory either.",
        _RATIONING,
        "        return hmac.digest(self._key, who.encode(), hashlib.sha256)[:16]\n",
        "        return who.encode()\n",
        "tests/meetings/test_rationing.py::test_nobody_is_known_by_name_nor_longer_than_needed",
    ),
    _one(
        "Forty people come in from the address that guesses.",
        "meetings/preparation.py",
        "    return len(typed) <= CODE_LENGTH\n",
        "    return True\n",
        "tests/meetings/test_rationing.py::test_forty_people_come_in_from_the_address_that_guesses",
    ),
    _one(
        "Unknown, ended and locked codes get one answer.",
        _DOOR,
        "    if state.locked:\n        raise Gone\n",
        "    if state.locked:\n        return HttpResponse(status=403)\n",
        "tests/meetings/test_door.py::test_unknown_ended_and_locked_codes_answer_alike",
    ),
    _one(
        "… after the same steps.",
        _DOOR,
        "    carried = await seats.read(services.store(), request.COOKIES, seats.SEAT)\n    leads",
        "    if state is None:\n"
        "        raise Gone\n"
        "    carried = await seats.read(services.store(), request.COOKIES, seats.SEAT)\n"
        "    leads",
        "tests/meetings/test_doors_alike.py",
    ),
    _one(
        "A socket comes from our host and port.",
        _HOSTS,
        '        return origin.lower() == f"{self.scheme}://{host}".lower()\n',
        '        return origin.lower().startswith(f"{self.scheme}://")\n',
        _SOCKET_ORIGINS,
    ),
    _one(
        "… from our scheme.",
        _HOSTS,
        '        return origin.lower() == f"{self.scheme}://{host}".lower()\n',
        '        return origin.partition("://")[2].lower() == host.lower()\n',
        _SOCKET_ORIGINS,
    ),
    _one(
        "… from no null origin.",
        _HOSTS,
        '        return origin.lower() == f"{self.scheme}://{host}".lower()\n',
        '        return origin.lower() in {"null", f"{self.scheme}://{host}".lower()}\n',
        _SOCKET_ORIGINS,
    ),
    _one(
        "… and says so.",
        _HOSTS,
        "        if len(origins) != 1:\n            return False\n",
        "        if len(origins) != 1:\n            return True\n",
        "tests/facilitator/test_doors.py::test_a_socket_comes_from_our_own_page",
    ),
    _one(
        "Under HTTPS a cookie is bound to this host,",
        _SETTINGS,
        'COOKIE_PREFIX = "__Host-" if FACILITATOR_HTTPS else ""',
        'COOKIE_PREFIX = ""',
        "tests/facilitator/test_https.py",
    ),
    _one(
        "… goes over HTTPS only,",
        _SEATS,
        "        secure=settings.FACILITATOR_HTTPS,\n",
        "",
        "tests/facilitator/test_https.py",
    ),
    _one(
        "… and is out of reach of scripts.",
        _SEATS,
        "        httponly=True,\n",
        "",
        "tests/facilitator/test_https.py",
    ),
    _one(
        "Every press needs the token of its page.",
        _SETTINGS,
        '    "facilitator.middleware.Csrf",\n',
        "",
        "tests/meetings/test_every_page.py::test_every_press_needs_the_token_of_its_page",
    ),
    *(
        _one(
            f"The policy for content holds {directive}.",
            _SETTINGS,
            f'        "{directive}": ["{value}"],\n',
            f'        "{directive}": ["*"],\n',
            _STRICT,
        )
        for directive, value in (
            ("default-src", "'none'"),
            ("script-src", "'self'"),
            ("form-action", "'self'"),
            ("frame-ancestors", "'none'"),
            ("base-uri", "'none'"),
        )
    ),
    _one(
        "A participant does nothing that is a facilitator’s.",
        _TABLE,
        "    c.LockDoors: {Role.FACILITATOR: OPEN},\n",
        "    c.LockDoors: {Role.FACILITATOR: OPEN, Role.PARTICIPANT: OPEN},\n",
        "tests/engine/test_permissions.py",
    ),
    _one(
        "The phase counts as well.",
        "meetings/engine/permissions.py",
        "    return phase in TABLE.get(command, {}).get(role, frozenset())\n",
        "    return bool(TABLE.get(command, {}).get(role))\n",
        "tests/meetings/test_every_command.py::test_every_role_may_do_by_http_what_the_table"
        "_lists_and_nothing_else",
    ),
    _one(
        "A facilitator leads the meetings of her own groups only.",
        "meetings/services.py",
        "    if not await facilitator.groups.filter(pk=state.group.id).aexists():\n"
        "        raise Gone\n    actor",
        "    actor",
        "tests/meetings/test_every_command.py::test_every_role_may_do_by_http_what_the_table"
        "_lists_and_nothing_else",
        "tests/meetings/test_every_command.py::test_every_role_may_listen_where_it_belongs_and"
        "_nowhere_else",
    ),
    _one(
        "Who was asked to step out does nothing more.",
        _RULES,
        "    if actor.seat in state.removed:\n        raise Refused(Refusal.REMOVED)\n",
        "",
        "tests/engine/test_permissions.py::test_a_removed_seat_is_refused_for_everything",
        "tests/engine/test_doors.py::test_a_removed_seat_does_not_come_back_after_a_restart",
    ),
    _one(
        "Nothing in a name turns the words around it.",
        _NAMES,
        '        "Cf",\n',
        "",
        "tests/engine/test_names.py::test_a_name_is_shown_without_what_cannot_be_seen",
    ),
    _one(
        "Nothing in a name steers a screen.",
        _NAMES,
        '        "Cc",\n',
        "",
        "tests/engine/test_names.py::test_a_name_is_shown_without_what_cannot_be_seen",
    ),
    _one(
        "What a reader sees as one letter counts as one.",
        _NAMES,
        'category in {"Mn", "Me", "Mc"}\n            or char',
        'category in {"Me", "Mc"}\n            or char',
        "tests/engine/test_names.py::test_length_is_what_a_reader_counts",
    ),
    _one(
        "A name has twenty-four letters at most.",
        _NAMES,
        "LONGEST_NAME = 24",
        "LONGEST_NAME = 25",
        "tests/engine/test_names.py::test_twenty_four_is_long_enough_and_twenty_five_too_long",
    ),
    _one(
        "Names that look alike are told apart.",
        _NAMES,
        '" ".join(skeleton(shown).split())\n',
        '" ".join(folded.split())\n',
        "tests/engine/test_names.py::test_a_name_of_letters_that_look_like_others_is_told_apart",
    ),
    _one(
        "A name keeps its own direction.",
        "templates/meetings/regions/parts/reading.html",
        "<bdi>{{ name }}</bdi>",
        "{{ name }}",
        "tests/browser/test_bad_days.py::test_a_name_is_shown_as_it_was_typed",
    ),
    _one(
        "A seat has a few sockets.",
        "meetings/crowding.py",
        "    if len(of_seat) >= OF_A_SEAT:\n",
        "    if len(of_seat) >= OF_A_MEETING:\n",
        "tests/meetings/test_crowding.py::test_the_oldest_socket_of_a_seat_makes_way_for_a_new_one",
    ),
    _one(
        "A page that talks without end is sent away.",
        "meetings/consumers.py",
        "        if received == MOST_MESSAGES:\n",
        "        if received == 100 * MOST_MESSAGES:\n",
        "tests/meetings/test_rooms_close.py::test_a_page_that_talks_too_much_is_sent_away",
    ),
    _one(
        "A form has eight kilobytes.",
        _HOSTS,
        "            if length > self.limit:\n",
        "            if length > 2 * self.limit:\n",
        "tests/facilitator/test_doors.py::test_eight_kilobytes_are_enough_for_a_form",
    ),
    _one(
        "A phone suggests so much and no more for a while.",
        _RATIONING,
        "            if any(self._count(share) >= share.of.burst for share in shares):\n"
        "                return None\n",
        "",
        "tests/meetings/test_writing.py::test_a_phone_that_suggests_without_end_is_asked_to"
        "_wait_and_others_are_not",
    ),
    _one(
        "The figures in docs/settings.md are those in the code.",
        _SETTINGS,
        "SHORT_FORM_BYTES = 8192",
        "SHORT_FORM_BYTES = 9216",
        "tests/facilitator/test_settings.py::test_the_limits_in_the_page_are_those_in_the_code",
    ),
    _one(
        "No test talks to another machine.",
        "tests/conftest.py",
        "no_network.refuse()\n",
        "",
        "tests/test_no_network.py::test_a_program_that_a_test_starts_ends_when_it_asks_another"
        "_machine",
    ),
)

CHAPTERS = {
    "Anonymous answers": ANONYMITY,
    "Forgetting": FORGETTING,
    "The phone afterwards": PHONE,
    "Who gets in": DOORS,
}
