//! A province that scores its communes, one of which contests.

use sauro::scores::UnitFacts;
use sauro_directory::DirectoryHandle;
use sauro_kernel::{RankingId, Role, ScoreAppealId, ScoreMethodId, WorkingCalendar};
use sauro_scores::actions::{self, AppealFields, MethodChange, Room};
use sauro_scores::model::{DesignFields, Measure};
use sauro_tasks::jobs::LiveBoard;

use crate::world::{COMMUNE, PROVINCE, World};

/// What the doors of scores lead to.
pub(crate) struct Scored {
    pub(crate) method: ScoreMethodId,
    /// Open.
    pub(crate) ranking: RankingId,
    /// Waits for an answer.
    pub(crate) appeal: ScoreAppealId,
}

/// What is scored, and with which weight: of one component there is no data.
const WEIGHTS: [(Measure, &str); 4] = [
    (Measure::NotOverdue, "40"),
    (Measure::OnTime, "20"),
    (Measure::ReportsOnTime, "30"),
    (Measure::Satisfaction, "10"),
];

/// A method in force, the ranking of the quarter, and an appeal.
pub(crate) async fn scored(world: &World, board: &LiveBoard) -> Scored {
    let leader = world.ctx(Role::Leader, PROVINCE);
    let standing = world.ctx(Role::StandingAgency, PROVINCE);
    let (db, directory) = (&world.db, &*world.directory);
    let typed = ("Xếp hạng điểm hỗ trợ", "communes.96");
    let it = actions::make_method(&leader, db, directory, typed).await.unwrap();
    let mut fields = DesignFields { enough: "30".to_owned(), ..it.design.fields() };
    for line in &mut fields.components {
        let weight = WEIGHTS.iter().find(|it| it.0.code() == line.measure).map_or("", |it| it.1);
        (line.weight, line.least) = (weight.to_owned(), "1".to_owned());
    }
    let mut stamp = it.stamp;
    for (ctx, change) in [
        (&leader, MethodChange::Save(Box::new(fields), "2026-Q4".to_owned())),
        (&leader, MethodChange::Simulate),
        (&leader, MethodChange::Propose),
        (&standing, MethodChange::Publish),
    ] {
        let key = (it.method, it.n, stamp);
        stamp = actions::change_method(ctx, db, key, change).await.unwrap().stamp;
    }
    let calendar = WorkingCalendar::new([], []);
    let opened = actions::open_ranking(&leader, db, &calendar, it.method, "2026-Q4").await;
    let ranking = opened.unwrap().id;
    let handle = DirectoryHandle::load(&world.system(), db).await.unwrap();
    let facts = UnitFacts::new(db, board.clone(), handle);
    let room = Room { db, source: &facts, directory };
    let unit = world.ctx(Role::Leader, COMMUNE);
    let typed =
        AppealFields { reason: "Thiếu một nhiệm vụ".to_owned(), ..AppealFields::default() };
    let appeal = actions::appeal(&unit, &room, &calendar, ranking, &typed).await.unwrap().id;
    Scored { method: it.method, ranking, appeal }
}
