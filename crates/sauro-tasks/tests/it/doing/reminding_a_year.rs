//! A year of reminders against counting by hand.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, Days, NaiveDate, NaiveDateTime, Timelike, Weekday};
use sauro_kernel::{VIETNAM, WorkingCalendar};
use sauro_store::run;
use sauro_tasks::jobs::remind;
use sauro_testkit::{day, on_each_engine};

use super::world::{Made, World, task};

/// Deterministic numbers.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: u64) -> u64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % n
    }
}

/// What a task is, by hand.
struct Fact {
    due_on: NaiveDate,
    since: NaiveDateTime,
    is_owed: bool,
    /// Steps of this deadline up to this one are behind it.
    behind: i64,
}

/// The year by hand: no calendar of the product, no order of steps but that of days.
#[derive(Default)]
struct Year {
    off: BTreeSet<NaiveDate>,
    tasks: BTreeMap<u64, Fact>,
    passed: BTreeSet<(u64, NaiveDate, i64)>,
    told: Vec<(u64, NaiveDate, i64)>,
}

const STEPS: [i64; 6] = [-14, -7, -3, -1, 1, 7];

impl Year {
    fn is_worked(&self, day: NaiveDate) -> bool {
        !matches!(day.weekday(), Weekday::Sat | Weekday::Sun) && !self.off.contains(&day)
    }

    fn is_open(&self, now: NaiveDateTime) -> bool {
        self.is_worked(now.date()) && (8..17).contains(&now.hour())
    }

    fn day_of(&self, due_on: NaiveDate, step: i64) -> NaiveDate {
        let (mut day, mut left) = (due_on, step.abs());
        while left > 0 {
            day = if step < 0 { day.pred_opt() } else { day.succ_opt() }.unwrap();
            left -= i64::from(self.is_worked(day));
        }
        day
    }

    /// A look at `now`.
    fn look(&mut self, now: NaiveDateTime) {
        if !self.is_open(now) {
            return;
        }
        let mut changes = Vec::new();
        for (n, fact) in self.tasks.iter().filter(|it| it.1.is_owed) {
            let reached = |step: &i64| self.day_of(fact.due_on, *step) <= now.date();
            let Some(newest) = STEPS.into_iter().filter(reached).max() else { continue };
            if newest <= fact.behind {
                continue;
            }
            for step in STEPS.into_iter().filter(|it| *it > fact.behind && *it <= newest) {
                let is_fresh = !self.passed.contains(&(*n, fact.due_on, step));
                let begins = self.day_of(fact.due_on, step).and_hms_opt(8, 0, 0).unwrap();
                changes.push((
                    *n,
                    fact.due_on,
                    step,
                    is_fresh && step == newest && begins >= fact.since,
                ));
            }
        }
        for (n, due_on, step, is_told) in changes {
            self.passed.insert((n, due_on, step));
            if is_told {
                self.told.push((n, due_on, step));
            }
            let fact = self.tasks.get_mut(&n).unwrap();
            fact.behind = fact.behind.max(step);
        }
    }

    fn calendar(&self) -> WorkingCalendar {
        WorkingCalendar::new(self.off.iter().copied(), [])
    }
}

impl World {
    fn local(&self) -> NaiveDateTime {
        self.system().local_now()
    }

    fn us(at: NaiveDateTime) -> i64 {
        at.and_local_timezone(VIETNAM).unwrap().timestamp_micros()
    }

    /// Puts a task into a stage, as if by an action.
    pub(crate) async fn put_stage(&self, n: u64, stage: &'static str) {
        const SQL: &str = "UPDATE tasks SET stage = $2 WHERE id = $1";
        let mut conn = self.db.write().await.unwrap();
        run!(conn, c => sqlx::query(SQL).bind(task(n).0).bind(stage).execute(c).await.map(drop))
            .unwrap();
        conn.commit().await.unwrap();
    }

    /// As if it had been issued at this instant.
    pub(crate) async fn issue_now(&self, n: u64) {
        const SQL: &str = "UPDATE tasks SET issued_at = $2 WHERE id = $1";
        let mut conn = self.db.write().await.unwrap();
        let now = self.system().now_us();
        run!(conn, c => sqlx::query(SQL).bind(task(n).0).bind(now).execute(c).await.map(drop))
            .unwrap();
        conn.commit().await.unwrap();
    }

    async fn move_due(&self, n: u64, due_on: NaiveDate) {
        const SQL: &str = "UPDATE tasks SET due_on = $2, changed_at = $3 WHERE id = $1";
        let mut conn = self.db.write().await.unwrap();
        let now = Self::us(self.local());
        run!(conn, c => sqlx::query(SQL)
            .bind(task(n).0)
            .bind(due_on)
            .bind(now)
            .execute(c)
            .await
            .map(drop))
        .unwrap();
        conn.commit().await.unwrap();
    }

