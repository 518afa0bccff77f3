use chrono::NaiveDate;
use sauro_kernel::cut_off;
use sauro_store::{Db, run};
use sauro_tasks::model::{Moment, Stage, Standing, Status, StatusFacts};
use sauro_testkit::{day, on_each_engine};
use serde_json::Value;

use super::world::World;

/// A task as the rows say, for counting by hand.
#[derive(sqlx::FromRow)]
pub(super) struct Raw {
    pub(super) code: String,
    pub(super) lead_path: String,
    pub(super) programme: String,
    pub(super) is_shown: bool,
    stage: String,
    due_on: NaiveDate,
    reported_at: Option<i64>,
    recurs: String,
    self_rating: String,
    standing: String,
    claim: String,
}

impl Raw {
    fn stage(&self) -> Stage {
        Stage::of_code(&self.stage).unwrap()
    }

    fn facts(&self) -> StatusFacts {
        StatusFacts { stage: self.stage(), due_on: self.due_on, reported_at: self.reported_at }
    }

    fn is_dated(&self) -> bool {
        self.recurs.is_empty()
    }

    fn is_doubted(&self, moment: Moment) -> bool {
        let is_overdue = self.facts().status(moment) == Status::Overdue;
        self.is_dated()
            && self.stage().is_open()
            && (self.self_rating == "done" || (self.self_rating == "on_track" && is_overdue))
    }

    fn is(&self, standing: Standing, moment: Moment) -> bool {
        let status = self.facts().status(moment);
        match standing {
            Standing::Recurring => !self.is_dated(),
            Standing::Doubted => self.is_doubted(moment),
            _ if !self.is_dated() => false,
            Standing::Overdue => status == Status::Overdue,
            Standing::DueSoon => status == Status::DueSoon,
            Standing::InTime => matches!(status, Status::DueSoon | Status::InTime),
            Standing::DoneOnTime => status == Status::DoneOnTime,
            Standing::DoneLate => status == Status::DoneLate,
            Standing::NotAssessable => status == Status::NotAssessable,
        }
    }
}

pub(super) async fn raw(db: &Db) -> Vec<Raw> {
    const SQL: &str = "
        SELECT tasks.code, tasks.lead_path, programmes.code AS programme, tasks.stage, tasks.due_on,
            tasks.reported_at, tasks.recurs, tasks.self_rating, tasks.standing, tasks.claim,
            CASE WHEN programmes.is_public THEN tasks.is_public ELSE FALSE END AS is_shown
        FROM tasks JOIN programmes ON programmes.id = tasks.programme_id ORDER BY tasks.id";
    let mut conn = db.read().await.unwrap();
    run!(conn, c => sqlx::query_as::<_, Raw>(SQL).fetch_all(c).await).unwrap()
}

#[track_caller]
fn check(figures: &Value, tasks: &[&Raw], moment: Moment) {
    let dated: Vec<_> = tasks.iter().filter(|it| it.is_dated()).collect();
    let n = |of: &dyn Fn(&Raw) -> bool| dated.iter().filter(|it| of(it)).count();
    let status = |status: Status| n(&|it| it.facts().status(moment) == status);
    let is_live = |it: &Raw| !matches!(it.stage(), Stage::Paused | Stage::Cancelled);
    let expected = [
        ("total", tasks.len()),
        ("dated", dated.len()),
        ("reported", n(&|it| is_live(it) && it.reported_at.is_some())),
        ("on_time", status(Status::DoneOnTime)),
        ("verified", n(&|it| matches!(it.stage(), Stage::Verified | Stage::InUse))),
        ("in_use", n(&|it| it.stage() == Stage::InUse)),
        ("done_late", status(Status::DoneLate)),
        ("open_in_time", status(Status::InTime) + status(Status::DueSoon)),
        ("open_overdue", status(Status::Overdue)),
        ("due_soon", status(Status::DueSoon)),
        ("not_assessable", status(Status::NotAssessable)),
        ("doubted", n(&|it| it.is_doubted(moment))),
    ];
    for (name, count) in expected {
        assert_eq!(figures[name], count, "{name}");
    }
}

#[tokio::test]
async fn the_figures_of_every_area_equal_counting_by_hand() {
    on_each_engine(async |engine| {
        let world = World::new(engine, 400).await;
        let (all, moment) = (raw(&world.db).await, world.moment());
        let at = |path: &str| {
            let below = format!("{path}/");
            let is_here = |it: &&Raw| {
                it.is_shown && (it.lead_path == path || it.lead_path.starts_with(&below))
            };
            all.iter().filter(is_here).collect::<Vec<_>>()
        };
        for (address, path) in [
            ("/ket-qua.json", "vn"),
            ("/ket-qua/tinh/96.json", "vn/96"),
            ("/ket-qua/co-quan/UBND-96.json", "vn/96/ubnd"),
            ("/ket-qua/co-quan/BTP.json", "vn/btp"),
        ] {
            check(&world.get(address).await.json()["figures"], &at(path), moment);
        }
        let of = |it: &&Raw| it.is_shown && it.programme == "ha-tang-so";
        let page = world.get("/ket-qua/chuong-trinh/ha-tang-so.json").await.json();
        check(&page["figures"], &all.iter().filter(of).collect::<Vec<_>>(), moment);
        let nation = world.get("/ket-qua.json").await.json();
        let provinces = nation["provinces"].as_array().unwrap();
        assert_eq!(provinces.len(), 34);
        let ca_mau = provinces.iter().find(|it| it["code"] == "96").unwrap();
        check(&ca_mau["figures"], &at("vn/96"), moment);
        let shown = world.get("/ket-qua").await.text();
        let overdue = nation["figures"]["open_overdue"].as_i64().unwrap();
        assert!(shown.contains(&format!("Mở danh sách {overdue} nhiệm vụ quá hạn")), "{shown}");
    })
    .await;
}

