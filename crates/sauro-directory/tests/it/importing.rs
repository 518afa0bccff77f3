use sauro_directory::actions::{
    add_day_off, calendar, directory, import_units, load_shipped, place_name_on, remove_day_off,
};
use sauro_directory::model::DayOff;
use sauro_directory::{DirectoryError, DirectoryHandle};
use sauro_kernel::Role;
use sauro_testkit::{ctx, day, on_each_engine};

#[tokio::test]
async fn the_shipped_catalogue_is_loaded_once() {
    on_each_engine(async |engine| {
        let (ctx, db) = (ctx(Role::System), engine.db.clone());
        assert!(load_shipped(&ctx, &db).await.unwrap());
        assert!(!load_shipped(&ctx, &db).await.unwrap());
        let directory = directory(&ctx, &db).await.unwrap();
        assert_eq!(directory.len(), 97 + 12 + 68 + 34 * 14 + 3_321);
        assert_eq!(directory.by_code("UBND-96").unwrap().name, "Ủy ban nhân dân tỉnh Cà Mau");
        assert_eq!(directory.resolve("tỉnh Hà Giang").unwrap().agency.code, "UBND-08");
        let name = place_name_on(&ctx, &db, "22", day("2026-08-31")).await.unwrap();
        assert_eq!(name.as_deref(), Some("tỉnh Quảng Ninh"));
        let name = place_name_on(&ctx, &db, "22", day("2026-09-01")).await.unwrap();
        assert_eq!(name.as_deref(), Some("thành phố Quảng Ninh"));
    })
    .await;
}

#[tokio::test]
async fn the_calendar_knows_holidays_and_swapped_days_and_can_be_changed() {
    on_each_engine(async |engine| {
        let (ctx, db) = (ctx(Role::System), engine.db.clone());
        load_shipped(&ctx, &db).await.unwrap();
        let handle = DirectoryHandle::load(&ctx, &db).await.unwrap();
        assert!(!handle.calendar().is_working(day("2026-11-24")));
        assert!(handle.calendar().is_working(day("2026-08-22")));
        let off = DayOff {
            day: day("2026-12-02"),
            is_worked: false,
            name: "Nghỉ bão".to_owned(),
            kind: "substitute_off".to_owned(),
        };
        add_day_off(&ctx, &db, &off).await.unwrap();
        handle.reload(&ctx, &db).await.unwrap();
        assert!(!handle.calendar().is_working(day("2026-12-02")));
        assert!(remove_day_off(&ctx, &db, off.day).await.unwrap());
        assert!(calendar(&db).await.unwrap().is_working(day("2026-12-02")));
    })
    .await;
}

#[tokio::test]
async fn a_faulty_file_changes_nothing_and_a_stranger_may_not_try() {
    on_each_engine(async |engine| {
        let (system, db) = (ctx(Role::System), engine.db.clone());
        let faulty = "code,parent_code,level,type,name\n01,,1,tỉnh,Hà Nội\n00002,99,2,xã,X\n";
        let err = import_units(&system, &db, faulty, None).await.unwrap_err();
        assert!(matches!(err, DirectoryError::Faults(faults) if faults.len() == 1));
        assert!(directory(&system, &db).await.unwrap().is_empty());
        let officer = ctx(Role::Officer);
        let err = import_units(&officer, &db, faulty, None).await.unwrap_err();
        assert!(matches!(err, DirectoryError::Denied(_)));
    })
    .await;
}
