use sauro_directory::actions::{
    calendar, days_off, directory, import_agencies, import_holidays, import_predecessors,
    import_units, load_shipped, place_name_on, predecessors_of, remove_day_off, state,
};
use sauro_directory::{DirectoryError, Fault};
use sauro_kernel::{AgencyId, AgencyPath, Ctx, Role};
use sauro_testkit::{actor, ctx, day, on_each_engine};

fn sentences(err: DirectoryError) -> String {
    let DirectoryError::Faults(faults) = err else { panic!("{err}") };
    faults.iter().map(Fault::sentence).collect::<Vec<_>>().join("\n")
}

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
        let nation = AgencyPath::nation();
        let fan_out = |code| directory.members_of(AgencyId::of_code(code), &nation).len();
        assert_eq!((fan_out("*UBNDT"), fan_out("*UBNDX"), fan_out("*BLQ")), (34, 3_321, 0));
        let name = place_name_on(&ctx, &db, "22", day("2026-08-31")).await.unwrap();
        assert_eq!(name.as_deref(), Some("tỉnh Quảng Ninh"));
        let name = place_name_on(&ctx, &db, "22", day("2026-09-01")).await.unwrap();
        assert_eq!(name.as_deref(), Some("thành phố Quảng Ninh"));
        let former = predecessors_of(&ctx, &db, "08").await.unwrap();
        assert_eq!(former.len(), 2);
    })
    .await;
}

#[tokio::test]
async fn the_calendar_knows_holidays_and_swapped_days_and_a_removed_day_stays_removed() {
    on_each_engine(async |engine| {
        let (ctx, db) = (ctx(Role::System), engine.db.clone());
        load_shipped(&ctx, &db).await.unwrap();
        assert_eq!(days_off(&ctx, &db).await.unwrap().len(), 90);
        let days = calendar(&db).await.unwrap();
        assert!(!days.is_working(day("2026-11-24")));
        assert!(days.is_working(day("2026-08-22")));
        assert!(remove_day_off(&ctx, &db, day("2026-11-24")).await.unwrap());
        assert!(!remove_day_off(&ctx, &db, day("2026-11-24")).await.unwrap());
        load_shipped(&ctx, &db).await.unwrap();
        assert!(calendar(&db).await.unwrap().is_working(day("2026-11-24")));
        let n = import_holidays(&ctx, &db, "date,name,kind\n2026-12-02,Nghỉ bão,observed\n").await;
        assert_eq!(n.unwrap(), 1);
        assert!(!calendar(&db).await.unwrap().is_working(day("2026-12-02")));
    })
    .await;
}

#[tokio::test]
async fn a_faulty_file_changes_nothing() {
    on_each_engine(async |engine| {
        let (system, db) = (ctx(Role::System), engine.db.clone());
        let before = state(&db).await.unwrap();
        let units = "code,parent_code,level,type,name\n01,,1,tỉnh,Hà Nội\n00002,99,2,xã,X\n";
        let text = sentences(import_units(&system, &db, units, None).await.unwrap_err());
        assert_eq!(
            text,
            "Dòng 3, cột parent_code: không có tỉnh mang mã này ở các dòng trên hay trong danh mục."
        );
        let agencies = "code,province_code,name,aliases,kind\nTU-01,01,Thành ủy,,province_party\n";
        let text = sentences(import_agencies(&system, &db, agencies).await.unwrap_err());
        assert!(text.starts_with("Dòng 2, cột province_code: không có tỉnh mang mã 01"), "{text}");
        let former = "new_code,old_code,old_name\n01,02,Tỉnh Cũ\n";
        let text = sentences(import_predecessors(&system, &db, former).await.unwrap_err());
        assert!(text.starts_with("Dòng 2, cột new_code: không có đơn vị mang mã 01"), "{text}");
        let days = "date,name,kind\n2026-12-02,Nghỉ,observed\n2026-02-30,Nghỉ,observed\n";
        let text = sentences(import_holidays(&system, &db, days).await.unwrap_err());
        assert!(text.starts_with("Dòng 3, cột date: “2026-02-30”"), "{text}");
        assert_eq!(state(&db).await.unwrap(), before);
        assert!(directory(&system, &db).await.unwrap().is_empty());
        assert!(days_off(&system, &db).await.unwrap().is_empty());
    })
    .await;
}

