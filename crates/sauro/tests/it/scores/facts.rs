use std::collections::HashMap;

use sauro::scores::UnitFacts;
use sauro_directory::DirectoryHandle;
use sauro_kernel::{AgencyId, Period, Role};
use sauro_scores::actions::{self, Room};
use sauro_scores::model::{Audience, Measure, Roster, Share};
use sauro_scores::{Ask, FactSource};
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
