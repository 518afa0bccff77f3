use std::sync::Arc;

use chrono::DateTime;
use sauro_directory::DirectoryHandle;
use sauro_directory::actions::{add_day_off, import_agencies, load_shipped};
use sauro_directory::model::DayOff;
use sauro_kernel::{Ctx, FixedClock, Role};
use sauro_testkit::{ctx, day, on_each_engine};

const PROJECT: &str = "code,province_code,name,aliases,kind\n\
                       BQL-96,96,Ban Quản lý dự án chuyển đổi số,BQL CĐS,unit\n";

fn at(time: &str) -> Ctx {
    let now = DateTime::parse_from_rfc3339(time).unwrap().to_utc();
    Ctx { clock: Arc::new(FixedClock(now)), ..ctx(Role::System) }
}

#[tokio::test]
async fn one_node_sees_what_another_changed() {
    on_each_engine(async |engine| {
        let (ctx, db) = (ctx(Role::System), engine.db.clone());
        load_shipped(&ctx, &db).await.unwrap();
        let here = DirectoryHandle::load(&ctx, &db).await.unwrap();
        assert!(!here.follow(&ctx, &db).await.unwrap());
        import_agencies(&ctx, &db, PROJECT).await.unwrap();
        assert!(here.directory().by_code("BQL-96").is_none());
        assert!(here.follow(&ctx, &db).await.unwrap());
        assert_eq!(here.directory().resolve("bql cds").unwrap().agency.code, "BQL-96");
        let off = DayOff::parse("2026-12-02", "Nghỉ bão", "substitute_off").unwrap();
        add_day_off(&ctx, &db, &off).await.unwrap();
        assert!(here.follow(&ctx, &db).await.unwrap());
        assert!(!here.calendar().is_working(day("2026-12-02")));
        assert!(!here.follow(&ctx, &db).await.unwrap());
    })
    .await;
}

#[tokio::test]
async fn a_renaming_takes_effect_at_midnight_in_viet_nam() {
    on_each_engine(async |engine| {
        let (before, db) = (at("2026-08-31T23:59:59+07:00"), engine.db.clone());
        load_shipped(&before, &db).await.unwrap();
        let here = DirectoryHandle::load(&before, &db).await.unwrap();
        let name = || here.directory().by_code("UBND-22").unwrap().name.clone();
        assert_eq!(name(), "Ủy ban nhân dân tỉnh Quảng Ninh");
        assert!(here.follow(&at("2026-09-01T00:00:00+07:00"), &db).await.unwrap());
        assert_eq!(name(), "Ủy ban nhân dân thành phố Quảng Ninh");
    })
    .await;
}