#[tokio::test]
async fn a_list_holds_exactly_the_tasks_of_its_standing_page_after_page() {
    on_each_engine(async |engine| {
        let world = World::new(engine, 400).await;
        let (all, moment) = (raw(&world.db).await, world.moment());
        for standing in Standing::ALL {
            for (query, path) in [("", "vn"), ("&tinh=96", "vn/96"), ("&co-quan=BTP", "vn/btp")] {
                let below = format!("{path}/");
                let is_here = |it: &&Raw| it.lead_path == path || it.lead_path.starts_with(&below);
                let mut expected: Vec<&str> = all
                    .iter()
                    .filter(|it| it.is_shown && it.is(standing, moment))
                    .filter(is_here)
                    .map(|it| it.code.as_str())
                    .collect();
                let mut found = Vec::new();
                let mut next = String::new();
                loop {
                    let at = format!(
                        "/ket-qua/danh-sach.json?trang-thai={}{query}{next}",
                        standing.code()
                    );
                    let page = world.get(&at).await.json();
                    let tasks = page["tasks"].as_array().unwrap().clone();
                    found.extend(
                        tasks.into_iter().map(|it| it["code"].as_str().unwrap().to_owned()),
                    );
                    let Some(after) = page["next"].as_str() else { break };
                    next = format!("&sau={}", after.replace('/', "%2F"));
                }
                found.sort();
                expected.sort_unstable();
                assert_eq!(found, expected, "{standing:?} {path}");
            }
        }
    })
    .await;
}

#[tokio::test]
async fn the_computed_columns_of_the_database_say_what_the_formula_says() {
    on_each_engine(async |engine| {
        let world = World::new(engine, 600).await;
        let far = Moment::on(day("2000-01-01"));
        for it in raw(&world.db).await {
            let is_in_time = it.facts().is_reported_in_time();
            assert_eq!(
                is_in_time,
                it.reported_at.is_some_and(|at| at <= cut_off(it.due_on).timestamp_micros())
            );
            let expected = match it.facts().status(far) {
                _ if !it.is_dated() => "recurring",
                Status::NotAssessable => "none",
                Status::DoneOnTime => "done",
                Status::DoneLate => "late",
                _ if it.stage() == Stage::Reported && is_in_time => "wait",
                _ => "open",
            };
            assert_eq!(it.standing, expected, "{}", it.code);
            let claim = match it.self_rating.as_str() {
                _ if !it.is_dated() || !it.stage().is_open() => "",
                "done" => "done",
                "on_track" if expected == "open" => "on_track",
                _ => "",
            };
            assert_eq!(it.claim, claim, "{}", it.code);
        }
    })
    .await;
}

#[tokio::test]
async fn a_change_is_on_the_page_after_the_board_has_followed() {
    on_each_engine(async |engine| {
        let world = World::new(engine, 200).await;
        let before = world.get("/ket-qua.json").await.json();
        let first = raw(&world.db).await.into_iter().find(|it| it.is_shown && it.is_dated());
        let code = first.unwrap().code;
        let mut conn = world.db.write().await.unwrap();
        let id: uuid::Uuid =
            run!(conn, c => sqlx::query_scalar("SELECT id FROM tasks WHERE code = $1")
            .bind(&code).fetch_one(c).await)
            .unwrap();
        let hide = "UPDATE tasks SET is_public = $2 WHERE id = $1";
        run!(conn, c => sqlx::query(hide).bind(id).bind(false).execute(c).await.map(drop)).unwrap();
        let event = sauro_journal::Event::new("TaskHidden", "task", id, serde_json::json!({}));
        sauro_journal::append(&mut conn, &world.ctx, event).await.unwrap();
        conn.commit().await.unwrap();
        world.live.follow(&world.db).await.unwrap();
        let after = world.get("/ket-qua.json").await.json();
        let total = |it: &Value| it["figures"]["total"].as_i64().unwrap();
        assert_eq!(total(&after), total(&before) - 1);
        assert_eq!(world.get(&format!("/ket-qua/nhiem-vu/{code}")).await.status, 404);
    })
    .await;
}

#[tokio::test]
async fn hiding_a_programme_hides_its_tasks() {
    on_each_engine(async |engine| {
        let world = World::new(engine, 200).await;
        let mut conn = world.db.write().await.unwrap();
        let id = uuid::Uuid::from_u64_pair(20, 2);
        let hide = "UPDATE programmes SET is_public = $2 WHERE id = $1";
        run!(conn, c => sqlx::query(hide).bind(id).bind(false).execute(c).await.map(drop)).unwrap();
        let event =
            sauro_journal::Event::new("ProgrammeChanged", "programme", id, serde_json::json!({}));
        sauro_journal::append(&mut conn, &world.ctx, event).await.unwrap();
        conn.commit().await.unwrap();
        world.live.follow(&world.db).await.unwrap();
        let (all, moment) = (raw(&world.db).await, world.moment());
        let shown: Vec<_> = all.iter().filter(|it| it.is_shown).collect();
        assert!(shown.iter().all(|it| it.programme != "ha-tang-so"));
        check(&world.get("/ket-qua.json").await.json()["figures"], &shown, moment);
        assert_eq!(world.get("/ket-qua/chuong-trinh/ha-tang-so").await.status, 404);
    })
    .await;
}
