//! What owners say about the quality of their figures.

use sauro_indicators::IndicatorsError;
use sauro_indicators::actions::{self, indicator_by_code, points_said, state_quality, statements};
use sauro_indicators::model::Quality;
use sauro_kernel::Role;
use sauro_testkit::on_each_engine;

use crate::world::{World, faults};

fn said(source: &str) -> Quality {
    Quality {
        source: source.to_owned(),
        verification: "Đối chiếu với sổ theo dõi của xã.".to_owned(),
        limits: "  ".to_owned(),
        ..Quality::default()
    }
}

#[tokio::test]
async fn the_owner_says_how_good_its_figures_are_and_every_version_stays() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let owner = world.ctx(Role::StandingAgency, "BKHCN");
        let state = async |version, quality: &Quality| {
            state_quality(&owner, &world.db, "THON", version, quality).await
        };
        state(0, &said("Sổ của xã.")).await.unwrap();
        assert!(matches!(state(0, &said("Khác.")).await, Err(IndicatorsError::Stale)));
        state(1, &said("Sổ của xã.")).await.unwrap();
        state(1, &said("Hệ thống đo sóng.")).await.unwrap();
        let indicator = indicator_by_code(&world.db, "THON").await.unwrap();
        let all = statements(&world.db, &indicator).await.unwrap();
        let told: Vec<(i64, &str)> =
            all.iter().map(|it| (it.version, it.quality.source.as_str())).collect();
        assert_eq!(
            told,
            [(2, "Hệ thống đo sóng."), (1, "Sổ của xã.")],
            "the same again is no version"
        );
        assert_eq!(all[0].agency, owner.actor.agency);
        assert_eq!(all[0].quality.n_said(), 2, "blanks say nothing");
        let n_said = points_said(&world.db).await.unwrap();
        assert_eq!(n_said.get(&indicator.id), Some(&2));
        assert_eq!(n_said.len(), 1);
        let subject = format!("indicator/{}", indicator.id);
        let mut conn = world.db.read().await.unwrap();
        let told = sauro_journal::history(&mut conn, &subject, None, 9).await.unwrap();
        let n = told.iter().filter(|it| it.kind == "QualityStated").count();
        assert_eq!(n, 2);
    })
    .await;
}

#[tokio::test]
async fn only_the_owner_speaks_of_quality_and_briefly() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        for (role, code) in [
            (Role::StandingAgency, "VPCP"),
            (Role::Leader, "UBND-96"),
            (Role::Officer, "BKHCN"),
            (Role::Inspector, "BKHCN"),
        ] {
            let ctx = world.ctx(role, code);
            let done = state_quality(&ctx, &world.db, "THON", 0, &said("x")).await;
            assert!(matches!(done, Err(IndicatorsError::Denied(_))), "{role:?} {code}");
        }
        let owner = world.ctx(Role::StandingAgency, "BKHCN");
        let long = said(&"dài ".repeat(300));
        let found = faults(state_quality(&owner, &world.db, "THON", 0, &long).await.unwrap_err());
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].0, "nguon-du-lieu");
        assert!(found[0].1.contains("tối đa 1000 ký tự"), "{found:?}");
        assert_eq!(world.count("quality_statements").await, 0);
    })
    .await;
}

#[tokio::test]
async fn the_shipped_statements_leave_open_what_nobody_knows() {
    on_each_engine(async |engine| {
        let world = World::empty(&engine.db);
        let ctx = world.system();
        actions::load_shipped(&ctx, &world.db, world.directory).await.unwrap();
        let n_said = points_said(&world.db).await.unwrap();
        assert_eq!(n_said.len(), 61, "the strategic ones");
        assert!(n_said.values().all(|it| (1..=3).contains(it)), "{n_said:?}");
    })
    .await;
}
