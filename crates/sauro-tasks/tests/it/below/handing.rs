//! Handing down in bulk, with what each unit is to hand over.

use sauro_kernel::{Ctx, Role, TaskId};
use sauro_tasks::actions::{
    Addressees, HandDown, hand_down, open_programme, own_programmes, set_programme_ways, task_view,
    task_with_deliverables,
};
use sauro_tasks::model::{CommuneKind, ProgrammeSettings, RollRule};
use sauro_tasks::{TasksError, actions::ProgrammeFields};
use sauro_testkit::{TestApp, day, on_each_engine};

use super::country::{code_of, issue, machine, seat, task};
use crate::issuing::setting::Setting;

fn part(to: Addressees, table: &str) -> HandDown {
    HandDown {
        to,
        work: "Cấp chữ ký số cho người dân".into(),
        deliverables: vec!["Chữ ký số được cấp".into()],
        due_on: Some(day("2026-11-30")),
        accountable: "Chủ tịch UBND cấp xã".into(),
        table: table.lines().map(|it| it.split('|').map(str::to_owned).collect()).collect(),
        first_row: 1,
        ..HandDown::default()
    }
}

async fn parent_and_focal(it: &Setting) -> (TaskId, Ctx) {
    let begin = day("2026-06-01");
    let parent = issue(it, it.clear("UBND-96"), begin).await;
    (parent, seat(it, Role::FocalOfficer, "UBND-96", begin))
}

/// Lead, deliverable and measure of each of `ids`, by lead.
async fn handed(it: &Setting, ids: &[TaskId]) -> Vec<(String, String, String)> {
    let ctx = machine(it, day("2026-06-01"));
    let mut all = Vec::new();
    for id in ids {
        let (task, deliverables) = task_with_deliverables(&ctx, &it.db, *id).await.unwrap();
        let lead = code_of(it, &task);
        all.extend(deliverables.into_iter().map(|it| (lead.clone(), it.name, it.measure)));
    }
    all.sort();
    all
}

fn words(all: &[(&str, &str, &str)]) -> Vec<(String, String, String)> {
    all.iter().map(|(a, b, c)| ((*a).into(), (*b).into(), (*c).into())).collect()
}

#[tokio::test]
async fn each_unit_gets_what_the_table_says_of_it_however_it_is_named() {
    on_each_engine(async |engine| {
        let it = Setting::new(&engine.db).await;
        let (parent, focal) = parent_and_focal(&it).await;
        let table = "Đơn vị|Sản phẩm|Chỉ tiêu\n\
             phuong an xuyen||1200 người\n\
             32044|Chữ ký số được cấp|300 người\n\
             UBND xã Nam Căn|Điểm hỗ trợ|2 điểm";
        let wanted =
            HandDown { rule: Some(RollRule::Share(9_000)), ..part(Addressees::AllCommunes, table) };
        let ids = hand_down(&focal, &it.db, &*it.directory, parent, wanted.clone()).await.unwrap();
        assert_eq!(
            handed(&it, &ids).await,
            words(&[
                ("UBND-31957", "Chữ ký số được cấp", "1200 người"),
                ("UBND-31987", "Chữ ký số được cấp", ""),
                ("UBND-32044", "Chữ ký số được cấp", "300 người"),
                ("UBND-32044", "Điểm hỗ trợ", "2 điểm"),
            ])
        );
        let again = hand_down(&focal, &it.db, &*it.directory, parent, wanted).await.unwrap();
        assert!(again.is_empty(), "twice is once");
        let view = task_view(&focal, &it.db, &task(&it, parent).await.code).await.unwrap();
        assert_eq!((view.rollup.total, view.rollup.rule), (3, Some(RollRule::Share(9_000))));
    })
    .await;
}

#[tokio::test]
async fn rows_that_name_nobody_are_all_named_and_nothing_is_handed_down() {
    on_each_engine(async |engine| {
        let it = Setting::new(&engine.db).await;
        let (parent, focal) = parent_and_focal(&it).await;
        let table =
            "Đơn vị|Sản phẩm\nXã Không Có|1 báo cáo\nphường Đông Hà|1 báo cáo\nNam Căn|1 báo cáo";
        let err = hand_down(&focal, &it.db, &*it.directory, parent, part(Addressees::Table, table))
            .await
            .unwrap_err();
        let TasksError::Invalid(faults) = err else { panic!("{err:?}") };
        let sentences: Vec<&str> = faults.iter().map(|it| it.sentence.as_str()).collect();
        assert_eq!(sentences.len(), 2, "{sentences:?}");
        assert!(sentences[0].contains("Dòng 2") && sentences[0].contains("Xã Không Có"));
        assert!(sentences[1].contains("Dòng 3"), "of another province: {sentences:?}");

        let only = part(Addressees::Table, "nam can|1 báo cáo|tháng 9");
        let ids = hand_down(&focal, &it.db, &*it.directory, parent, only).await.unwrap();
        assert_eq!(handed(&it, &ids).await, words(&[("UBND-32044", "1 báo cáo", "tháng 9")]));

        let bare = HandDown {
            deliverables: Vec::new(),
            ..part(Addressees::AllCommunes, "Nam Căn|1 báo cáo")
        };
        let err = hand_down(&focal, &it.db, &*it.directory, parent, bare).await.unwrap_err();
        let TasksError::Invalid(faults) = err else { panic!("{err:?}") };
        assert!(faults[0].sentence.contains("2 đơn vị"), "{faults:?}");
    })
    .await;
}

