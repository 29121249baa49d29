"""Log entries and tasks are known by their text; other text merges by lines (sync.md)."""

from __future__ import annotations

import pytest

from tests.merge.cards import body, card, clean, log, merged

OLD, MID, NEW = "2026-09-01 call: a", "2026-10-01 meet: b", "2026-11-01 call: c"


def conflicting(base: str, ours: str, theirs: str) -> str:
    """The body of a merge with one conflict."""
    found, conflicts = merged(card("", base), card("", ours), card("", theirs))
    assert conflicts == 1
    return found.decode().removeprefix(card(""))


# What either added


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "expected"),
    [
        # falling: at the top; rising: at the end; among the others by date
        (
            (MID, OLD),
            ("2026-11-02 call: d", MID, OLD),
            (NEW, MID, OLD),
            ("2026-11-02 call: d", NEW, MID, OLD),
        ),
        (
            (OLD, MID),
            (OLD, MID, "2026-11-02 call: d"),
            (OLD, MID, NEW),
            (OLD, MID, NEW, "2026-11-02 call: d"),
        ),
        (
            (NEW, OLD),
            (NEW, MID, OLD),
            (NEW, "2026-09-20 call: e", OLD),
            (NEW, MID, "2026-09-20 call: e", OLD),
        ),
        (
            (OLD, NEW),
            (OLD, MID, NEW),
            (OLD, "2026-09-20 call: e", NEW),
            (OLD, "2026-09-20 call: e", MID, NEW),
        ),
        # at the wrong end: in the log's order
        (
            (MID, OLD),
            (MID, OLD, NEW),
            ("2026-11-02 call: d", MID, OLD),
            ("2026-11-02 call: d", NEW, MID, OLD),
        ),
        # the same by both: once; twice by one: twice
        ((OLD,), (NEW, OLD), (NEW, OLD), (NEW, OLD)),
        ((OLD,), (NEW, NEW, OLD), (NEW, MID, OLD), (NEW, NEW, MID, OLD)),
        ((OLD, OLD), (OLD, OLD, OLD), (OLD, OLD), (OLD, OLD, OLD)),
        # one entry, or none: no order yet, so new ones go to the top
        ((OLD,), (MID, OLD), (NEW, OLD), (NEW, MID, OLD)),
        ((), (MID,), (NEW,), (NEW, MID)),
        # removed by one, left alone by the other: gone
        ((NEW, MID, OLD), (NEW, OLD), (NEW, MID), (NEW,)),
        (
            (NEW, MID, OLD),
            (NEW, OLD),
            ("2026-11-02 call: d", NEW, MID, OLD),
            ("2026-11-02 call: d", NEW, OLD),
        ),
        ((OLD, OLD), (OLD,), (OLD, OLD), (OLD,)),
        # edited by one; the same edit by both; edited here and removed there
        ((MID, OLD), (MID + " and more", OLD), (NEW, MID, OLD), (NEW, MID + " and more", OLD)),
        ((MID, OLD), (MID + " x", OLD), (NEW, MID + " x", OLD), (NEW, MID + " x", OLD)),
        ((MID, OLD), (MID + " and more", OLD), (OLD,), (MID + " and more", OLD)),
        # one that is no entry to the program is one to the merge
        (
            ("sometime: b", OLD),
            ("sometime: b", "somewhere: d", OLD),
            (NEW, "sometime: b", OLD),
            (NEW, "sometime: b", "somewhere: d", OLD),
        ),
    ],
)
def test_entries(
    base: tuple[str, ...], ours: tuple[str, ...], theirs: tuple[str, ...], expected: tuple[str, ...]
) -> None:
    assert body(log(*base), log(*ours), log(*theirs)) == log(*expected)


def test_an_entry_edited_differently_is_marked_alone() -> None:
    ours, theirs = MID.replace(": b", ": lunch"), MID.replace(": b", ": dinner")
    assert conflicting(log(MID, OLD), log(ours, OLD), log(NEW, theirs, OLD)) == (
        f"\n## Log\n\n- {NEW}\n"
        f"<<<<<<< ours\n- {ours}\n=======\n- {theirs}\n>>>>>>> theirs\n- {OLD}\n"
    )


