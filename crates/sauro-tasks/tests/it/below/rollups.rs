//! A task follows those handed down from it by a rule, and the counts equal a recount.

use chrono::Days;
use sauro_kernel::{Role, TaskId};
use sauro_store::run;
use sauro_tasks::TasksError;
use sauro_tasks::actions::{
    Addressees, Amendment, HandDown, amend_task, hand_down, set_roll_rule, task_view,
};
use sauro_tasks::model::{RollRule, Rollup, Stage};
use sauro_testkit::{TestApp, day, on_each_engine};

use super::country::{Dice, accept, issue, machine, report_done, seat, task};
use crate::issuing::setting::Setting;

const COMMUNES: [&str; 3] = ["UBND-31957", "UBND-31987", "UBND-32044"];

fn part(to: Addressees) -> HandDown {
    HandDown {
        to,
        work: "Đối soát dữ liệu hộ tịch của xã".into(),
        deliverables: vec!["1 biên bản đối soát".into()],
        due_on: Some(day("2026-11-30")),
        accountable: "Chủ tịch UBND cấp xã".into(),
        ..HandDown::default()
    }
}

/// A task of the province with a part for each commune.
async fn handed_down(it: &Setting) -> (TaskId, Vec<TaskId>) {
    let begin = day("2026-06-01");
    let parent = issue(it, it.clear("UBND-96"), begin).await;
    let focal = seat(it, Role::FocalOfficer, "UBND-96", begin);
    let to = Addressees::AllCommunes;
    let all = hand_down(&focal, &it.db, &*it.directory, parent, part(to)).await.unwrap();
    assert_eq!(all.len(), COMMUNES.len());
    (parent, all)
}

async fn rollup(it: &Setting, id: TaskId) -> Rollup {
    let ctx = machine(it, day("2026-06-01"));
    let code = task(it, id).await.code;
    task_view(&ctx, &it.db, &code).await.unwrap().rollup
}

/// Counts by looking at every child.
async fn recount(it: &Setting, id: TaskId, children: &[TaskId]) -> Rollup {
    let mut counted = Rollup { rule: rollup(it, id).await.rule, ..Rollup::default() };
    for child in children {
        let child = task(it, *child).await;
        if child.parent != Some(id) || !child.period.is_empty() {
            continue;
        }
        counted.total += 1;
        match child.stage {
            Stage::Cancelled => counted.cancelled += 1,
            Stage::Paused => counted.paused += 1,
            Stage::Verified | Stage::InUse => counted.verified += 1,
            _ => {}
        }
    }
    counted
}

async fn move_to(it: &Setting, child: TaskId, parent: TaskId) {
    const SQL: &str = "UPDATE tasks SET parent_id = $2 WHERE id = $1";
    let mut conn = it.db.write().await.unwrap();
    run!(conn, c => sqlx::query(SQL).bind(child.0).bind(parent.0).execute(c).await.map(drop))
        .unwrap();
    conn.commit().await.unwrap();
}

#[tokio::test]
async fn the_roll_up_equals_a_recount_whatever_happens_to_the_tasks_below() {
    on_each_engine(async |engine| {
        let it = Setting::new(&engine.db).await;
        let (first, mut children) = handed_down(&it).await;
        let (second, more) = handed_down(&it).await;
        children.extend(more);
        let mut dice = Dice(96);
        for step in 0..120 {
            let on = day("2026-06-02") + Days::new(step);
            let id = children[usize::try_from(dice.roll(6)).unwrap()];
            let now = task(&it, id).await;
            let leader = seat(&it, Role::Leader, "UBND-96", on);
            let amendment = match (dice.roll(8), now.stage) {
                (0, Stage::Issued) => Some(Amendment::Pause),
                (1 | 2, Stage::Paused) => Some(Amendment::Resume),
                (3, Stage::Issued | Stage::Paused) if step > 60 => Some(Amendment::Cancel),
                (4 | 5, Stage::Issued) => {
                    report_done(&it, id, on).await;
                    None
                }
                (4..=6, Stage::Reported) => {
                    accept(&it, id, on).await.unwrap();
                    None
                }
                (6 | 7, _) => {
                    move_to(&it, id, if now.parent == Some(first) { second } else { first }).await;
                    None
                }
                _ => None,
            };
            if let Some(amendment) = amendment {
                amend_task(&leader, &it.db, id, amendment, "Theo tình hình", now.version)
                    .await
                    .unwrap();
            }
            for parent in [first, second] {
                assert_eq!(
                    rollup(&it, parent).await,
                    recount(&it, parent, &children).await,
                    "step {step}"
                );
            }
        }
        let last = [rollup(&it, first).await, rollup(&it, second).await];
        assert!(last.iter().any(|it| it.verified > 0) && last.iter().any(|it| it.cancelled > 0));
    })
    .await;
}

