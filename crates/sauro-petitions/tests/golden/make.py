"""Makes clocks.csv: cases with their deadlines, counted day by day on a list of days, without the product.

    python3 crates/sauro-petitions/tests/golden/make.py data/holidays.csv > crates/sauro-petitions/tests/golden/clocks.csv
"""

import csv
import random
import sys
from datetime import date, datetime, timedelta

LIMITS = {"ack": 1, "sort": 2, "handle": 10, "complex": 15, "bind": 1, "review": 10, "extension": 5}
OFF, WORKED = set(), set()
with open(sys.argv[1], encoding="utf-8") as file:
    for row in csv.DictReader(file):
        day = date.fromisoformat(row["date"])
        (WORKED if row["kind"] == "makeup_workday" else OFF).add(day)


def works(day):
    return day in WORKED or (day.weekday() < 5 and day not in OFF)


def counts_on(at):
    day = at.date() + timedelta(days=1 if at.hour >= 17 else 0)
    while not works(day):
        day += timedelta(days=1)
    return day


def due(since, days, pauses):
    """Tears a leaf off the calendar each day; leaves of days off and of waiting are not counted."""
    day, left = counts_on(since), days
    waiting = [(counts_on(a), counts_on(b)) for a, b in pauses]
    while left:
        day += timedelta(days=1)
        if works(day) and not any(a < day <= b for a, b in waiting):
            left -= 1
    # Who is asked for more on the last day answers on the day that the waiting ends.
    for a, b in waiting:
        if a == day:
            day = b
    return day


def case(rng):
    at = datetime(2025, 1, 2, 0, 0) + timedelta(minutes=rng.randrange(2 * 365 * 24 * 60))
    sent, turns = at, []

    def later(most):
        nonlocal at
        at += timedelta(minutes=rng.randrange(1, most * 24 * 60))
        return at

    steps = [("ack", sent, LIMITS["ack"], [])]
    total, pauses, since, complex_ = LIMITS["ack"] + LIMITS["sort"] + LIMITS["handle"], [], sent, False

    def turn(name):
        turns.append(f"{name}@{at:%Y-%m-%dT%H:%M}")

    later(3), turn("received")
    steps.append(("sort", at, LIMITS["sort"], []))
    for refused in range(rng.choice([0, 0, 0, 1, 2])):
        later(4), turn("assigned")
        steps.append(("handle", at, LIMITS["handle"], []))
        later(4), turn("sent_up" if refused else "refused")
        steps.append(("bind" if refused else "sort", at, LIMITS["bind" if refused else "sort"], []))
    later(4)
    if rng.random() < 0.3:
        turn("complex")
        complex_, total = True, total + LIMITS["complex"] - LIMITS["handle"]
    else:
        turn("assigned")
    steps.append(("handle", at, LIMITS["complex" if complex_ else "handle"], []))
    for _ in range(rng.choice([0, 0, 1, 1, 2, 3])):
        begun = later(5)
        turn("asked")
        later(30), turn("given")
        pauses.append((begun, at))
        steps[-1][3].append((begun, at))
    if rng.random() < 0.3:
        later(3), turn("extended")
        name, began, days, stood = steps[-1]
        steps[-1] = (name, began, days + LIMITS["extension"], stood)
        total += LIMITS["extension"]
    if rng.random() < 0.4:
        later(9), turn("answered")
        if rng.random() < 0.6:
            later(9), turn("reopened")
            since, total, pauses = at, LIMITS["review"], []
            steps.append(("review", at, LIMITS["sort"], []))
    name, began, days, stood = steps[-1]
    return [f"{sent:%Y-%m-%dT%H:%M}", " ".join(turns), name, due(began, days, stood), due(since, total, pauses)]


def main():
    rng = random.Random(57)
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(["sent", "turns", "step", "due_on", "citizen_due_on"])
    for _ in range(2400):
        out.writerow(case(rng))


main()
