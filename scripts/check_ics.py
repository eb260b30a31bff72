#!/usr/bin/env python3
"""check_ics.py FILE [--before OLD] [--docket DOCKET.json] [--neutral WORD ...]: other people's iCalendar accepts FILE.

Reads FILE with the `icalendar` package and by the octets of RFC 5545. With --before it compares with an earlier edition
of the same file: nothing has vanished, and what changed has a higher SEQUENCE. With --docket (the JSON of the same
docket) every event starts on the day of its deadline. With --neutral it fails when a word occurs anywhere.
Prints one line; ends with status 1 and the reason if anything is wrong.
"""
import argparse
import datetime
import json
import pathlib
import re
import sys

import icalendar

VOLATILE = {"DTSTAMP", "LAST-MODIFIED", "SEQUENCE"}


def require(condition, reason):
    if not condition:
        raise ValueError(reason)


def octets(data):
    """RFC 5545, section 3.1: CRLF, at most 75 octets, folds that keep characters whole."""
    require(data.endswith(b"\r\n"), "the last line has no end")
    for number, line in enumerate(data[:-2].split(b"\r\n"), 1):
        require(len(line) <= 75, f"line {number} has {len(line)} octets")
        require(b"\r" not in line and b"\n" not in line, f"line {number} holds a bare line end")
        line.decode("utf-8")


def events(data):
    octets(data)
    calendars = icalendar.Calendar.from_ical(data, multiple=True)
    require(len(calendars) == 1, "there is not one calendar")
    calendar = calendars[0]
    require(str(calendar["VERSION"]) == "2.0", "VERSION is not 2.0")
    require(str(calendar["METHOD"]) == "PUBLISH", "METHOD is not PUBLISH")
    require("Systemic" in str(calendar["PRODID"]), "PRODID does not name the program")
    require(not calendar.errors, f"calendar: {calendar.errors}")
    found = {}
    for event in calendar.walk("VEVENT"):
        uid = str(event["UID"])
        require(uid not in found, f"{uid} occurs twice")
        check(uid, event)
        found[uid] = event
    return found


def check(uid, event):
    require(not event.errors, f"{uid}: {event.errors}")
    for name in ("DTSTAMP", "DTSTART", "SEQUENCE", "LAST-MODIFIED", "STATUS", "SUMMARY"):
        require(name in event, f"{uid} has no {name}")
    require(int(event["SEQUENCE"]) >= 0, f"{uid}: SEQUENCE is below 0")
    for name in ("DTSTAMP", "LAST-MODIFIED"):
        require(event[name].dt.utcoffset() == datetime.timedelta(0), f"{uid}: {name} is not in UTC")
    start = event["DTSTART"].dt
    if isinstance(start, datetime.datetime):
        require(start.utcoffset() == datetime.timedelta(0), f"{uid}: DTSTART is not in UTC")
    else:
        require(event["DTSTART"].params.get("VALUE") == "DATE", f"{uid}: DTSTART does not say DATE")
    alarms = event.walk("VALARM")
    if str(event["STATUS"]) == "CANCELLED":
        require(not alarms, f"{uid} is cancelled and still alarms")
        return
    require(str(event["STATUS"]) == "CONFIRMED", f"{uid}: STATUS is {event['STATUS']}")
    leads = [alarm["TRIGGER"].dt for alarm in alarms]
    require(len(leads) == 3 and all(lead < datetime.timedelta(0) for lead in leads), f"{uid}: alarms {leads}")
    require(all("DESCRIPTION" in alarm and str(alarm["ACTION"]) == "DISPLAY" for alarm in alarms), f"{uid}: alarms")


def content(event):
    lines = event.to_ical().decode("utf-8").replace("\r\n ", "").split("\r\n")
    return [line for line in lines if re.split("[:;]", line)[0] not in VOLATILE]


def compare(old, new):
    gone = set(old) - set(new)
    require(not gone, f"{gone} vanished instead of being cancelled")
    changed = 0
    for uid, event in old.items():
        before, after = int(event["SEQUENCE"]), int(new[uid]["SEQUENCE"])
        if content(event) == content(new[uid]):
            require(before == after, f"{uid} did not change, but SEQUENCE went from {before} to {after}")
        else:
            require(after > before, f"{uid} changed, and SEQUENCE went from {before} to {after}")
            changed += 1
    return changed


def match(found, docket):
    """Every deadline with a day that is not over has its event on that day; every other event is cancelled."""
    closed = {"met", "met-late", "not-applicable"}
    wanted = {}
    for deadline in docket["deadlines"]:
        if deadline["alarm_day"] and deadline["status"] not in closed:
            wanted[deadline["key"]] = deadline
    for uid, event in found.items():
        deadline = wanted.pop(uid.split("@")[0], None)
        isCancelled = str(event["STATUS"]) == "CANCELLED"
        require(isCancelled == (deadline is None), f"{uid}: its status does not fit the docket")
        if deadline is None:
            continue
        start = event["DTSTART"].dt
        if deadline["alarm_moment"]:
            due = datetime.datetime.fromisoformat(deadline["alarm_moment"])
        else:
            due = datetime.date.fromisoformat(deadline["alarm_day"])
        require(start == due, f"{uid} starts on {start}, due is {due}")
    require(not wanted, f"no event for {[item['id'] for item in wanted.values()]}")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=pathlib.Path)
    parser.add_argument("--before", type=pathlib.Path)
    parser.add_argument("--docket", type=pathlib.Path)
    parser.add_argument("--neutral", nargs="*", default=[])
    options = parser.parse_args()
    try:
        data = options.file.read_bytes()
        found = events(data)
        changed = compare(events(options.before.read_bytes()), found) if options.before else 0
        if options.docket:
            match(found, json.loads(options.docket.read_text(encoding="utf-8")))
        text = data.replace(b"\r\n ", b"").decode("utf-8").lower()
        for word in options.neutral:
            require(word.lower() not in text, f"“{word}” can be read in the file")
    except Exception as error:  # whatever is wrong is said
        sys.exit(f"{options.file}: {type(error).__name__}: {error}")
    cancelled = sum(str(event["STATUS"]) == "CANCELLED" for event in found.values())
    print(f"{options.file}: {len(found)} events accepted, {cancelled} cancelled, {changed} changed")


main()
