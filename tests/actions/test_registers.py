"""Registers: numbers follow each other without a gap, also where an act is rolled back or several take at once."""
import threading

from portal.actions import registers


def test_each_name_and_year_counts_for_itself(db):
    taken = [registers.take(db, *row) for row in (("a", 2026), ("a", 2026), ("b", 2026), ("a", 2027), ("a", 2026))]
    assert taken == [1, 2, 1, 1, 3]


def test_a_rolled_back_act_gives_its_number_back(database):
    for commits, expected in ((True, 1), (False, 2), (True, 2)):
        with database.writing() as db:
            assert registers.take(db, "a", 2026) == expected
            if commits:
                db.commit()


def test_many_at_once_leave_no_gap(database):
    taken, lock = [], threading.Lock()

    def take(rolls_back: bool) -> None:
        for _ in range(5):
            with database.writing() as db:
                number = registers.take(db, "a", 2026)
                if not rolls_back:
                    db.commit()
                    with lock:
                        taken.append(number)

    threads = [threading.Thread(target=take, args=(number % 3 == 0,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(taken) == list(range(1, 21))
