use sauro_kernel::Role;
use sauro_scores::ScoresError;
use sauro_scores::actions::{self, MarkFields};
use sauro_scores::model::{DesignFields, Measure};
use sauro_testkit::on_each_engine;

use crate::world::{COMMUNE, FAR, PROVINCE, World, faults};

fn mark(measure: Measure, points: &str, note: &str) -> MarkFields {
    MarkFields {
        measure: measure.code().to_owned(),
        points: points.to_owned(),
        note: note.to_owned(),
    }
}

#[tokio::test]
async fn a_closed_ranking_keeps_its_facts_and_its_version_whatever_comes_later() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let (method, id) = world.opened().await;
        let leader = world.ctx(Role::Leader, PROVINCE);
        let open = actions::open_ranking(&leader, &world.db, &world.calendar, method, "2026-10");
        assert!(faults(open.await).contains("đã mở rồi"));
        let ahead = actions::open_ranking(&leader, &world.db, &world.calendar, method, "2027-01");
        assert!(faults(ahead.await).contains("chưa bắt đầu"));
        let before = actions::open_ranking(&leader, &world.db, &world.calendar, method, "2026-08");
        assert!(faults(before.await).contains("chưa có bản cách chấm nào áp dụng"));
        world.say(COMMUNE, 80);
        let early = actions::close_ranking(&leader, &world.room(), (id, 1)).await;
        assert!(faults(early).contains("Chưa chốt được"));
        let live = actions::ranking_view(&leader, &world.room(), id, None).await.unwrap();
        world.close(id).await;
        world.say(COMMUNE, 20);
        let it = actions::new_version(&leader, &world.db, method).await.unwrap();
        let fields = DesignFields { enough: "100".to_owned(), ..it.design.fields() };
        let it = {
            let earlier = world.change(
                Role::Leader,
                &it,
                sauro_scores::actions::MethodChange::Save(
                    Box::new(fields.clone()),
                    "2026-10".to_owned(),
                ),
            );
            earlier.await.unwrap()
        };
        let it = world.change(Role::Leader, &it, actions::MethodChange::Simulate).await.unwrap();
        let it = world.change(Role::Leader, &it, actions::MethodChange::Propose).await.unwrap();
        let late = world.change(Role::StandingAgency, &it, actions::MethodChange::Publish).await;
        assert!(faults(late).contains("Đã mở xếp hạng Tháng 10/2026"));
        world.publish(it, fields, "2026-11").await;
        let frozen = actions::ranking_view(&leader, &world.room(), id, None).await.unwrap();
        assert_eq!(frozen.scores, live.scores);
        assert_eq!((frozen.version.n, frozen.edition), (1, 1));
        let public = actions::public_ranking(&world.db, id, None).await.unwrap();
        assert_eq!(public.scores, live.scores);
        let kinds = world.kinds("ranking").await;
        assert_eq!(kinds, ["RankingOpened", "RankingClosed", "RankingPublished"]);
    })
    .await;
}

#[tokio::test]
async fn strangers_see_nothing_of_a_ranking_until_it_is_shown_to_everybody() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let (_, id) = world.opened().await;
        world.say(COMMUNE, 80);
        let far = world.ctx(Role::Leader, FAR);
        let room = world.room();
        let seen = actions::ranking_view(&far, &room, id, None).await;
        assert!(matches!(seen, Err(ScoresError::NotFound(_))));
        for done in [
            actions::close_ranking(&far, &room, (id, 1)).await.map(drop),
            actions::self_score(&far, &world.db, &world.directory, id, &[]).await,
            actions::adjust_score(&far, &room, (id, COMMUNE), ("on_time", "1", "x")).await,
        ] {
            assert!(matches!(done, Err(ScoresError::NotFound(_))), "{done:?}");
        }
        assert!(actions::rankings(&far, &world.db).await.unwrap().is_empty());
        let public = actions::public_ranking(&world.db, id, None).await;
        assert!(matches!(public, Err(ScoresError::NotFound(_))));
        assert!(actions::public_rankings(&world.db).await.unwrap().is_empty());
        let commune = world.ctx(Role::Officer, COMMUNE);
        assert_eq!(actions::rankings(&commune, &world.db).await.unwrap().len(), 1);
        world.close(id).await;
        assert_eq!(actions::public_rankings(&world.db).await.unwrap().len(), 1);
        assert!(actions::ranking_view(&far, &world.room(), id, None).await.is_ok());
        let denied = actions::close_ranking(&far, &world.room(), (id, 3)).await;
        assert!(matches!(denied, Err(ScoresError::Denied(_))), "seen is not managed");
    })
    .await;
}

