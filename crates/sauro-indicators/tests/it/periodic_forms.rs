//! Forms of periodic reports: what is added to them, and what is wrong with them.

use sauro_indicators::IndicatorsError;
use sauro_indicators::actions::periodic::{
    FormFields, Sheet, define_form, form_by_code, open_round, redesign_form, save_report,
};
use sauro_kernel::Role;
use sauro_testkit::on_each_engine;

use crate::periodic::{
    CENTRE, COMMUNE, OTHER, PROVINCE, calendar, filled, look, monthly, part, sheet_faults,
};
use crate::world::World;

#[tokio::test]
async fn a_province_adds_to_the_form_and_takes_nothing_away() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let centre = world.ctx(Role::StandingAgency, CENTRE);
        let (db, dir) = (&world.db, world.directory);
        define_form(&centre, db, dir, &monthly()).await.unwrap();
        let province = world.ctx(Role::Leader, PROVINCE);
        let more = FormFields {
            code: "BC-THANG-96".to_owned(),
            extends: "BC-THANG".to_owned(),
            name: "Phần thêm của Cà Mau".to_owned(),
            items: vec![
                part("Vùng nuôi tôm", "van-khac", "", true),
                part("Số của tỉnh", "bang-so", "THON, XONG", false),
            ],
            ..monthly()
        };
        define_form(&province, db, dir, &more).await.unwrap();
        let round = open_round(&centre, db, &calendar(), "BC-THANG", "2026-05").await.unwrap();
        let keys = |sheet: Sheet| -> Vec<String> {
            sheet.form.design.items.into_iter().map(|it| it.key).collect()
        };
        let own = look(&world, &world.ctx(Role::Leader, COMMUNE), round, COMMUNE).await;
        let asked: Vec<String> = own.form.design.codes().map(str::to_owned).collect();
        assert_eq!(asked, ["THON", "DAT", "XONG"]);
        assert_eq!(
            keys(own),
            ["ket-qua-noi-bat", "kho-khan", "so-lieu", "bs.vung-nuoi-tom", "bs.so-cua-tinh"]
        );
        let far = look(&world, &world.ctx(Role::Leader, "UBND-01"), round, "UBND-01").await;
        assert_eq!(keys(far), ["ket-qua-noi-bat", "kho-khan", "so-lieu"]);
        // A report that was begun keeps the form it was begun with.
        let leader = world.ctx(Role::Leader, COMMUNE);
        let fields = filled(0, "Đã làm.", "1", "1/2");
        save_report(&leader, db, dir, (round, COMMUNE), &fields).await.unwrap();
        let (form, root, is_own) = form_by_code(&province, db, "BC-THANG-96").await.unwrap();
        assert!(is_own && root.is_some());
        let mut less = FormFields::of(&form);
        less.items.truncate(1);
        redesign_form(&province, db, "BC-THANG-96", 1, &less).await.unwrap();
        let again = redesign_form(&province, db, "BC-THANG-96", 1, &less).await;
        assert!(matches!(again, Err(IndicatorsError::Stale)));
        assert_eq!(keys(look(&world, &leader, round, COMMUNE).await).len(), 5);
        let other = look(&world, &world.ctx(Role::Leader, OTHER), round, OTHER).await;
        assert_eq!(keys(other).len(), 4);
    })
    .await;
}

#[tokio::test]
async fn a_form_with_faults_is_refused_with_all_of_them() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let centre = world.ctx(Role::StandingAgency, CENTRE);
        let (db, dir) = (&world.db, world.directory);
        let wrong = FormFields {
            code: "a b".to_owned(),
            name: String::new(),
            lock_after: "năm".to_owned(),
            items: vec![part("Bảng", "bang-so", "KHONG-CO", false)],
            ..monthly()
        };
        let err = define_form(&centre, db, dir, &wrong).await.unwrap_err();
        let fields: Vec<String> = sheet_faults(err).into_iter().map(|it| it.0).collect();
        assert_eq!(fields, ["ma", "ten", "khoa"]);
        let unknown = FormFields { items: wrong.items, ..monthly() };
        let err = define_form(&centre, db, dir, &unknown).await.unwrap_err();
        assert_eq!(sheet_faults(err)[0].0, "ma-1");
        assert_eq!(world.count("report_forms").await, 0);
        let officer = world.ctx(Role::Officer, CENTRE);
        let denied = define_form(&officer, db, dir, &monthly()).await;
        assert!(matches!(denied, Err(IndicatorsError::Denied(_))));
    })
    .await;
}