#[tokio::test]
async fn wards_alone_or_rural_communes_alone_can_be_meant() {
    on_each_engine(async |engine| {
        let it = Setting::new(&engine.db).await;
        let (parent, focal) = parent_and_focal(&it).await;
        let to = |kind| part(Addressees::CommunesOf(kind), "");
        let dir = &*it.directory;
        let rural = hand_down(&focal, &it.db, dir, parent, to(CommuneKind::Rural)).await.unwrap();
        assert_eq!(rural.len(), 1);
        let urban = hand_down(&focal, &it.db, dir, parent, to(CommuneKind::Urban)).await.unwrap();
        assert_eq!(urban.len(), 2);
        let err = hand_down(&focal, &it.db, dir, parent, to(CommuneKind::Zone)).await.unwrap_err();
        assert!(matches!(err, TasksError::Invalid(_)), "there is none: {err:?}");
    })
    .await;
}

#[tokio::test]
async fn a_province_hands_down_into_its_own_programme_with_its_own_ways() {
    on_each_engine(async |engine| {
        let it = Setting::new(&engine.db).await;
        let (parent, focal) = parent_and_focal(&it).await;
        let leader = seat(&it, Role::Leader, "UBND-96", day("2026-06-01"));
        let fields = ProgrammeFields {
            code: "ca-mau".into(),
            name: "Trăm ngày số hóa".into(),
            is_public: false,
            ..ProgrammeFields::default()
        };
        let programme = open_programme(&leader, &it.db, fields).await.unwrap();
        let ways = ProgrammeSettings {
            authority: Some(it.id("TU-96")),
            verifier_role: "leader".into(),
            lead_days: 5,
            ..ProgrammeSettings::default()
        };
        set_programme_ways(&leader, &it.db, "ca-mau", 1, ways).await.unwrap();
        assert_eq!(own_programmes(&focal, &it.db).await.unwrap().len(), 1);
        let wanted = HandDown { programme: Some(programme), ..part(Addressees::AllCommunes, "") };
        let ids = hand_down(&focal, &it.db, &*it.directory, parent, wanted.clone()).await.unwrap();
        let made = task(&it, ids[0]).await;
        assert_eq!(made.programme, programme);
        assert_eq!(made.authority, it.id("TU-96"));
        assert_eq!(made.verifier_role, Some(Role::Leader));

        let stranger = issue(&it, it.clear("UBND-44"), day("2026-06-01")).await;
        let other = seat(&it, Role::FocalOfficer, "UBND-44", day("2026-06-01"));
        let err = hand_down(&other, &it.db, &*it.directory, stranger, wanted).await.unwrap_err();
        let TasksError::Invalid(faults) = err else { panic!("{err:?}") };
        assert_eq!(faults[0].field, "chuong-trinh", "another's programme is not to be had");

        let app = TestApp::new(engine, it.routes()).await;
        let focal = app.official(it.actor(Role::FocalOfficer, "UBND-96"));
        let code = task(&it, parent).await.code;
        let form =
            focal.get(&format!("/nhiem-vu/{code}/giao-xuong?chuong-trinh={programme}")).await;
        // Five working days before 15 December 2026, a Tuesday.
        form.has_text("value=\"2026-12-08\"");
        form.has_text("Chỉ 1 xã");
        let csv = "don vi,san pham\nNam Căn,1 báo cáo\nAi Đó,1 báo cáo\n";
        let sent = [
            ("giao-cho", "bang"),
            ("viec", "Việc"),
            ("trach-nhiem", "Chủ tịch"),
            ("quy-tac", "share"),
            ("ty-le", "190"),
        ];
        let path = format!("/nhiem-vu/{code}/giao-xuong");
        let page = focal.upload(&path, &sent, Some(("tep", "bang.csv", csv.as_bytes()))).await;
        assert_eq!(page.status, 422);
        page.has_text("Nhập tỷ lệ từ 1 đến 100");
        let sent = [("giao-cho", "bang"), ("viec", "Việc"), ("trach-nhiem", "Chủ tịch")];
        let page = focal.upload(&path, &sent, Some(("tep", "bang.csv", csv.as_bytes()))).await;
        assert_eq!(page.status, 422);
        page.has_text("“Ai Đó”");
    })
    .await;
}

#[tokio::test]
async fn an_authority_named_by_role_accepts_through_that_role_only() {
    on_each_engine(async |engine| {
        let it = Setting::new(&engine.db).await;
        let leader = seat(&it, Role::Leader, "VPTW", day("2026-06-01"));
        let ways = ProgrammeSettings {
            authority: Some(it.id("VPTW")),
            verifier_role: "leader".into(),
            ..ProgrammeSettings::default()
        };
        set_programme_ways(&leader, &it.db, "nq57", 1, ways).await.unwrap();
        let id = issue(&it, it.clear("BCA"), day("2026-06-01")).await;
        super::country::report_done(&it, id, day("2026-06-05")).await;
        let err = super::country::accept(&it, id, day("2026-06-08")).await.unwrap_err();
        assert!(matches!(err, TasksError::Denied(_)), "a verifier's seat is not enough: {err:?}");
        let owed = async |role| {
            let ctx = seat(&it, role, "VPTW", day("2026-06-08"));
            let today = sauro_tasks::actions::today(&ctx, &it.db).await.unwrap();
            today.count(sauro_tasks::model::Section::ToVerify)
        };
        assert_eq!((owed(Role::Verifier).await, owed(Role::Leader).await), (0, 1));
    })
    .await;
}