    async fn told_by_number(&self, n_tasks: u64) -> Vec<(u64, NaiveDate, i64)> {
        let numbers: BTreeMap<String, u64> =
            (1..=n_tasks).map(|n| (format!("task/{}", task(n)), n)).collect();
        let told = self.told().await;
        told.into_iter().map(|(subject, step, due)| (numbers[&subject], day(&due), step)).collect()
    }
}

#[tokio::test]
async fn over_a_year_no_reminder_is_missed_doubled_or_outside_office_hours() {
    const N_TASKS: u64 = 240;
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let mut dice = Dice(57);
        let mut year = Year {
            off: ["2026-04-27", "2026-04-30", "2026-05-01", "2026-09-02"].map(day).into(),
            ..Year::default()
        };
        let first = day("2026-03-02");
        for n in 2..=N_TASKS {
            let due = first + Days::new(dice.below(250));
            let due_on: &'static str = Box::leak(due.to_string().into_boxed_str());
            world.put(Made { n, due_on, n_deliverables: 0, ..Made::default() }).await;
        }
        // Half of them stand since ever, the others are issued during the year, until then not owed.
        for n in 2..=N_TASKS {
            let row = world.due_of(n).await;
            let is_owed = n % 2 == 0;
            let since = day("1970-01-01").and_hms_opt(7, 0, 0).unwrap();
            year.tasks.insert(n, Fact { due_on: row, since, is_owed, behind: -99 });
            if !is_owed {
                world.put_stage(n, "paused").await;
            }
        }
        world.put_stage(1, "cancelled").await;
        let mut today = first;
        let mut looks_outside = 0;
        while today < day("2026-12-31") {
            let mut n_looks = if dice.below(12) == 0 { 0 } else { 1 + dice.below(3) };
            if today.ordinal() % 90 > 80 {
                n_looks = 0; // The server is down for some days.
            }
            let mut hours: Vec<u64> = (0..n_looks).map(|_| 5 + dice.below(15)).collect();
            hours.sort_unstable();
            for hour in hours {
                world.set(&format!("{today} {hour:02}:{:02}", dice.below(60)));
                let now = world.local();
                change(&world, &mut year, &mut dice, now).await;
                let before = year.told.len();
                year.look(now);
                let n = remind(&world.system(), &world.db, &year.calendar()).await.unwrap();
                assert_eq!(n, year.told.len() - before, "at {now}");
                looks_outside += usize::from(!year.is_open(now));
                assert!(year.is_open(now) || n == 0, "told at {now}");
                must_have_told(&year, now);
            }
            // Now and then the clock is set back by some days.
            today = match dice.below(40) {
                0 => today - Days::new(dice.below(4)),
                _ => today + Days::new(1),
            };
        }
        let told = world.told_by_number(N_TASKS).await;
        let once: BTreeSet<_> = told.iter().copied().collect();
        assert_eq!(once.len(), told.len(), "none is doubled");
        assert_eq!(once, year.told.iter().copied().collect(), "none is missed, none is made up");
        assert!(told.len() > 600 && looks_outside > 100, "{} {looks_outside}", told.len());
        for step in STEPS {
            assert!(told.iter().any(|it| it.2 == step), "{step}");
        }
    })
    .await;
}

/// After a look in office hours, every step of this very day has been told or passed.
fn must_have_told(year: &Year, now: NaiveDateTime) {
    if !year.is_open(now) {
        return;
    }
    for (n, fact) in year.tasks.iter().filter(|it| it.1.is_owed) {
        for step in STEPS.into_iter().filter(|it| year.day_of(fact.due_on, *it) == now.date()) {
            assert!(year.passed.contains(&(*n, fact.due_on, step)), "{n} {step} on {now}");
        }
    }
}

/// Something happens to some tasks: issue, report, return, more time; and a holiday is decreed.
async fn change(world: &World, year: &mut Year, dice: &mut Dice, now: NaiveDateTime) {
    for _ in 0..dice.below(4) {
        let n = 2 + dice.below(239);
        let fact = year.tasks.get_mut(&n).unwrap();
        match dice.below(3) {
            0 => {
                fact.is_owed = false;
                world.put_stage(n, "reported").await;
            }
            1 => {
                fact.is_owed = true;
                if n % 2 == 1 && fact.behind == -99 && fact.since.year() == 1970 {
                    fact.since = now;
                    world.issue_now(n).await;
                }
                world.put_stage(n, "returned").await;
            }
            _ => {
                let days = dice.below(60);
                let due_on = now.date() - Days::new(10) + Days::new(days);
                if due_on != fact.due_on {
                    *fact = Fact { due_on, since: now, behind: -99, ..*fact };
                    world.move_due(n, due_on).await;
                }
            }
        }
    }
    if dice.below(30) == 0 {
        year.off.insert(now.date() + Days::new(1 + dice.below(20)));
    }
}

impl World {
    async fn due_of(&self, n: u64) -> NaiveDate {
        const SQL: &str = "SELECT due_on FROM tasks WHERE id = $1";
        let mut conn = self.db.read().await.unwrap();
        run!(conn, c => sqlx::query_scalar(SQL).bind(task(n).0).fetch_one(c).await).unwrap()
    }
}
