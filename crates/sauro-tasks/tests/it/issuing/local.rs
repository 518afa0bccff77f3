//! Programmes of provinces, ministries and communes beside the national ones.

use sauro_kernel::Role;
use sauro_tasks::TasksError;
use sauro_tasks::actions::{
    ProgrammeFields, change_programme, draft, enter_task, open_programme, programme_by_code,
    programmes, set_programme_ways,
};
use sauro_tasks::jobs::LiveBoard;
use sauro_tasks::model::{DraftBody, ProgrammeSettings};
use sauro_testkit::{TestApp, on_each_engine};

use super::setting::Setting;
use crate::below::country::issue;

/// Owner, code, public.
const OURS: [(&str, &str, bool); 6] = [
    ("BCA", "bo-mo", true),
    ("BCA", "bo-kin", false),
    ("UBND-96", "tinh-mo", true),
    ("UBND-96", "tinh-kin", false),
    ("UBND-32044", "xa-mo", true),
    ("UBND-32044", "xa-kin", false),
];

async fn open_all(it: &Setting) {
    for (owner, code, is_public) in OURS {
        let leader = it.ctx(Role::Leader, owner);
        let fields = ProgrammeFields {
            code: code.into(),
            name: format!("Chương trình {code}"),
            is_public,
            ..ProgrammeFields::default()
        };
        open_programme(&leader, &it.db, fields).await.unwrap();
    }
}

/// Viewer, and the closed programmes that it may know of; every public one it may.
const VIEWERS: [(Role, &str, &[&str]); 11] = [
    (Role::StandingAgency, "VPTW", &["bo-kin", "tinh-kin", "xa-kin"]),
    (Role::Inspector, "VPTW", &["bo-kin", "tinh-kin", "xa-kin"]),
    (Role::Officer, "VPTW", &[]),
    (Role::Leader, "BCA", &["bo-kin"]),
    (Role::Officer, "BCA", &["bo-kin"]),
    (Role::Leader, "UBND-96", &["tinh-kin", "xa-kin"]),
    (Role::Officer, "UBND-96", &["tinh-kin"]),
    (Role::Leader, "UBND-44", &[]),
    (Role::Inspector, "UBND-44", &[]),
    (Role::Leader, "UBND-32044", &["xa-kin"]),
    (Role::Leader, "UBND-31957", &[]),
];

#[tokio::test]
async fn who_may_know_of_a_programme_follows_from_its_owner_the_viewer_and_its_openness() {
    on_each_engine(async |engine| {
        let it = Setting::new(&engine.db).await;
        open_all(&it).await;
        let app = TestApp::new(engine, it.routes()).await;
        for (role, agency, closed) in VIEWERS {
            let ctx = it.ctx(role, agency);
            let viewer = app.official(it.actor(role, agency));
            let listed: Vec<String> = programmes(&ctx, &it.db, "", 100)
                .await
                .unwrap()
                .into_iter()
                .map(|it| it.code)
                .collect();
            for (owner, code, is_public) in OURS {
                let is_seen = is_public || closed.contains(&code);
                let who = format!("{role:?} of {agency}, {code}");
                assert_eq!(listed.contains(&code.to_owned()), is_seen, "list: {who}");
                let found = programme_by_code(&ctx, &it.db, code).await;
                assert_eq!(found.is_ok(), is_seen, "action: {who}");
                let page = viewer.get(&format!("/chuong-trinh/{code}")).await;
                assert_eq!(page.status, if is_seen { 200 } else { 404 }, "page: {who}");
                if owner != agency {
                    let page = viewer.get(&format!("/chuong-trinh/{code}/sua")).await;
                    assert_eq!(page.status, 404, "form: {who}");
                    let page = viewer.get(&format!("/chuong-trinh/{code}/cach-lam")).await;
                    assert_eq!(page.status, 404, "ways: {who}");
                }
            }
        }
    })
    .await;
}

#[tokio::test]
async fn only_the_owner_changes_its_programme_and_its_ways() {
    on_each_engine(async |engine| {
        let it = Setting::new(&engine.db).await;
        open_all(&it).await;
        let fields = ProgrammeFields { name: "Chiếm".into(), ..ProgrammeFields::default() };
        for (role, agency) in
            [(Role::Leader, "BCA"), (Role::Leader, "UBND-44"), (Role::StandingAgency, "VPTW")]
        {
            let ctx = it.ctx(role, agency);
            let err =
                change_programme(&ctx, &it.db, "tinh-mo", 1, fields.clone()).await.unwrap_err();
            assert!(matches!(err, TasksError::NotFound(_)), "{err:?}");
            let ways = ProgrammeSettings::default();
            let err = set_programme_ways(&ctx, &it.db, "tinh-mo", 1, ways).await.unwrap_err();
            assert!(matches!(err, TasksError::NotFound(_)), "{err:?}");
        }
        let officer = it.ctx(Role::Officer, "UBND-96");
        let err = change_programme(&officer, &it.db, "tinh-mo", 1, fields).await.unwrap_err();
        assert!(matches!(err, TasksError::Denied(_)), "{err:?}");
        let leader = it.ctx(Role::Leader, "UBND-96");
        let ways = ProgrammeSettings { lead_days: 5, ..ProgrammeSettings::default() };
        set_programme_ways(&leader, &it.db, "tinh-mo", 1, ways.clone()).await.unwrap();
        let err = set_programme_ways(&leader, &it.db, "tinh-mo", 1, ways).await.unwrap_err();
        assert!(matches!(err, TasksError::Stale), "{err:?}");
        let wrong = ProgrammeSettings { lead_days: 100, ..ProgrammeSettings::default() };
        let err = set_programme_ways(&leader, &it.db, "tinh-mo", 2, wrong).await.unwrap_err();
        assert!(matches!(err, TasksError::Invalid(_)), "{err:?}");
    })
    .await;
}