#[tokio::test]
async fn the_same_file_twice_changes_nothing_and_a_change_renames_the_bodies_of_the_place() {
    on_each_engine(async |engine| {
        let (ctx, db) = (ctx(Role::System), engine.db.clone());
        let units = "code,parent_code,level,type,name\n96,,1,tỉnh,Cà Mau\n32191,96,2,xã,Năm Căn\n";
        let bodies = "code,province_code,name,aliases,kind\n\
                      UBND-96,96,UBND,,province_pc\nTU-96,96,TU,,province_party\n";
        assert_eq!(import_units(&ctx, &db, units, None).await.unwrap(), 2);
        import_agencies(&ctx, &db, bodies).await.unwrap();
        let first = directory(&ctx, &db).await.unwrap();
        import_units(&ctx, &db, units, None).await.unwrap();
        import_agencies(&ctx, &db, bodies).await.unwrap();
        let second = directory(&ctx, &db).await.unwrap();
        assert_eq!(first.all(), second.all());
        assert_eq!(first.atlas(), second.atlas());
        let changes = "code,effective_date,field,old,new,legal_basis\n\
                       96,2026-05-01,type,tỉnh,thành phố,Nghị quyết\n\
                       32191,2026-05-01,type,xã,phường,Nghị quyết\n\
                       32191,2026-05-01,name,Năm Căn,Năm Căn Mới,Nghị quyết\n";
        assert_eq!(import_units(&ctx, &db, changes, None).await.unwrap(), 3);
        assert_eq!(import_units(&ctx, &db, changes, None).await.unwrap(), 3);
        let third = directory(&ctx, &db).await.unwrap();
        let name = |code| third.by_code(code).unwrap().name.as_str();
        assert_eq!(name("UBND-96"), "Ủy ban nhân dân thành phố Cà Mau");
        assert_eq!(name("TU-96"), "Thành ủy Cà Mau");
        assert_eq!(name("SO-TC@96"), "Sở Tài chính thành phố Cà Mau");
        assert_eq!(name("UBND-32191"), "Ủy ban nhân dân phường Năm Căn Mới");
        assert_eq!(third.resolve("xã Năm Căn").unwrap().agency.code, "UBND-32191");
        assert_eq!(third.atlas().place("32191").unwrap().names.len(), 2);
    })
    .await;
}

#[tokio::test]
async fn a_province_administers_its_own_agencies_only() {
    on_each_engine(async |engine| {
        let (system, db) = (ctx(Role::System), engine.db.clone());
        load_shipped(&system, &db).await.unwrap();
        // One source of ids for all callers, as in one process.
        let as_of = |role, path| Ctx { actor: actor(role, path), ..system.clone() };
        let ca_mau = as_of(Role::Administrator, "vn/96");
        let unit = |place: &str| {
            format!("code,province_code,name,aliases,kind\nBQL-{place},{place},Ban Quản lý,,unit\n")
        };
        assert_eq!(import_agencies(&ca_mau, &db, &unit("96")).await.unwrap(), 1);
        let is_denied = |it: Result<usize, DirectoryError>| {
            assert!(matches!(it, Err(DirectoryError::Denied(_))), "{it:?}");
        };
        is_denied(import_agencies(&ca_mau, &db, &unit("91")).await);
        let ministry = "code,abbr,name,aliases,kind\nBTC,BTC,Bộ Khác,,ministry\n";
        is_denied(import_agencies(&ca_mau, &db, ministry).await);
        is_denied(import_holidays(&ca_mau, &db, "date,name,kind\n").await);
        is_denied(import_units(&ca_mau, &db, "", None).await);
        is_denied(import_predecessors(&ca_mau, &db, "").await);
        let officer = as_of(Role::Officer, "vn");
        is_denied(import_agencies(&officer, &db, ministry).await);
        is_denied(remove_day_off(&officer, &db, day("2026-11-24")).await.map(usize::from));
        let central = as_of(Role::Administrator, "vn");
        assert_eq!(import_agencies(&central, &db, ministry).await.unwrap(), 1);
    })
    .await;
}

#[tokio::test]
async fn two_imports_at_once_both_arrive() {
    on_each_engine(async |engine| {
        let (ctx, db) = (ctx(Role::System), engine.db.clone());
        let file = |n: u32| format!("code,abbr,name,aliases,kind\nB{n},B{n},Bộ số {n},,ministry\n");
        let (one, two) = (file(1), file(2));
        let (one, two) =
            tokio::join!(import_agencies(&ctx, &db, &one), import_agencies(&ctx, &db, &two));
        assert_eq!((one.unwrap(), two.unwrap()), (1, 1));
        assert_eq!(directory(&ctx, &db).await.unwrap().len(), 2);
    })
    .await;
}