def test_lines_below_an_entry_belong_to_it() -> None:
    base = log(f"{MID}\n  more\n  - [ ] ask", OLD)
    ours = log(f"{MID}\n  more\n  - [x] ask", OLD)
    theirs = log(NEW, f"{MID}\n  more\n  - [ ] ask\n  - [ ] tell", OLD)
    expected = log(NEW, f"{MID}\n  more\n  - [x] ask\n  - [ ] tell", OLD)
    assert body(base, ours, theirs) == expected
    tabs = [text.replace("\n  ", "\n\t") for text in (base, ours, theirs, expected)]
    assert body(*tabs[:3]) == tabs[3]
    # Removed with all that is below it, unless something of that was changed.
    assert body(base, log(OLD), log(NEW, f"{MID}\n  more\n  - [ ] ask", OLD)) == log(NEW, OLD)
    assert body(base, log(OLD), ours) == ours


def test_loose_lists_stay_loose() -> None:
    def loose(*entries: str) -> str:
        return "\n## Log\n\n" + "\n".join(f"- {entry}\n" for entry in entries)

    ours, theirs = loose(MID, OLD, "2026-08-02 call: f"), loose(NEW, MID, OLD)
    assert body(loose(MID, OLD), ours, theirs) == loose(NEW, MID, OLD, "2026-08-02 call: f")


def test_the_marks_of_the_list_stay() -> None:
    base = f"\n## Log\n\n* {MID}\n* {OLD}\n"
    ours, theirs = base.replace("* 2026-10", f"* {NEW}\n* 2026-10"), base + "* 2026-08-02 call: f\n"
    expected = f"\n## Log\n\n* {NEW}\n* {MID}\n* {OLD}\n* 2026-08-02 call: f\n"
    assert body(base, ours, theirs) == expected


# Log headings


def test_logs_begun_on_both_sides_are_one_and_called_as_ours() -> None:
    base, ours, theirs = (
        "\nNotes.\n",
        "\nNotes.\n" + log(OLD),
        "\nNotes.\n" + log(NEW, heading="记录"),
    )
    here, _ = merged(card("", base), card("", ours), card("", theirs))
    there, _ = merged(card("", base), card("", theirs), card("", ours))
    assert here.decode() == card("", "\nNotes.\n" + log(NEW, OLD))
    assert there.decode() == card("", "\nNotes.\n" + log(NEW, OLD, heading="记录"))


def test_logs_begun_at_different_places() -> None:
    notes = "\n## Notes\n\nfoo\n"
    found = body(notes, log(OLD) + notes, notes + log(NEW))
    assert found.count("## ") == 2
    assert log(NEW, OLD).strip() in found


def test_a_log_begun_here_and_prose_changed_there() -> None:
    assert body("\nMet.\n", "\nMet.\n" + log(OLD), "\nMet in May.\n") == "\nMet in May.\n" + log(
        OLD
    )


def test_a_heading_that_one_side_changed_is_as_it_changed_it() -> None:
    found = body(log(OLD), log(OLD, heading="记录"), log(NEW, OLD))
    assert found == log(NEW, OLD, heading="记录")


def test_a_log_removed_stays_with_what_was_added_to_it() -> None:
    found = body("\nMet.\n" + log(OLD), "\nMet.\n", "\nMet.\n" + log(NEW, OLD))
    assert found == "\nMet.\n" + log(NEW)


def test_further_headings_in_a_log_keep_their_entries() -> None:
    def years(this: str, last: str) -> str:
        return f"\n## Log\n\n### 2026\n\n{this}\n### 2025\n\n{last}"

    new, old = f"- {NEW}\n", "- 2025-01-01 call: z\n"
    more = "- 2025-03-01 call: y\n"
    assert body(years("", old), years(new, old), years("", more + old)) == years(new, more + old)


# Ticks


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "expected"),
    [
        (" ", "x", " ", "x"),
        (" ", "x", "x", "x"),
        ("x", " ", "x", " "),
        ("x", " ", " ", " "),
        ("x", "x", "x", "x"),
        (" ", "X", " ", "X"),
    ],
)
def test_ticks(base: str, ours: str, theirs: str, expected: str) -> None:
    def tasks(tick: str, more: str = "") -> str:
        return f"\n- [{tick}] one\n- [ ] two\n{more}"

    # Something else changes too, so that this is no matter of the whole file.
    found = body(tasks(base), tasks(ours, "- [ ] three\n"), tasks(theirs))
    assert found == tasks(expected, "- [ ] three\n")