#[tokio::test]
async fn a_programme_fills_in_what_its_drafts_leave_open() {
    on_each_engine(async |engine| {
        let it = Setting::new(&engine.db).await;
        open_all(&it).await;
        let leader = it.ctx(Role::Leader, "UBND-96");
        let ways = ProgrammeSettings {
            authority: Some(it.id("UBND-96")),
            accountable: "Chủ tịch UBND cấp xã".into(),
            deliverables: vec!["1 báo cáo".into()],
            ..ProgrammeSettings::default()
        };
        set_programme_ways(&leader, &it.db, "tinh-kin", 1, ways).await.unwrap();
        let programme = programme_by_code(&leader, &it.db, "tinh-kin").await.unwrap().id;
        let body = DraftBody {
            authority: None,
            accountable: String::new(),
            deliverables: Vec::new(),
            ..it.clear("UBND-32044")
        };
        let id = enter_task(&leader, &it.db, programme, body).await.unwrap();
        let made = draft(&leader, &it.db, id).await.unwrap().body;
        assert_eq!(made.authority, Some(it.id("UBND-96")));
        assert_eq!(
            (made.accountable.as_str(), made.deliverables.len()),
            ("Chủ tịch UBND cấp xã", 1)
        );
        assert!(made.reasons.iter().any(|it| it.contains("cách làm của chương trình")));
    })
    .await;
}

#[tokio::test]
async fn the_page_of_a_programme_has_its_headline_its_tasks_and_its_ways_and_opens_step_by_step() {
    on_each_engine(async |engine| {
        let it = Setting::new(&engine.db).await;
        issue(&it, it.clear("BCA"), sauro_testkit::day("2026-06-01")).await;
        let board = LiveBoard::load(&it.db).await.unwrap();
        let routes = it.routes().layer(axum::Extension(board));
        let app = TestApp::new(engine, routes).await;
        let leader = app.official(it.actor(Role::Leader, "VPTW"));
        let page = leader.get("/chuong-trinh/nq57").await;
        page.has_text("Làm sạch dữ liệu hộ tịch");
        page.has_text("1 nhiệm vụ");
        page.has_text("Chưa đặt gì riêng");
        page.has_text("Sửa cách làm");

        let sent = [("ma", "moi-26"), ("ten", "Chương trình mới"), ("cong-khai", "1")];
        let opened = leader.post("/chuong-trinh/moi", &sent).await;
        assert_eq!(opened.location, "/chuong-trinh/moi-26/cach-lam?vua=mo");
        leader.get(&opened.location).await.has_text("Bước tiếp theo: đặt cách làm chung");
        let wrong = [("phien-ban", "1"), ("truoc-han", "năm"), ("tham-quyen", "Cơ Quan Lạ")];
        let page = leader.post("/chuong-trinh/moi-26/cach-lam", &wrong).await;
        assert_eq!(page.status, 422);
        page.has_text("Nhập số ngày làm việc bằng chữ số");
        page.has_text("“Cơ Quan Lạ”");
        let sent = [
            ("phien-ban", "1"),
            ("truoc-han", "5"),
            ("tham-quyen", "Bộ Công an"),
            ("vai-tro", "leader"),
            ("san-pham", "1 báo cáo\n1 bảng số liệu"),
        ];
        let saved = leader.post("/chuong-trinh/moi-26/cach-lam", &sent).await;
        assert_eq!(saved.location, "/chuong-trinh/moi-26?vua=cach-lam");
        let page = leader.get(&saved.location).await;
        page.has_text("Bộ Công an, lãnh đạo");
        page.has_text("trước hạn của nhiệm vụ gốc 5 ngày làm việc");
        page.has_text("1 báo cáo; 1 bảng số liệu");
    })
    .await;
}

#[tokio::test]
async fn results_of_a_closed_programme_are_not_there_for_a_neighbour() {
    on_each_engine(async |engine| {
        let it = Setting::new(&engine.db).await;
        open_all(&it).await;
        let board = LiveBoard::load(&it.db).await.unwrap();
        let routes = it.routes().layer(axum::Extension(board));
        let app = TestApp::new(engine, routes).await;
        for end in ["", ".csv", ".json"] {
            let path = |code: &str| format!("/ket-qua/chuong-trinh/{code}{end}?pham-vi=noi-bo");
            let neighbour = app.official(it.actor(Role::Leader, "UBND-44"));
            assert_eq!(neighbour.get(&path("tinh-kin")).await.status, 404, "{end}");
            assert_eq!(neighbour.get(&path("tinh-mo")).await.status, 200, "{end}");
            let centre = app.official(it.actor(Role::Inspector, "VPTW"));
            assert_eq!(centre.get(&path("tinh-kin")).await.status, 200, "{end}");
            let owner = app.official(it.actor(Role::Leader, "UBND-96"));
            assert_eq!(owner.get(&path("tinh-kin")).await.status, 200, "{end}");
            let anyone = |code: &str| format!("/ket-qua/chuong-trinh/{code}{end}");
            assert_eq!(
                owner.get(&anyone("tinh-kin")).await.status,
                404,
                "the public sees nothing {end}"
            );
        }
    })
    .await;
}
