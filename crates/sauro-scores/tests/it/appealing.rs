use sauro_kernel::Role;
use sauro_scores::ScoresError;
use sauro_scores::actions::{self, Answer, AppealFields};
use sauro_scores::model::{AppealState, Measure};
use sauro_testkit::on_each_engine;

use crate::world::{COMMUNE, FAR, PROVINCE, World, faults};

fn fields(measure: &str, reason: &str, evidence: &str) -> AppealFields {
    AppealFields {
        measure: measure.to_owned(),
        reason: reason.to_owned(),
        evidence: evidence.to_owned(),
    }
}

fn accept(measure: Measure, points: &str) -> Answer {
    Answer::Accept { measure: measure.code().to_owned(), points: points.to_owned() }
}

#[tokio::test]
async fn a_unit_contests_a_frozen_score_and_its_correction_is_another_edition() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let (_, id) = world.opened().await;
        world.say(COMMUNE, 80);
        world.say("UBND-31825", 70);
        world.close(id).await;
        let (room, calendar) = (world.room(), &world.calendar);
        let focal = world.ctx(Role::FocalOfficer, COMMUNE);
        for (typed, words) in [
            (fields("on_time", " ", ""), "Nhập lý do"),
            (fields("x", "Sai", ""), "noi-dung"),
            (fields("", "Sai", "javascript:alert(1)"), "bắt đầu bằng https://"),
            (fields("", "Sai", "https://a b"), "không có dấu cách"),
        ] {
            let refused = actions::appeal(&focal, &room, calendar, id, &typed).await;
            assert!(faults(refused).contains(words), "{words}");
        }
        let typed = fields("on_time", "Hai việc bị tính trễ <b>=cmd</b>", "https://example.vn/a");
        for (role, code) in [(Role::Officer, COMMUNE), (Role::Verifier, PROVINCE)] {
            let denied = actions::appeal(&world.ctx(role, code), &room, calendar, id, &typed).await;
            assert!(matches!(denied, Err(ScoresError::Denied(_))), "{role:?}");
        }
        let far = actions::appeal(&world.ctx(Role::Leader, FAR), &room, calendar, id, &typed).await;
        assert!(matches!(far, Err(ScoresError::NotFound(_))), "who is not scored contests nothing");
        let it = actions::appeal(&focal, &room, calendar, id, &typed).await.unwrap();
        assert_eq!(it.due_on, calendar.add_working_days(focal.today(), 10));
        let again = actions::appeal(&focal, &room, calendar, id, &typed).await;
        assert!(faults(again).contains("đang chờ trả lời"));

        let leader = world.ctx(Role::Leader, PROVINCE);
        let own = world.ctx(Role::Leader, COMMUNE);
        let refuse = (Answer::Refuse, "Không");
        let denied = actions::answer_appeal(&own, &room, it.id, refuse.clone()).await;
        assert!(matches!(denied, Err(ScoresError::Denied(_))));
        let bare = actions::answer_appeal(&leader, &room, it.id, (Answer::Refuse, " ")).await;
        assert!(faults(bare).contains("Nhập nội dung trả lời"));
        let before = actions::public_ranking(&world.db, id, None).await.unwrap();
        let yes = (accept(Measure::OnTime, "100"), "Đúng, hai việc nộp kịp hạn.");
        let it = actions::answer_appeal(&leader, &room, it.id, yes).await.unwrap();
        assert_eq!((it.state, it.answered_edition), (AppealState::Accepted, 2));
        let second = actions::answer_appeal(&leader, &room, it.id, refuse).await;
        assert!(matches!(second, Err(ScoresError::Stale)), "an answer stays");

        let after = actions::public_ranking(&world.db, id, None).await.unwrap();
        let old = actions::public_ranking(&world.db, id, Some(1)).await.unwrap();
        assert_eq!(old.scores, before.scores, "the edition before is kept");
        let total = |view: &actions::RankingView, code| view.score(code).unwrap().total.unwrap();
        assert!(total(&after, COMMUNE) > total(&before, COMMUNE));
        assert_eq!(total(&after, "UBND-31825"), total(&before, "UBND-31825"));
        let unit = after.score(COMMUNE).unwrap().unit.id;
        let told = actions::appeals_of_unit(&world.db, id, unit).await.unwrap();
        assert_eq!(told[0].reason, "Hai việc bị tính trễ <b>=cmd</b>");
        let kinds = world.kinds("score_appeal").await;
        assert_eq!(kinds, ["ScoreAppealed", "ScoreAppealAnswered"]);
    })
    .await;
}

#[tokio::test]
async fn overdue_appeals_stand_first_and_a_refusal_changes_no_score() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let (_, id) = world.opened().await;
        world.say(COMMUNE, 80);
        let focal = world.ctx(Role::FocalOfficer, COMMUNE);
        let typed = fields("verified", "Thiếu một việc", "");
        let first =
            actions::appeal(&focal, &world.room(), &world.calendar, id, &typed).await.unwrap();
        world.pass_days(20);
        let focal = world.ctx(Role::FocalOfficer, COMMUNE);
        let typed = fields("", "Xem lại cả bảng", "");
        actions::appeal(&focal, &world.room(), &world.calendar, id, &typed).await.unwrap();
        let leader = world.ctx(Role::Leader, PROVINCE);
        let found = actions::appeals(&leader, &world.db).await.unwrap();
        assert_eq!((found.to_answer.len(), found.to_answer[0].id), (2, first.id));
        assert!(found.to_answer[0].is_overdue(leader.today()));
        assert!(!found.to_answer[1].is_overdue(leader.today()));
        let far = world.ctx(Role::Leader, FAR);
        assert_eq!(actions::appeals(&far, &world.db).await.unwrap(), Default::default());
        let hidden = actions::appeal_view(&far, &world.room(), first.id).await;
        assert!(matches!(hidden, Err(ScoresError::NotFound(_))));

        let before = actions::ranking_view(&leader, &world.room(), id, None).await.unwrap();
        let no = (Answer::Refuse, "Việc này cấp có thẩm quyền chưa xác minh.");
        actions::answer_appeal(&leader, &world.room(), first.id, no).await.unwrap();
        let after = actions::ranking_view(&leader, &world.room(), id, None).await.unwrap();
        assert_eq!(after.scores, before.scores);
        let found = actions::appeals(&leader, &world.db).await.unwrap();
        assert_eq!((found.to_answer.len(), found.answered.len()), (1, 1));
    })
    .await;
}
