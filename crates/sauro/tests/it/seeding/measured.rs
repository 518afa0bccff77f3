use chrono::DateTime;
use sauro::demo::{self, Measured, Scale, Wanted};
use sauro_indicators::actions;
use sauro_store::{Files, Limits, run};
use sauro_testkit::on_each_engine_with;

/// Communes, provinces and bodies of the centre.
const COMMUNES: i64 = 3_321;
const OTHERS: i64 = 34 + 60;

#[tokio::test]
async fn figures_for_measuring_are_said_by_every_unit_and_add_up() {
    on_each_engine_with(Limits::alone(), async |engine| {
        let home = tempfile::tempdir().unwrap();
        let files = Files::open(&home.path().display().to_string()).await.unwrap();
        let now = DateTime::parse_from_rfc3339("2026-11-27T09:00:00+07:00").unwrap().to_utc();
        let wanted = Wanted {
            seed: 57,
            scale: Scale::Demo,
            n_tasks: None,
            figures: Some(Measured { n_months: 1, n_indicators: 2 }),
            has_demonstration: false,
            now,
        };
        let made = demo::load(&engine.db, &files, &wanted).await.unwrap();
        // The first indicator is asked of communes alone.
        let expected = COMMUNES + COMMUNES + OTHERS;
        assert_eq!(i64::try_from(made.n_figures).unwrap(), expected);
        let mut conn = engine.db.read().await.unwrap();
        let mut count = async |sql: &'static str| {
            run!(conn, c => sqlx::query_scalar::<_, i64>(sql).fetch_one(c).await).unwrap()
        };
        assert_eq!(count("SELECT COUNT(*) FROM observations").await, expected);
        assert_eq!(count("SELECT COUNT(*) FROM observation_revisions").await, expected);
        assert_eq!(count("SELECT COUNT(*) FROM rollup_parts").await, 2 * COMMUNES);
        assert_eq!(count("SELECT COUNT(*) FROM rollups").await, 2 * 35);
        let named = "SELECT COUNT(*) FROM indicator_versions WHERE name LIKE '%(dữ liệu đo tải)'";
        assert_eq!(count(named).await, 2);
        drop(conn);
        let checked = actions::check_rollups(&engine.db, 0).await.unwrap();
        assert_eq!((checked.n, checked.wrong), (2 * 35, Vec::new()));
    })
    .await;
}
