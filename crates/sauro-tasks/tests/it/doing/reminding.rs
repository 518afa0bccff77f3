use sauro_kernel::{Role, WorkingCalendar};
use sauro_store::run;
use sauro_tasks::actions;
use sauro_tasks::jobs::{remind, settle_reminders};
use sauro_tasks::model::Claim;
use sauro_testkit::{day, on_each_engine};

use super::browser::Browser;
use super::world::{ISSUER, LEAD, Made, World, claims, code, task};

/// Monday to Friday.
fn calendar() -> WorkingCalendar {
    WorkingCalendar::default()
}

impl World {
    async fn remind(&self) -> usize {
        remind(&self.system(), &self.db, &calendar()).await.unwrap()
    }

    /// What was told so far: task, step, deadline.
    pub(crate) async fn told(&self) -> Vec<(String, i64, String)> {
        sauro_journal::seal(&self.db).await.unwrap();
        let mut conn = self.db.read().await.unwrap();
        let entries = sauro_journal::read_after(&mut conn, 0, u16::MAX).await.unwrap();
        let told =
            entries.iter().filter(|it| matches!(&*it.kind, "TaskReminded" | "TaskEscalated"));
        told.map(|it| {
            let step = it.data["step"].as_i64().unwrap();
            assert_eq!(it.kind == "TaskEscalated", step > 0);
            (it.subject.clone(), step, it.data["due_on"].as_str().unwrap().to_owned())
        })
        .collect()
    }

    async fn steps(&self) -> Vec<i64> {
        self.told().await.into_iter().map(|it| it.1).collect()
    }
}

#[tokio::test]
async fn each_step_is_told_once_within_office_hours_and_stands_in_the_timeline() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        // The deadline is Tuesday, 30 June 2026.
        for (now, wanted) in [
            ("2026-06-09 16:00", 0),
            ("2026-06-10 07:59", 0),
            ("2026-06-10 08:00", 1),
            ("2026-06-10 08:01", 0),
            ("2026-06-19 17:00", 0),
            ("2026-06-20 10:00", 0),
            ("2026-06-22 08:00", 1),
            ("2026-06-25 11:00", 1),
            ("2026-06-29 16:59", 1),
            ("2026-06-30 08:00", 0),
            ("2026-07-01 08:00", 1),
            ("2026-07-02 08:00", 0),
            ("2026-07-09 09:00", 1),
            ("2026-08-03 09:00", 0),
        ] {
            world.set(now);
            assert_eq!(world.remind().await, wanted, "{now}");
        }
        assert_eq!(world.steps().await, [-14, -7, -3, -1, 1, 7]);
        let browser = Browser::of(&world, &world.staff()).await;
        let page = browser.get(&world.actor(Role::Officer, LEAD), "/nhiem-vu/NV-2026-000001").await;
        for words in [
            "Nhắc hạn 30/06/2026: còn 1 ngày làm việc",
            "Báo quá hạn 1 ngày làm việc đến lãnh đạo đơn vị và cơ quan giao",
            "Báo quá hạn 7 ngày làm việc đến lãnh đạo cơ quan giao",
            "Hệ thống",
        ] {
            assert!(page.body.contains(words), "{words}");
        }
    })
    .await;
}

#[tokio::test]
async fn whoever_was_away_hears_of_the_newest_missed_step_only() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        world.set("2026-06-26 15:00");
        assert_eq!(world.remind().await, 1);
        assert_eq!(world.steps().await, [-3]);
        world.set("2026-07-20 09:00");
        assert_eq!(world.remind().await, 1);
        assert_eq!(world.steps().await, [-3, 7]);
        world.set("2026-06-29 09:00");
        assert_eq!(world.remind().await, 0, "a clock set back wakes nothing that was passed");
    })
    .await;
}

