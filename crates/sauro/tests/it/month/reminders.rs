//! Reminders and escalations beside a count by hand.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use sauro_kernel::{TaskId, VIETNAM};
use sauro_store::run;
use sauro_tasks::jobs;

use super::country::{Country, instant};
use super::known::At;

/// A reminder: the task, the deadline, and how many working days before (negative) or after it.
pub(super) type Told = (TaskId, NaiveDate, i64);

/// Working days around the deadline, in the order of time.
const STEPS: [i64; 6] = [-14, -7, -3, -1, 1, 7];

#[derive(sqlx::FromRow)]
struct Row {
    subject: String,
    at: i64,
    data: String,
}

impl Country {
    /// Lets the program remind, and counts by hand whom it had to remind.
    pub(super) async fn remind(&mut self) {
        let now = self.now();
        let system = self.world.system();
        let n = jobs::remind(&system, &self.db, &self.calendar).await.unwrap();
        let due: Vec<Told> = if self.is_office_hour(now) {
            self.known.iter().filter_map(|it| self.reached(it, now)).collect()
        } else {
            Vec::new()
        };
        let fresh: Vec<Told> = due.into_iter().filter(|it| !self.told.contains(it)).collect();
        assert_eq!(n, fresh.len(), "{}: {fresh:?}", now.with_timezone(&VIETNAM));
        self.told.extend(fresh);
    }

    /// The newest step that the deadline of `it` has behind it, while the lead owes something.
    fn reached(&self, it: &super::known::Known, now: DateTime<Utc>) -> Option<Told> {
        if it.at != At::Open {
            return None;
        }
        let morning = |step: i64| instant(self.step_day(it.due_on, step), 8, 0);
        let step = STEPS.into_iter().rev().find(|step| morning(*step) <= now)?;
        (morning(step) >= it.due_since).then_some((it.id, it.due_on, step))
    }

    /// The day that lies `n` working days from `day`, walked day by day.
    fn step_day(&self, day: NaiveDate, n: i64) -> NaiveDate {
        let mut day = day;
        let mut left = n.abs();
        while left > 0 {
            day = if n < 0 { day.pred_opt().unwrap() } else { day.succ_opt().unwrap() };
            left -= i64::from(self.calendar.is_working(day));
        }
        day
    }

    fn is_office_hour(&self, now: DateTime<Utc>) -> bool {
        let local = now.with_timezone(&VIETNAM).naive_local();
        let at = |hour| NaiveTime::from_hms_opt(hour, 0, 0).unwrap();
        self.calendar.is_working(local.date()) && (at(8)..at(17)).contains(&local.time())
    }

    /// The journal holds each reminder that was counted, once, and each within office hours.
    pub(super) async fn check_reminders(&self) {
        const SQL: &str = "
            SELECT subject, at, data FROM journal_entries
            WHERE kind IN ('TaskReminded', 'TaskEscalated') ORDER BY id";
        let mut conn = self.db.read().await.unwrap();
        let rows = run!(conn, c => sqlx::query_as::<_, Row>(SQL).fetch_all(c).await).unwrap();
        let told: Vec<Told> = rows
            .iter()
            .map(|row| {
                let data: serde_json::Value = serde_json::from_str(&row.data).unwrap();
                let task = row.subject.strip_prefix("task/").unwrap().parse().unwrap();
                let due_on = data["due_on"].as_str().unwrap().parse().unwrap();
                (task, due_on, data["step"].as_i64().unwrap())
            })
            .collect();
        let once: BTreeSet<Told> = told.iter().copied().collect();
        assert_eq!(once.len(), told.len(), "somebody was reminded twice");
        assert_eq!(once, self.told);
        let steps: BTreeSet<i64> = once.iter().map(|it| it.2).collect();
        assert!(steps.contains(&-7) && steps.contains(&1) && steps.contains(&7), "{steps:?}");
        for row in rows {
            let at = DateTime::from_timestamp_micros(row.at).unwrap();
            assert!(self.is_office_hour(at), "{}", at.with_timezone(&VIETNAM));
        }
    }
}