@pytest.mark.parametrize(
    ("ours", "theirs", "expected"),
    [
        (
            "- [x] send the book\n",
            "- [ ] send the blue book by post\n",
            "- [x] send the blue book by post\n",
        ),
        ("- [x] call Li\n", "- [ ] ring Li\n", "- [x] ring Li\n"),
        ("- [x] 给李雷寄书\n", "- [ ] 给李雷寄蓝色的书\n", "- [x] 给李雷寄蓝色的书\n"),
        ("- [x] send the book\n", "", "- [x] send the book\n"),
        (
            "- [ ] send the book\n  in paper\n",
            "- [x] send the book\n",
            "- [x] send the book\n  in paper\n",
        ),
    ],
)
def test_ticked_here_and_reworded_there(ours: str, theirs: str, expected: str) -> None:
    base = ours.replace("[x]", "[ ]").replace("  in paper\n", "")
    assert body("\n" + base, "\n" + ours, "\n" + theirs) == "\n" + expected


def test_unticked_here_and_reworded_there() -> None:
    assert body("\n- [x] call Li\n", "\n- [ ] call Li\n", "\n- [x] call Li again\n") == (
        "\n- [ ] call Li again\n"
    )


def test_both_added_a_task_and_one_ticked_it() -> None:
    assert (
        body("\n- [ ] a\n", "\n- [ ] a\n- [ ] b\n", "\n- [ ] a\n- [x] b\n")
        == "\n- [ ] a\n- [x] b\n"
    )


def test_a_new_task_does_not_inherit_the_tick_of_another() -> None:
    """Replaced here, ticked there: the old one is done, the new one is not."""
    found = body(
        "\n- [ ] call the bank\n", "\n- [ ] visit the dentist\n", "\n- [x] call the bank\n"
    )
    assert sorted(found.split("\n")) == ["", "", "- [ ] visit the dentist", "- [x] call the bank"]


# Tasks


def phases(before: str, after: str) -> str:
    return f"\n## Before\n\n{before}\n## After\n\n{after}"


def test_tasks_above_all_headings() -> None:
    base = "\n- [ ] a\n\nText.\n"
    ours, theirs = "\n- [ ] a\n\nText here.\n", "\n- [ ] a\n\nText.\n\n- [ ] b\n"
    assert body(base, ours, theirs) == "\n- [ ] a\n\nText here.\n\n- [ ] b\n"


def test_tasks_stay_in_their_phase() -> None:
    base = phases("- [ ] a\n", "- [ ] z\n")
    ours = phases("- [ ] a\n- [ ] b\n", "- [ ] z\n")
    theirs = phases("- [ ] a\n- [ ] c\n", "- [x] z\n- [ ] y\n")
    assert body(base, ours, theirs) == phases("- [ ] a\n- [ ] b\n- [ ] c\n", "- [x] z\n- [ ] y\n")


def test_equal_tasks_of_two_phases_are_two() -> None:
    base = phases("- [ ] call\n", "- [ ] call\n")
    ours = phases("- [x] call\n", "- [ ] call\n")
    theirs = phases("- [ ] call\n", "- [ ] call\n- [ ] more\n")
    assert body(base, ours, theirs) == phases("- [x] call\n", "- [ ] call\n- [ ] more\n")
    assert body(base, phases("", "- [ ] call\n"), phases("- [ ] call\n", "- [x] call\n")) == (
        phases("", "- [x] call\n")
    )


def test_equal_tasks_are_told_apart_by_their_phase() -> None:
    base = phases("- [ ] call\n", "- [ ] call\n")
    ours, theirs = phases("", "- [ ] call\n- [ ] more\n"), phases("- [x] call\n", "- [ ] call\n")
    assert body(base, ours, theirs) == phases("- [x] call\n", "- [ ] call\n- [ ] more\n")


def test_removed_here_and_no_more_than_moved_there() -> None:
    base = phases("- [ ] a\n- [ ] b\n", "- [ ] z\n")
    ours, theirs = phases("- [ ] b\n", "- [ ] z\n"), phases("- [ ] b\n", "- [ ] z\n* [ ] a\n")
    assert body(base, ours, theirs) == phases("- [ ] b\n", "- [ ] z\n")