#[tokio::test]
async fn a_step_before_the_deadline_was_set_is_not_told() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        world.set("2026-06-24 10:00");
        world.issue_now(1).await;
        assert_eq!(world.remind().await, 0, "seven days before was two days ago");
        world.set("2026-06-25 08:00");
        assert_eq!(world.remind().await, 1);
        assert_eq!(world.steps().await, [-3]);

        // More time: the steps of the new deadline that lie ahead are told, those behind are not.
        let reason = "Chờ kinh phí của tỉnh.";
        let to = Some(day("2026-07-08"));
        let (db, calendar) = (&world.db, calendar());
        world.set("2026-06-30 10:00");
        let asked =
            actions::ask_extension(&world.leader(), db, &calendar, task(1), to, reason).await;
        let issuer = world.seat(Role::Leader, ISSUER);
        actions::decide_extension(&issuer, db, task(1), asked.unwrap(), true, "").await.unwrap();
        for now in ["2026-06-30 11:00", "2026-07-02 09:00", "2026-07-03 09:00", "2026-07-07 09:00"]
        {
            world.set(now);
            world.remind().await;
        }
        let told = world.told().await;
        let told: Vec<_> = told.iter().map(|it| (it.1, it.2.as_str())).collect();
        assert_eq!(told, [(-3, "2026-06-30"), (-3, "2026-07-08"), (-1, "2026-07-08")]);
    })
    .await;
}

#[tokio::test]
async fn nobody_is_reminded_of_what_is_not_owed() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        world.send(claims(&[(1, Claim::Done), (2, Claim::Done)])).await;
        for (n, stage) in (2..).zip(["paused", "cancelled", "verified", "in_use"]) {
            world.put(Made { n, ..Made::default() }).await;
            world.put_stage(n, stage).await;
        }
        for (n, stage) in (6..).zip(["in_progress", "returned"]) {
            world.put(Made { n, ..Made::default() }).await;
            world.put_stage(n, stage).await;
        }
        world.set("2026-07-01 09:00");
        assert_eq!(world.remind().await, 2);
        let told: Vec<_> = world.told().await.into_iter().map(|it| it.0).collect();
        assert_eq!(told, [6, 7].map(|n| format!("task/{}", task(n))));
        // Handed back, it is owed again.
        world.put_stage(1, "returned").await;
        assert_eq!(world.remind().await, 1);
    })
    .await;
}

#[tokio::test]
async fn recurring_work_is_told_of_by_its_periods_and_not_by_itself() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        world.put(Made { n: 2, ..Made::default() }).await;
        const SQL: &str = "UPDATE tasks SET recurs = 'FREQ=MONTHLY' WHERE id = $1";
        let mut conn = world.db.write().await.unwrap();
        run!(conn, c => sqlx::query(SQL).bind(task(1).0).execute(c).await.map(drop)).unwrap();
        conn.commit().await.unwrap();
        for now in ["2026-06-22 08:00", "2026-07-01 08:00", "2026-07-09 08:00"] {
            world.set(now);
            assert_eq!(world.remind().await, 1, "{now}");
        }
        let told: Vec<_> = world.told().await.into_iter().map(|it| it.0).collect();
        assert_eq!(told, [2, 2, 2].map(|n| format!("task/{}", task(n))));
    })
    .await;
}

#[tokio::test]
async fn two_nodes_that_remind_at_once_tell_each_task_once() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        world.put_many(2..900).await;
        world.set("2026-06-22 08:00");
        let (one, other) = (calendar(), calendar());
        let system = world.system();
        let (one, other) =
            tokio::join!(remind(&system, &world.db, &one), remind(&system, &world.db, &other));
        // Whoever is told to wait by the database goes on at its next look.
        let n = one.unwrap_or(0) + other.unwrap_or(0) + world.remind().await;
        let told = world.told().await;
        assert_eq!(told.len(), 899);
        assert!(n <= 899, "{n}");
        let mut tasks: Vec<_> = told.iter().map(|it| &it.0).collect();
        tasks.sort();
        tasks.dedup();
        assert_eq!(tasks.len(), 899);
    })
    .await;
}

#[tokio::test]
async fn a_past_that_was_made_up_is_not_told_of() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        world.put(Made { n: 2, due_on: "2026-05-04", ..Made::default() }).await;
        world.put(Made { n: 3, due_on: "2026-05-29", ..Made::default() }).await;
        settle_reminders(&world.system(), &world.db, &calendar(), 2).await.unwrap();
        assert_eq!(world.remind().await, 1);
        let told = world.told().await;
        assert_eq!(told, [(format!("task/{}", task(3)), 1, "2026-05-29".to_owned())]);
        assert_eq!(code(3), "NV-2026-000003");
    })
    .await;
}
