use chrono::{DateTime, Utc};
use sauro_journal::Event;
use sauro_store::backup::{backup, restore};
use sauro_store::{Db, Files, run};
use sauro_tasks::model::{Audience, Counts, Moment};
use sauro_testkit::{day, on_each_engine, on_sqlite};
use serde_json::json;
use uuid::Uuid;

use super::seed::{Dice, HIDDEN, PUBLIC};
use super::world::World;

/// A version as it is stored, without the columns that only differ by engine.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
struct Version {
    task_id: Uuid,
    since: i64,
    until: Option<i64>,
    lead_path: String,
    is_public: bool,
    stage: String,
    due_on: chrono::NaiveDate,
    recurs: String,
    self_rating: String,
    reported_at: Option<i64>,
    verified_at: Option<i64>,
    in_use_at: Option<i64>,
}

async fn versions(db: &Db) -> Vec<Version> {
    const SQL: &str = "
        SELECT task_id, since, until, lead_path, is_public, stage, due_on, recurs, self_rating, reported_at,
            verified_at, in_use_at
        FROM task_history ORDER BY task_id, since";
    let mut conn = db.read().await.unwrap();
    run!(conn, c => sqlx::query_as::<_, Version>(SQL).fetch_all(c).await).unwrap()
}

/// The rows of `tasks`, written as the versions that they should be.
async fn present(db: &Db) -> Vec<Version> {
    const SQL: &str = "
        SELECT tasks.id AS task_id, tasks.changed_at AS since, tasks.changed_at AS until, lead_path, is_public,
            stage, due_on, recurs, self_rating, reported_at, verified_at, in_use_at
        FROM tasks ORDER BY id";
    let mut conn = db.read().await.unwrap();
    run!(conn, c => sqlx::query_as::<_, Version>(SQL).fetch_all(c).await).unwrap()
}

/// One change of the kind that actions make: the lock first, then what is new.
struct Change {
    at: i64,
    stage: &'static str,
    rating: &'static str,
    due_on: chrono::NaiveDate,
}

async fn change(world: &World, n: u64, it: &Change) {
    let id = Uuid::from_u64_pair(21, n);
    let mut conn = world.db.write().await.unwrap();
    let lock = "UPDATE tasks SET version = version + 1, changed_at = $2 WHERE id = $1";
    run!(conn, c => sqlx::query(lock).bind(id).bind(it.at).execute(c).await.map(drop)).unwrap();
    let update = "UPDATE tasks SET stage = $2, self_rating = $3, due_on = $4, reported_at = $5,
        verified_at = $6, in_use_at = $7 WHERE id = $1";
    let reported = matches!(it.stage, "reported" | "verified" | "in_use").then_some(it.at);
    let verified = matches!(it.stage, "verified" | "in_use").then_some(it.at);
    run!(conn, c => sqlx::query(update).bind(id).bind(it.stage).bind(it.rating).bind(it.due_on)
        .bind(reported).bind(verified).bind((it.stage == "in_use").then_some(it.at))
        .execute(c).await.map(drop))
    .unwrap();
    let event = Event::new("TaskChanged", "task", id, json!({}));
    sauro_journal::append(&mut conn, &world.ctx, event).await.unwrap();
    conn.commit().await.unwrap();
}

const STAGES: [&str; 8] =
    ["issued", "in_progress", "reported", "returned", "verified", "in_use", "paused", "cancelled"];

fn any(dice: &mut Dice, at: i64) -> Change {
    Change {
        at,
        stage: STAGES[dice.roll(8) as usize],
        rating: ["", "done", "on_track", "at_risk"][dice.roll(4) as usize],
        due_on: day("2026-05-01") + chrono::Days::new(dice.roll(90)),
    }
}

/// What both boards are asked, over and over.
fn asked() -> Vec<(Audience, &'static str)> {
    let paths = ["vn", "vn/96", "vn/96/ubnd", "vn/96/ubnd/31957", "vn/44", "vn/btp", "vn/nowhere"];
    [Audience::Public, Audience::Everything]
        .into_iter()
        .flat_map(|audience| paths.map(|path| (audience, path)))
        .collect()
}

async fn noted(world: &World, at: i64) -> Vec<Counts> {
    let moment = Moment::of(DateTime::<Utc>::from_timestamp_micros(at).unwrap());
    let count = |board: &sauro_tasks::model::Board| {
        let of = |(audience, path)| board.counts(audience, None, path, moment);
        asked().into_iter().map(of).collect()
    };
    world.live.look(count).await
}

#[tokio::test]
async fn the_board_of_every_past_instant_counts_what_was_counted_then() {
    on_each_engine(async |engine| {
        let world = World::new(engine, 120).await;
        let mut dice = Dice(91);
        let mut at = world.ctx.clock.now().timestamp_micros();
        let mut notes = vec![(at, noted(&world, at).await)];
        for _ in 0..80 {
            // Sometimes two changes of one instant, also of one task.
            at += [0, 0, 1, 3_600_000_000, 40_000_000_000][dice.roll(5) as usize];
            let n = 1 + dice.roll(12);
            change(&world, n, &any(&mut dice, at)).await;
            world.live.follow(&world.db).await.unwrap();
            notes.retain(|(noted_at, _)| *noted_at != at);
            notes.push((at, noted(&world, at).await));
        }
        assert!(notes.len() > 30);
        for (at, expected) in notes {
            let instant = DateTime::from_timestamp_micros(at).unwrap();
            let then = world.live.at(&world.db, instant).await.unwrap();
            let of = |(audience, path)| then.counts(audience, None, path);
            let found: Vec<Counts> = asked().into_iter().map(of).collect();
            assert_eq!(found, expected, "at {at}");
        }
    })
    .await;
}