def test_the_same_task_added_to_two_phases_is_one() -> None:
    base = phases("- [ ] a\n", "- [ ] z\n")
    found = body(base, base.replace("a\n", "a\n- [ ] b\n"), base + "- [ ] b\n")
    assert found.count("- [ ] b\n") == 1
    above = "\n- [ ] c\n" + base
    found = body(above, above.replace("c\n", "c\n- [ ] b\n"), above + "- [ ] b\n")
    assert found.count("- [ ] b\n") == 1


def test_moved_here_and_ticked_there() -> None:
    base = phases("- [ ] a\n- [ ] b\n", "- [ ] z\n")
    ours = phases("- [ ] b\n", "- [ ] z\n- [ ] a\n")
    theirs = phases("- [x] a\n- [ ] b\n", "- [ ] z\n")
    assert body(base, ours, theirs) == phases("- [ ] b\n", "- [ ] z\n- [x] a\n")


def test_both_begin_a_phase() -> None:
    base = "\nAn evening.\n"
    found = body(base, base + "\n## Before\n\n- [ ] a\n", base + "\n## Before\n\n- [ ] b\n")
    assert found == base + "\n## Before\n\n- [ ] a\n- [ ] b\n"


def test_nested_tasks_stay_below_theirs() -> None:
    base = "\n- [ ] a\n  - [ ] b\n- [ ] z\n"
    ours = "\n- [ ] a\n  - [ ] b\n  - [ ] c\n- [ ] z\n"
    theirs = "\n- [ ] a\n  - [x] b\n- [ ] d\n- [ ] z\n"
    assert body(base, ours, theirs) == "\n- [ ] a\n  - [x] b\n  - [ ] c\n- [ ] d\n- [ ] z\n"


@pytest.mark.parametrize("words", ["c", "e"])
def test_nested_tasks_come_before_others_that_were_added(words: str) -> None:
    base = "\n- [ ] a\n  - [ ] b\n- [ ] z\n"
    ours = f"\n- [ ] a\n  - [ ] b\n  - [ ] {words}\n- [ ] z\n"
    theirs = "\n- [ ] a\n  - [ ] b\n- [ ] d\n- [ ] z\n"
    assert body(base, ours, theirs) == f"\n- [ ] a\n  - [ ] b\n  - [ ] {words}\n- [ ] d\n- [ ] z\n"


def test_a_task_removed_stays_for_what_was_added_below_it() -> None:
    base = "\n- [ ] a\n  - [ ] b\n- [ ] z\n"
    ours, theirs = "\n- [ ] z\n", "\n- [ ] a\n  - [ ] b\n  - [ ] c\n- [ ] z\n"
    assert body(base, ours, theirs) == "\n- [ ] a\n  - [ ] c\n- [ ] z\n"


def test_a_task_edited_differently_is_marked_alone() -> None:
    base, ours, theirs = (
        f"\n- [ ] a\n- [ ] call Li{more}\n" for more in ("", " today", " tomorrow")
    )
    assert conflicting(base, ours, theirs) == (
        "\n- [ ] a\n<<<<<<< ours\n- [ ] call Li today\n=======\n- [ ] call Li tomorrow\n"
        ">>>>>>> theirs\n"
    )


# Other text


PROSE = "\nOne.\nTwo.\n\nThree.\nFour.\n"


@pytest.mark.parametrize(
    ("ours", "theirs", "conflicts"),
    [
        (("One", "1"), ("Three", "3"), 0),
        (("One", "1"), ("One", "1"), 0),
        (("One", "1"), ("Two", "2"), 1),  # lines that touch
        (("One", "1"), ("One", "I"), 1),
        (("Two.\n", ""), ("Two", "2"), 1),
        (("Four.\n", "Four.\nFive.\n"), ("Four.\n", "Four.\nSix.\n"), 1),
    ],
)
def test_prose_merges_as_git_merges_it(
    ours: tuple[str, str], theirs: tuple[str, str], conflicts: int
) -> None:
    from renmai.merge.versions import Versions
    from renmai.sync.mergefile import merge_lines

    texts = Versions(PROSE, PROSE.replace(*ours), PROSE.replace(*theirs))
    found, count = merged(*(card("", text) for text in texts))
    assert count == conflicts
    assert (found.decode(), count) == (card("", merge_lines(texts)[0]), conflicts)