#[tokio::test]
async fn a_unit_scores_itself_beside_what_is_computed_until_the_last_day() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let (_, id) = world.opened().await;
        world.say(COMMUNE, 80);
        let focal = world.ctx(Role::FocalOfficer, COMMUNE);
        let (db, units) = (&world.db, &*world.directory);
        let officer = world.ctx(Role::Officer, COMMUNE);
        let denied = actions::self_score(&officer, db, units, id, &[]).await;
        assert!(matches!(denied, Err(ScoresError::Denied(_))));
        let own = world.ctx(Role::Leader, PROVINCE);
        let absent = actions::self_score(&own, db, units, id, &[]).await;
        assert!(matches!(absent, Err(ScoresError::NotFound(_))), "the province is not scored");
        let wrong = [mark(Measure::OnTime, "101", ""), mark(Measure::Satisfaction, "5", "")];
        let words = faults(actions::self_score(&focal, db, units, id, &wrong).await);
        assert!(words.contains("diem-on_time") && words.contains("tiêu chí lạ"), "{words}");
        let none = actions::self_score(&focal, db, units, id, &[]).await;
        assert!(faults(none).contains("ít nhất một tiêu chí"));
        let marks = [mark(Measure::OnTime, "95,5", "<script>alert(1)</script> =1+1")];
        actions::self_score(&focal, db, units, id, &marks).await.unwrap();
        let view = actions::ranking_view(&focal, &world.room(), id, None).await.unwrap();
        assert_eq!(view.marks[0].points.to_string(), "95.5");
        assert_eq!(view.marks[0].note, "<script>alert(1)</script> =1+1");
        let sums = view.score(COMMUNE).unwrap().parts[0].sums.clone().unwrap();
        assert_ne!(sums.points(), view.marks[0].points, "what is computed stays");
        world.pass_days(20);
        let late = world.ctx(Role::FocalOfficer, COMMUNE);
        let late = actions::self_score(&late, db, units, id, &marks).await;
        assert!(faults(late).contains("Hạn tự chấm là hết ngày"));
    })
    .await;
}

#[tokio::test]
async fn an_appraiser_adjusts_with_a_reason_and_nobody_appraises_the_own_unit() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let (_, id) = world.opened().await;
        world.say(COMMUNE, 80);
        let room = world.room();
        let typed = ("on_time", "60", "Hai sản phẩm nộp thiếu phụ lục");
        for (role, code) in [(Role::Leader, COMMUNE), (Role::StandingAgency, PROVINCE)] {
            let ctx = world.ctx(role, code);
            let denied = actions::adjust_score(&ctx, &room, (id, COMMUNE), typed).await;
            assert!(matches!(denied, Err(ScoresError::Denied(_))), "{role:?} {code}");
        }
        let verifier = world.ctx(Role::Verifier, PROVINCE);
        let key = (id, COMMUNE);
        let bare = actions::adjust_score(&verifier, &room, key, ("on_time", "60", " ")).await;
        assert!(faults(bare).contains("Nhập lý do điều chỉnh"));
        let none = ("satisfaction", "x", "x");
        let words = faults(actions::adjust_score(&verifier, &room, key, none).await);
        assert!(words.contains("tieu-chi") && words.contains("diem"), "{words}");
        actions::adjust_score(&verifier, &room, key, typed).await.unwrap();
        let view = actions::ranking_view(&verifier, &room, id, None).await.unwrap();
        let sums = view.score(COMMUNE).unwrap().parts[0].sums.clone().unwrap();
        assert_eq!(sums.adjusted.map(|it| it.to_string()).as_deref(), Some("60"));
        assert_eq!(sums.computed.to_string(), "72.7273", "both are kept");
        assert_eq!(view.adjustments[0].reason, "Hai sản phẩm nộp thiếu phụ lục");

        // The same person, from another seat, has scored the unit.
        let focal = world.ctx(Role::FocalOfficer, COMMUNE);
        let marks = [mark(Measure::OnTime, "90", "")];
        let (db, units) = (&world.db, &*world.directory);
        actions::self_score(&focal, db, units, id, &marks).await.unwrap();
        let mut twice = world.ctx(Role::Verifier, PROVINCE);
        twice.actor.account = focal.actor.account;
        let own = actions::adjust_score(&twice, &world.room(), key, typed).await;
        assert!(faults(own).contains("Không ai thẩm định điểm của chính đơn vị mình"));
    })
    .await;
}

#[tokio::test]
async fn a_ministry_that_scores_ministries_does_not_appraise_itself() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let centre = "VPCP";
        let leader = world.ctx(Role::Leader, centre);
        let (db, units) = (&world.db, &*world.directory);
        let typed = ("Xếp hạng bộ", "ministries");
        let it = actions::make_method(&leader, db, units, typed).await.unwrap();
        let key = |it: &sauro_scores::model::MethodVersion| (it.method, it.n, it.stamp);
        for step in [actions::MethodChange::Simulate, actions::MethodChange::Propose] {
            let seen = actions::method_view(&leader, db, it.method).await.unwrap();
            let newest = seen.newest().unwrap();
            actions::change_method(&leader, db, key(newest), step).await.unwrap();
        }
        let standing = world.ctx(Role::StandingAgency, centre);
        let seen = actions::method_view(&leader, db, it.method).await.unwrap();
        let publish = actions::MethodChange::Publish;
        actions::change_method(&standing, db, key(seen.newest().unwrap()), publish).await.unwrap();
        let opened = actions::open_ranking(&leader, db, &world.calendar, it.method, "2026-Q4");
        let id = opened.await.unwrap().id;
        let view = actions::ranking_view(&leader, &world.room(), id, None).await.unwrap();
        let Some(own) = view.score(centre) else { panic!("the centre is among the scored") };
        assert_eq!(view.powers.own, Some(own.unit.id));
        world.say(centre, 80);
        let verifier = world.ctx(Role::Verifier, centre);
        let typed = ("on_time", "100", "Tự sửa");
        let denied = actions::adjust_score(&verifier, &world.room(), (id, centre), typed).await;
        assert!(faults(denied).contains("Không ai thẩm định điểm của chính đơn vị mình"));
    })
    .await;
}