#[tokio::test]
async fn the_present_version_of_every_task_is_its_row_and_no_version_is_empty() {
    on_each_engine(async |engine| {
        let world = World::new(engine, 60).await;
        let mut dice = Dice(7);
        let mut at = world.ctx.clock.now().timestamp_micros();
        for _ in 0..120 {
            // The clock may also have been set back.
            at += [0, 1, 3_600_000_000, -7_200_000_000][dice.roll(4) as usize];
            let n = 1 + dice.roll(5);
            change(&world, n, &any(&mut dice, at)).await;
        }
        let all = versions(&world.db).await;
        let rows = present(&world.db).await;
        assert_eq!(all.iter().filter(|it| it.until.is_none()).count(), rows.len());
        for row in rows {
            let of_task: Vec<&Version> =
                all.iter().filter(|it| it.task_id == row.task_id).collect();
            let (last, before) = of_task.split_last().unwrap();
            let same = Version { since: last.since, until: None, ..row.clone() };
            assert_eq!(**last, same);
            assert!(last.since >= row.since);
            for pair in of_task.windows(2) {
                assert_eq!(pair[0].until, Some(pair[1].since));
                assert!(pair[0].since < pair[1].since);
            }
            assert!(before.iter().all(|it| it.until.is_some()));
        }
    })
    .await;
}

#[tokio::test]
async fn what_is_hidden_today_is_hidden_on_every_past_day() {
    on_each_engine(async |engine| {
        let world = World::new(engine, 200).await;
        let at = world.ctx.clock.now();
        let shown =
            world.live.at(&world.db, at).await.unwrap().counts(Audience::Public, None, "vn");
        let mut conn = world.db.write().await.unwrap();
        let hide = "UPDATE programmes SET is_public = $2 WHERE code = $1";
        run!(conn, c => sqlx::query(hide).bind(PUBLIC[1].0).bind(false).execute(c).await.map(drop))
            .unwrap();
        let id = Uuid::from_u64_pair(20, 2);
        let event = Event::new("ProgrammeChanged", "programme", id, json!({}));
        sauro_journal::append(&mut conn, &world.ctx, event).await.unwrap();
        conn.commit().await.unwrap();
        let before = world.live.shown_at();
        world.live.follow(&world.db).await.unwrap();
        assert!(world.live.shown_at() > before);
        let then = world.live.at(&world.db, at).await.unwrap();
        assert!(then.counts(Audience::Public, None, "vn").total < shown.total);
        let everything = then.counts(Audience::Everything, None, "vn").total;
        assert_eq!(everything, 200, "officials count all, {} among them", HIDDEN.1);
    })
    .await;
}

#[tokio::test]
async fn a_history_that_was_backed_up_comes_back_as_it_was() {
    on_each_engine(async |engine| {
        let world = World::new(engine, 40).await;
        let mut dice = Dice(3);
        let start = world.ctx.clock.now().timestamp_micros();
        for n in 0..30 {
            let at = start + n * 60_000_000;
            change(&world, 1 + dice.roll(9), &any(&mut dice, at)).await;
        }
        let home = tempfile::tempdir().unwrap();
        let files = Files::open(&home.path().join("f").display().to_string()).await.unwrap();
        let zip = home.path().join("b.zip");
        backup(&world.db, &files, &zip, start).await.unwrap();
        let url = format!("sqlite://{}", home.path().join("r.db").display());
        restore(&zip, &url, &files).await.unwrap();
        let restored = Db::open_with(&url, Default::default()).await.unwrap();
        assert_eq!(versions(&restored).await, versions(&world.db).await);
    })
    .await;
}

#[tokio::test]
async fn tasks_of_the_release_before_get_the_steps_that_their_rows_kept() {
    let world = World::new(on_sqlite(Default::default()).await, 300).await;
    // The statement of the migration, run again over rows whose history was thrown away.
    let migration = include_str!("../../../../sauro-store/migrations/sqlite/0009_task_history.sql");
    let fill = migration.split("-- What is known of tasks issued before").nth(1).unwrap();
    let fill = fill.split_once('\n').unwrap().1.split("CREATE TRIGGER").next().unwrap();
    let mut conn = world.db.write().await.unwrap();
    run!(conn, c => sqlx::query("DELETE FROM task_history").execute(c).await.map(drop)).unwrap();
    let later =
        "UPDATE tasks SET changed_at = COALESCE(in_use_at, verified_at, reported_at, changed_at)";
    run!(conn, c => sqlx::query(later).execute(c).await.map(drop)).unwrap();
    run!(conn, c => sqlx::query(sqlx::AssertSqlSafe(fill.to_owned())).execute(c).await.map(drop))
        .unwrap();
    conn.commit().await.unwrap();
    let all = versions(&world.db).await;
    for row in present(&world.db).await {
        let of_task: Vec<&Version> = all.iter().filter(|it| it.task_id == row.task_id).collect();
        let last = of_task.last().unwrap();
        assert_eq!((&last.stage, last.until), (&row.stage, None));
        assert_eq!(of_task[0].stage, if of_task.len() > 1 { "issued" } else { &row.stage });
        assert!(of_task.windows(2).all(|pair| pair[0].until == Some(pair[1].since)));
        if row.stage == "in_use" && row.reported_at < row.verified_at {
            let stages: Vec<&str> = of_task.iter().map(|it| it.stage.as_str()).collect();
            assert_eq!(stages, ["issued", "reported", "verified", "in_use"]);
        }
    }
}
