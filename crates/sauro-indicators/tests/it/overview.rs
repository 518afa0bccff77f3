//! The list of all indicators equals, line by line, what each indicator says of itself.

use chrono::NaiveDate;
use sauro_indicators::actions::{self, FigureFields, Overview, TargetFields};
use sauro_kernel::{Ctx, Role};
use sauro_testkit::{day, on_each_engine};

use crate::world::{SAMPLE, World, fields};

/// The lines as they come about one by one, each with questions of its own.
async fn one_by_one(
    world: &World,
    ctx: &Ctx,
    lines: &[Overview],
    is_public: bool,
) -> Vec<Overview> {
    let mut found = Vec::new();
    for line in lines {
        let look = actions::show(ctx, &world.db, &line.indicator.code).await.unwrap();
        found.push(if is_public { told(look, ctx.today()) } else { look.overview });
    }
    found
}

/// What the public is told of an indicator: nothing that was not appraised.
fn told(look: actions::Look, today: NaiveDate) -> Overview {
    let mut line = look.overview;
    line.figures.retain(|it| it.appraised.is_some());
    let shown_by_nation = {
        let first = look.targets.first().map(|it| it.unit.is_nation());
        first.unwrap_or(true) || look.targets.iter().any(|it| it.unit.is_nation())
    };
    let mut places = look.places.into_iter();
    line.rolled = if line.figures.is_empty() && shown_by_nation {
        places.find(|it| it.place == "VN" && it.n == it.n_appraised)
    } else {
        None
    };
    line.pace = line
        .target
        .as_ref()
        .zip(line.figures.last())
        .map(|(target, it)| target.pace(it.value(), it.as_of, today));
    line
}

/// Figures of the nation, of provinces and of communes, some appraised, under two versions.
async fn play(world: &World) {
    for (n, commune) in ["UBND-32191", "UBND-32071", "UBND-00004"].into_iter().enumerate() {
        for code in ["SONG", "CAO", "XONG", "TONG"] {
            let id = world.report(code, commune, &format!("{}", 10 + n)).await.unwrap();
            if code != "CAO" || n > 0 {
                let verifier = world.ctx(Role::Verifier, "TTBCĐ57");
                let value = format!("{}", 10 + n);
                actions::appraise_figure(&verifier, &world.db, id, 1, &value, "Đã đối chiếu")
                    .await
                    .unwrap();
            }
        }
        world.report("DAT", commune, "10/40").await.unwrap();
    }
    let owner = world.ctx(Role::Leader, "BKHCN");
    for (month, value) in [("2026-02", "320"), ("2026-03", "300"), ("2026-04", "290")] {
        let said = FigureFields { period: month.to_owned(), ..fields(value) };
        actions::report_figure(&owner, &world.db, "THON", &world.unit("VN"), &said).await.unwrap();
    }
    // A target of one province alone: that province shows the indicator.
    let target = TargetFields {
        unit: "96".to_owned(),
        period: "2026-12".to_owned(),
        comparison: ">=".to_owned(),
        value: "95".to_owned(),
        reason: "Kế hoạch".to_owned(),
        ..TargetFields::default()
    };
    let office = world.ctx(Role::Leader, "VPCP");
    actions::set_target(&office, &world.db, world.directory, "LECH", &target).await.unwrap();
    world.report("LECH", "UBND-96", "80").await.unwrap();
    let changed = SAMPLE.replace("Nhiệm vụ đã xong", "Nhiệm vụ đã làm xong");
    actions::import_indicators(&world.system(), &world.db, world.directory, &changed)
        .await
        .unwrap();
    world.follow().await;
}

#[tokio::test]
async fn the_list_equals_what_each_indicator_says_of_itself() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        play(&world).await;
        let ctx = world.system();
        let lines = actions::overview(&ctx, &world.db).await.unwrap();
        assert_eq!(lines.len(), 8);
        assert!(
            lines.iter().any(|it| it.rolled.is_some())
                && lines.iter().any(|it| it.figures.len() == 3)
        );
        assert!(lines.iter().any(|it| it.pace.is_some()));
        assert_eq!(lines, one_by_one(&world, &ctx, &lines, false).await);
        let public = actions::public_overview(&world.db, day("2026-06-01")).await.unwrap();
        assert!(public.iter().any(|it| it.rolled.as_ref().is_some_and(|it| it.n == 3)));
        assert!(public.iter().all(|it| it.indicator.code != "CAO" || it.rolled.is_none()));
        assert_eq!(public, one_by_one(&world, &ctx, &public, true).await);
    })
    .await;
}

#[tokio::test]
async fn the_list_of_the_shipped_indicators_equals_it_too() {
    on_each_engine(async |engine| {
        let world = World::empty(&engine.db);
        let ctx = world.system();
        actions::load_shipped(&ctx, &world.db, world.directory).await.unwrap();
        let lines = actions::overview(&ctx, &world.db).await.unwrap();
        assert_eq!(lines.len(), 83);
        assert_eq!(lines, one_by_one(&world, &ctx, &lines, false).await);
    })
    .await;
}