def test_prose_and_entries_do_not_get_into_each_others_way() -> None:
    base = "\nMet in May.\n" + log(OLD, more="\n## Notes\n\nShort.\n")
    ours = "\nMet in June.\n" + log(OLD, more="\n## Notes\n\nShort.\n")
    theirs = "\nMet in May.\n" + log(NEW, OLD, more="\n## Notes\n\nLong.\n")
    expected = "\nMet in June.\n" + log(NEW, OLD, more="\n## Notes\n\nLong.\n")
    assert body(base, ours, theirs) == expected


def test_prose_below_a_task_does_not_become_part_of_it() -> None:
    base = "\nOne.\n\nTwo.\n"
    ours = "\nOne.\n\n- [ ] a\n\nTwo.\n"
    theirs = "\nOne.\n\nTwo and a half.\n"
    assert body(base, ours, theirs) == "\nOne.\n\n- [ ] a\n\nTwo and a half.\n"


def test_what_stands_in_fences_is_prose() -> None:
    base = "\n```\n- [ ] a\n```\n\nEnd.\n"
    ours, theirs = base.replace("[ ]", "[x]"), base.replace("End", "Stop")
    assert body(base, ours, theirs) == base.replace("[ ]", "[x]").replace("End", "Stop")


# Both began the file


def test_two_cards_begun_apart_become_one() -> None:
    ours = card("city: A\ntags: [a]\nphones: '1'\n", "\nMet in May.\n" + log(OLD))
    theirs = card("tags: [b]\nphones: '2'\ntier: 5\n", log(NEW))
    expected = card(
        "city: A\ntags: [a, b]\nphones: ['1', '2']\ntier: 5\n", "\nMet in May.\n" + log(NEW, OLD)
    )
    assert clean("", ours, theirs) == expected
    assert clean("\ufeff\r\n", ours, theirs) == expected


def test_what_both_wrote_in_a_card_begun_apart_stands_once() -> None:
    both, more = "\n## Log\n\nBoth.\n", "\nOne.\n\n- 2026-03-01 call: a\n"
    assert clean("", card("", both), card("", both + more)) == card("", both + more)
    begun = card("", "\nBoth.\n" + log(OLD))
    assert clean("", begun, begun + "- [ ] a\n") == begun + "- [ ] a\n"


def test_two_cards_begun_apart_with_two_names() -> None:
    found, conflicts = merged("", card("", log(OLD)), card("", log(NEW)).replace("Li", "Lee"))
    assert conflicts == 1
    assert found.decode() == (
        "---\n<<<<<<< ours\nname: Li\n=======\nname: Lee\n>>>>>>> theirs\n---\n" + log(NEW, OLD)
    )


# The file as a whole


def test_line_ends_are_ours() -> None:
    base, ours, theirs = card("", log(OLD)), card("tier: 5\n", log(OLD)), card("", log(NEW, OLD))
    expected = card("tier: 5\n", log(NEW, OLD))
    assert merged(base, ours, theirs.replace("\n", "\r\n"))[0].decode() == expected
    assert merged(base, ours.replace("\n", "\r\n"), theirs)[0].decode() == expected.replace(
        "\n", "\r\n"
    )
    assert merged(base, base, theirs.replace("\n", "\r\n"))[0].decode() == card("", log(NEW, OLD))


def test_mixed_line_ends_stay_where_they_are() -> None:
    base = card("city: A\n", log(OLD)).replace("city: A\n", "city: A\r\n")
    found, _ = merged(base, base.replace("Li", "Lei"), base + "- 2026-08-01 call: z\n")
    assert found.decode() == base.replace("Li", "Lei") + "- 2026-08-01 call: z\n"


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("end", ["", "\n"])
def test_bom_and_last_line_end_stay(mark: str, end: str) -> None:
    def whole(*entries: str) -> str:
        return mark + card("", log(*entries)).removesuffix("\n") + end

    ours, theirs = whole(OLD, MID, "2026-12-01 call: g"), whole(OLD, MID, NEW)
    expected = whole(OLD, MID, NEW, "2026-12-01 call: g")
    assert clean(whole(OLD, MID), ours, theirs) == expected