#[tokio::test]
async fn a_task_is_accepted_in_full_only_once_its_rule_holds() {
    on_each_engine(async |engine| {
        let it = Setting::new(&engine.db).await;
        let (parent, children) = handed_down(&it).await;
        let on = day("2026-07-01");
        let issuer = seat(&it, Role::Leader, "VPTW", on);
        set_roll_rule(&issuer, &it.db, parent, Some(RollRule::Share(6_000))).await.unwrap();
        report_done(&it, parent, on).await;
        let refused = |err: TasksError, words: &str| match err {
            TasksError::Invalid(faults) => {
                assert!(faults[0].sentence.contains(words), "{:?}", faults[0]);
            }
            other => panic!("{other:?}"),
        };
        refused(accept(&it, parent, on).await.unwrap_err(), "0/3 nhiệm vụ cấp dưới");
        report_done(&it, children[0], on).await;
        accept(&it, children[0], on).await.unwrap();
        refused(accept(&it, parent, on).await.unwrap_err(), "Còn thiếu 1 nhiệm vụ");
        assert_eq!(task(&it, parent).await.stage, Stage::Reported, "nothing was accepted");

        let app = TestApp::new(engine, it.routes()).await;
        let code = task(&it, parent).await.code;
        let verifier = app.official(it.actor(Role::Verifier, "VPTW"));
        let form = verifier.get(&format!("/nhiem-vu/{code}/nghiem-thu")).await;
        form.has_text("1/3 đã nghiệm thu (33,3%), quy tắc: ≥ 60,0%");
        form.has_text("Còn thiếu 1 nhiệm vụ cấp dưới");
        let page = verifier.get(&format!("/nhiem-vu/{code}")).await;
        page.has_text("1/3 đã nghiệm thu (33,3%), quy tắc: ≥ 60,0%");

        // A cancelled one is outside of the share: one of two is not 60 %, two of two are.
        let version = task(&it, children[1]).await.version;
        let leader = seat(&it, Role::Leader, "UBND-96", on);
        amend_task(&leader, &it.db, children[1], Amendment::Cancel, "Sáp nhập", version)
            .await
            .unwrap();
        refused(accept(&it, parent, on).await.unwrap_err(), "1/2 nhiệm vụ cấp dưới");
        report_done(&it, children[2], on).await;
        accept(&it, children[2], on).await.unwrap();
        assert_eq!(accept(&it, parent, on).await.unwrap(), Stage::Verified);
        let err = set_roll_rule(&issuer, &it.db, parent, None).await.unwrap_err();
        assert!(matches!(err, TasksError::WrongState(_)), "{err:?}");
    })
    .await;
}

#[tokio::test]
async fn the_lead_states_a_rule_once_and_only_the_issuer_changes_it() {
    on_each_engine(async |engine| {
        let it = Setting::new(&engine.db).await;
        let (parent, _) = handed_down(&it).await;
        let on = day("2026-07-01");
        let focal = seat(&it, Role::FocalOfficer, "UBND-96", on);
        let issuer = seat(&it, Role::Leader, "VPTW", on);
        let set = async |ctx: &sauro_kernel::Ctx, rule| {
            set_roll_rule(ctx, &it.db, parent, Some(rule)).await
        };
        set(&focal, RollRule::All).await.unwrap();
        let err = set(&focal, RollRule::Count(1)).await.unwrap_err();
        assert!(matches!(err, TasksError::WrongState(_)), "{err:?}");
        assert_eq!(rollup(&it, parent).await.rule, Some(RollRule::All));
        set(&issuer, RollRule::Count(2)).await.unwrap();
        assert_eq!(rollup(&it, parent).await.rule, Some(RollRule::Count(2)));
        let officer = seat(&it, Role::Officer, "UBND-96", on);
        let err = set(&officer, RollRule::Count(1)).await.unwrap_err();
        assert!(matches!(err, TasksError::Denied(_)), "{err:?}");
        let stranger = seat(&it, Role::Leader, "UBND-44", on);
        let err = set(&stranger, RollRule::Count(1)).await.unwrap_err();
        assert!(matches!(err, TasksError::NotFound(_)), "{err:?}");
        let view = task_view(&issuer, &it.db, &task(&it, parent).await.code).await.unwrap();
        let n = view.timeline.iter().filter(|it| it.kind == "RollRuleSet").count();
        assert_eq!(n, 2, "each change is in the history");
    })
    .await;
}
