use std::collections::HashMap;

use sauro::scores::UnitFacts;
use sauro_directory::DirectoryHandle;
use sauro_kernel::{AgencyId, Period, Role};
use sauro_scores::actions::{self, Room};
use sauro_scores::model::{Audience, Measure, Roster, Share};
use sauro_scores::{Ask, FactSource};
use sauro_store::{Db, run};
use sauro_testkit::on_each_engine;

use crate::dashboards::scene::Scene;
use crate::noticing::News;
use crate::world::{COMMUNE, FAR, PROVINCE};

#[tokio::test]
async fn what_is_not_public_counts_in_no_public_score() {
    on_each_engine(async |engine| {
        // Two public tasks, of which one was reported, and six that are not public.
        let scene = Scene::new(engine).await;
        let ctx = scene.ctx(Role::Leader, PROVINCE);
        let db = &scene.doors.world.db;
        let handle = DirectoryHandle::load(&ctx, db).await.unwrap();
        let facts = UnitFacts::new(db, scene.doors.board.clone(), handle);
        let roster = Roster::of_code("communes.96").unwrap();
        let units = roster.units(&scene.doors.world.directory, ctx.today());
        let unit = AgencyId::of_code(COMMUNE);
        let ask = async |audience| {
            let ask = Ask {
                units: &units,
                roster: &roster,
                measures: &Measure::ALL,
                audience,
                period: Period::parse("2026-Q4").unwrap(),
                until: ctx.today(),
                figure_days: 10,
            };
            facts.facts(&ctx, &ask).await.unwrap()
        };
        let share = |found: &HashMap<_, Share>, measure| found.get(&(unit, measure)).copied();
        let public = ask(Audience::Public).await;
        assert_eq!(share(&public, Measure::NotOverdue), Some(Share { hits: 2, of: 2 }));
        let inside = ask(Audience::Inside).await;
        assert_eq!(share(&inside, Measure::NotOverdue), Some(Share { hits: 8, of: 8 }));
        for measure in [Measure::OnTime, Measure::Satisfaction, Measure::InUse] {
            assert_eq!(share(&inside, measure), None, "nothing is due, in use, or rated");
        }
        // The report of November was due on the 18th; nobody has sent it.
        let reports = share(&public, Measure::ReportsOnTime);
        assert_eq!(reports, Some(Share { hits: 0, of: 1 }));
        assert_eq!(share(&public, Measure::ReportsNotReturned), None, "nothing was sent");
        assert_eq!(public.len(), 2 + units.len(), "of the other communes only reports are due");
    })
    .await;
}

/// What senders said of the answers of `agency` given in `month`.
async fn rated(db: &Db, agency: &str, month: &str, (satisfied, rated): (i64, i64)) {
    const SQL: &str = "
        INSERT INTO petition_tallies (period, agency_id, n_answered, on_time, late, solved, unsolved, guided, rated,
            rating_sum, satisfied, contested)
        VALUES ($1, $2, $4, $4, 0, $4, 0, 0, $4, $4, $3, 0)";
    let mut conn = db.write().await.unwrap();
    run!(conn, c => sqlx::query(SQL)
        .bind(month)
        .bind(AgencyId::of_code(agency).0)
        .bind(satisfied)
        .bind(rated)
        .execute(c)
        .await
        .map(drop))
    .unwrap();
    conn.commit().await.unwrap();
}

#[tokio::test]
async fn satisfaction_counts_the_answers_of_all_agencies_below_and_few_ratings_say_nothing() {
    on_each_engine(async |engine| {
        let scene = Scene::new(engine).await;
        let ctx = scene.ctx(Role::Leader, PROVINCE);
        let db = &scene.doors.world.db;
        let handle = DirectoryHandle::load(&ctx, db).await.unwrap();
        let facts = UnitFacts::new(db, scene.doors.board.clone(), handle);
        rated(db, COMMUNE, "2026-09", (0, 50)).await;
        rated(db, COMMUNE, "2026-10", (3, 4)).await;
        rated(db, COMMUNE, "2026-11", (2, 2)).await;
        rated(db, PROVINCE, "2026-11", (1, 3)).await;
        rated(db, FAR, "2026-11", (4, 4)).await;
        let ask = async |roster: &str, period: &str| {
            let roster = Roster::of_code(roster).unwrap();
            let units = roster.units(&scene.doors.world.directory, ctx.today());
            let ask = Ask {
                units: &units,
                roster: &roster,
                measures: &[Measure::Satisfaction],
                audience: Audience::Public,
                period: Period::parse(period).unwrap(),
                until: ctx.today(),
                figure_days: 10,
            };
            let found = facts.facts(&ctx, &ask).await.unwrap();
            let mut shares: Vec<(i64, i64)> = found.values().map(|it| (it.hits, it.of)).collect();
            shares.sort_unstable();
            shares
        };
        assert_eq!(ask("communes.96", "2026-Q4").await, [(5, 6)]);
        // The commune, and the province itself; of the other province there are too few.
        assert_eq!(ask("provinces", "2026-Q4").await, [(6, 9)]);
        assert_eq!(ask("provinces", "2026-11").await, [(3, 5)]);
        assert!(ask("provinces", "2026-T46").await.is_empty(), "weeks have none");
    })
    .await;
}

#[tokio::test]
async fn both_sides_of_an_appeal_and_all_who_are_scored_are_told() {
    on_each_engine(async |engine| {
        let news = News::new(engine).await;
        let board = sauro_tasks::jobs::LiveBoard::load(news.db()).await.unwrap();
        let scored = crate::doors::scored::scored(&news.world, &board).await;
        news.follow().await;
        let opened = "Mở kỳ xếp hạng";
        for role in [Role::FocalOfficer, Role::Leader] {
            assert_eq!(news.at(role, COMMUNE).await, [opened], "{role:?}");
        }
        assert_eq!(news.at(Role::Leader, PROVINCE).await, ["Phản hồi số liệu chờ trả lời"]);
        assert!(news.at(Role::Leader, FAR).await.is_empty());
        let facts = UnitFacts::new(news.db(), board, news.directory.clone());
        let directory = &news.world.directory;
        let room = Room { db: news.db(), source: &facts, directory };
        let leader = news.world.ctx(Role::Leader, PROVINCE);
        let no = (actions::Answer::Refuse, "Nhiệm vụ đó chưa đến hạn.");
        actions::answer_appeal(&leader, &room, scored.appeal, no).await.unwrap();
        news.follow().await;
        let told = ["Phản hồi số liệu được trả lời", opened];
        assert_eq!(news.at(Role::FocalOfficer, COMMUNE).await, told);
    })
    .await;
}
