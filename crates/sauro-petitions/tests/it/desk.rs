//! The desk: pages of officials.

use std::sync::Arc;

use axum::Extension;
use sauro_directory::DirectoryHandle;
use sauro_kernel::{Ctx, PetitionId, Role};
use sauro_petitions::actions::Sent;
use sauro_petitions::model::{State, Submission};
use sauro_testkit::{Answer, Engine, TestApp, on_each_engine};
use sauro_ui::AppState;

use crate::world::{CENTRE, COMMUNE, FAR, PROVINCE, World, draft};

struct Desk {
    app: TestApp,
    world: World,
}

impl Desk {
    async fn open(engine: Engine) -> Self {
        let world = World::new(&engine.db).await;
        let handle = DirectoryHandle::load(&world.system(), &engine.db).await.unwrap();
        // The clock and the ids of the world: those of the test app begin anew.
        let Ctx { clock, ids, .. } = world.system();
        let (db, files) = (world.db.clone(), world.files.clone());
        let routes = sauro_petitions::routes()
            .layer(Extension(world.keys.clone()))
            .layer(Extension(handle))
            .with_state(AppState { db, files, clock, ids, site: Arc::default() });
        Self { app: TestApp::new(engine, routes).await, world }
    }

    async fn get(&self, ctx: &Ctx, path: &str) -> Answer {
        self.app.official(ctx.actor.clone()).get(path).await
    }

    async fn post(&self, ctx: &Ctx, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.app.official(ctx.actor.clone()).post(path, fields).await
    }

    /// Does `verb` on the case, which must work.
    async fn does(&self, ctx: &Ctx, id: PetitionId, verb: &str, more: &[(&str, &str)]) {
        let fields: Vec<(&str, &str)> = [("viec", verb)].iter().chain(more).copied().collect();
        let answer = self.post(ctx, &format!("/phan-anh-den/{id}"), &fields).await;
        assert_eq!(answer.status, 303, "{verb}: {}", answer.body());
    }

    async fn state(&self, id: PetitionId) -> State {
        self.world.view(&self.world.ctx(Role::Officer, COMMUNE), id).await.case.flow.state
    }
}

#[tokio::test]
async fn a_stranger_finds_no_case_and_whoever_reads_no_petitions_no_queue() {
    on_each_engine(async |engine| {
        let desk = Desk::open(engine).await;
        let (id, _) = desk.world.sent("a").await;
        let stranger = desk.world.ctx(Role::Officer, FAR);
        let case = format!("/phan-anh-den/{id}");
        for path in [
            case.clone(),
            format!("{case}/tra-loi"),
            format!("{case}/tep/{id}"),
            "/phan-anh-den/x".to_owned(),
        ] {
            assert_eq!(desk.get(&stranger, &path).await.status, 404, "{path}");
        }
        for verb in ["tiep-nhan", "ghi-chu", "duyet", "chuyen", "y-kien", "sai"] {
            let fields = [("viec", verb), ("ghi-chu", "x"), ("y-kien", "x"), ("noi-goi-y", FAR)];
            assert_eq!(desk.post(&stranger, &case, &fields).await.status, 404, "{verb}");
        }
        let form = [("viec", "trinh"), ("tra-loi", "x")];
        assert_eq!(desk.post(&stranger, &format!("{case}/tra-loi"), &form).await.status, 404);
        let keeper = desk.world.ctx(Role::Administrator, COMMUNE);
        for path in [
            "/phan-anh-den",
            "/phan-anh-den/moi",
            "/phan-anh-den/so-lieu",
            "/phan-anh-den/thoi-han",
        ] {
            assert_eq!(desk.get(&keeper, path).await.status, 403, "{path}");
        }
        assert_eq!(desk.state(id).await, State::Sent);
    })
    .await;
}

#[tokio::test]
async fn a_case_goes_its_whole_way_through_the_desks() {
    on_each_engine(async |engine| {
        let desk = Desk::open(engine).await;
        let (id, receipt) = desk.world.sent("a").await;
        let officer = desk.world.ctx(Role::Officer, COMMUNE);
        let leader = desk.world.ctx(Role::Leader, COMMUNE);
        let queue = desk.get(&officer, "/phan-anh-den").await;
        queue.has_text(&receipt.number);
        queue.has_text("Chờ tiếp nhận");
        desk.does(&officer, id, "tiep-nhan", &[]).await;
        desk.get(&officer, &format!("/phan-anh-den/{id}")).await.has_text("vì có: ");
        // Who is asked is named without marks.
        let to = [("noi-goi-y", COMMUNE), ("phoi-hop", "uy ban nhan dan tinh ca mau")];
        desk.does(&officer, id, "chuyen", &to).await;
        desk.does(&officer, id, "nhan", &[]).await;
        let above = desk.world.ctx(Role::Officer, PROVINCE);
        desk.get(&above, "/phan-anh-den").await.has_text("Ý kiến được hỏi");
        desk.does(&above, id, "y-kien", &[("y-kien", "Đã có trong dữ liệu hộ tịch.")]).await;
        let page = format!("/phan-anh-den/{id}/tra-loi");
        let it = draft();
        let mut form =
            [("viec", "xem"), ("ket-qua", "solved"), ("tra-loi", &it.words), ("minh-chung", "")];
        let seen = desk.post(&officer, &page, &form).await;
        assert_eq!(seen.status, 200);
        seen.has_text("[người gửi]");
        form[0].1 = "trinh";
        let refused = desk.post(&officer, &page, &form).await;
        assert_eq!(refused.status, 422);
        refused.has_text("minh-chung-loi");
        form[3].1 = &it.proof;
        assert_eq!(desk.post(&officer, &page, &form).await.status, 303);
        desk.get(&leader, "/phan-anh-den").await.has_text("Chờ duyệt trả lời");
        desk.does(&leader, id, "tra-lai", &[("ly-do-tra-lai", "Nói rõ ngày trả bản giấy.")]).await;
        desk.get(&officer, &page).await.has_text("Nói rõ ngày trả bản giấy.");
        assert_eq!(desk.post(&officer, &page, &form).await.status, 303);
        desk.does(&leader, id, "duyet", &[]).await;
        assert_eq!(desk.state(id).await, State::Answered);
        let shown = desk.get(&officer, &format!("/phan-anh-den/{id}")).await;
        shown.has_text("Đã trả lời người gửi");
        shown.has_text("Đã có trong dữ liệu hộ tịch.");
    })
    .await;
}

#[tokio::test]
async fn faults_are_said_at_their_fields_and_change_nothing() {
    on_each_engine(async |engine| {
        let desk = Desk::open(engine).await;
        let (id, _) = desk.world.sent("a").await;
        let officer = desk.world.ctx(Role::Officer, COMMUNE);
        let case = format!("/phan-anh-den/{id}");
        desk.does(&officer, id, "tiep-nhan", &[]).await;
        // The page has become old.
        assert_eq!(desk.post(&officer, &case, &[("viec", "tiep-nhan")]).await.status, 409);
        for (fields, said) in [
            (vec![("viec", "chuyen"), ("chu-tri", "Sở Không Có")], "chu-tri-loi"),
            (
                vec![("viec", "chuyen"), ("noi-goi-y", COMMUNE), ("phoi-hop", "Sở Gì Đó")],
                "phoi-hop-loi",
            ),
            (vec![("viec", "hoi-them")], "can-bo-sung-loi"),
            (vec![("viec", "gop"), ("gop-vao", "PA-2026-999999")], "gop-vao-loi"),
            (vec![("viec", "linh-vuc"), ("linh-vuc", "khong-co")], "linh-vuc-loi"),
            (vec![("viec", "xoa")], "viec-loi"),
        ] {
            let answer = desk.post(&officer, &case, &fields).await;
            assert_eq!(answer.status, 422, "{fields:?}");
            answer.has_text(&format!("id=\"{said}\""));
        }
        assert_eq!(desk.state(id).await, State::Sorting);
        desk.does(&officer, id, "chuyen", &[("noi-goi-y", COMMUNE)]).await;
        let refused = desk.post(&officer, &case, &[("viec", "tu-choi")]).await;
        assert_eq!(refused.status, 422);
        refused.has_text("id=\"ly-do-tu-choi-loi\"");
        assert_eq!(desk.post(&officer, &case, &[("viec", "duyet")]).await.status, 403);
    })
    .await;
}

#[tokio::test]
async fn what_people_write_stays_text_and_notes_are_marked_as_inside() {
    on_each_engine(async |engine| {
        let desk = Desk::open(engine).await;
        let hostile = "Rác ở chợ <script>alert(1)</script> \"><img src=x onerror=alert(2)>";
        let letter = desk.world.letter("a");
        let submission = Submission {
            title: hostile.to_owned(),
            body: hostile.to_owned(),
            name: hostile.to_owned(),
            ..letter.submission
        };
        let sent = Sent { submission, ..letter };
        let (ctx, house) = (desk.world.anybody(), desk.world.house());
        let receipt = sauro_petitions::actions::send(&ctx, &house, sent).await.unwrap();
        let code = receipt.code.to_string();
        let found = sauro_petitions::actions::follow(&ctx, &house, &code, "192.0.2.1").await;
        let id = found.unwrap().case.id;
        let officer = desk.world.ctx(Role::Officer, COMMUNE);
        desk.does(&officer, id, "ghi-chu", &[("ghi-chu", hostile)]).await;
        for path in ["/phan-anh-den".to_owned(), format!("/phan-anh-den/{id}")] {
            let page = desk.get(&officer, &path).await;
            assert!(
                !page.body().contains("<script>alert") && !page.body().contains("<img"),
                "{path}"
            );
        }
        let case = desk.get(&officer, &format!("/phan-anh-den/{id}")).await;
        case.has_text("<span class=\"chip\">Nội bộ</span>");
        assert!(!case.body().contains(&code), "an officer reads the code of a sender");
    })
    .await;
}

#[tokio::test]
async fn what_is_written_down_for_somebody_gives_one_receipt_however_often_it_is_sent() {
    on_each_engine(async |engine| {
        let desk = Desk::open(engine).await;
        let officer = desk.world.ctx(Role::Officer, COMMUNE);
        let mut form = vec![
            ("khoa", "k1"),
            ("loai", "feedback"),
            ("tom-tat", "Đèn đường ở chợ hỏng từ tuần trước"),
            ("noi-dung", "Người dân gọi điện báo đèn ở đầu chợ không sáng, đi lại nguy hiểm."),
            ("ho-ten", "Người gửi mẫu 1"),
        ];
        let refused = desk.post(&officer, "/phan-anh-den/moi", &form).await;
        assert_eq!(refused.status, 422);
        refused.has_text("Chọn vụ việc đến bằng cách nào.");
        refused.has_text("Đèn đường ở chợ hỏng từ tuần trước");
        form.push(("kenh", "phone"));
        let code = |answer: &Answer| {
            let at = answer.body().find("id=\"ma\">").unwrap();
            answer.body()[at + 8..at + 24].to_owned()
        };
        let first = desk.post(&officer, "/phan-anh-den/moi", &form).await;
        let again = desk.post(&officer, "/phan-anh-den/moi", &form).await;
        assert_eq!((first.status, again.status), (200, 200));
        assert_eq!(code(&first), code(&again));
        assert_eq!(desk.world.count("petitions").await, 1);
    })
    .await;
}

#[tokio::test]
async fn the_centre_alone_sets_limits_and_a_bad_number_is_named() {
    on_each_engine(async |engine| {
        let desk = Desk::open(engine).await;
        // Fields that are there as shipped are not loaded again at every start.
        let (system, house) = (desk.world.system(), desk.world.house());
        assert!(!sauro_petitions::actions::load_shipped(&system, &house).await.unwrap());
        let page = "/phan-anh-den/thoi-han";
        let officer = desk.world.ctx(Role::Officer, COMMUNE);
        let seen = desk.get(&officer, page).await;
        assert!(seen.status == 200 && !seen.body().contains("Lưu thời hạn"));
        assert_eq!(desk.post(&officer, page, &[("handle", "9")]).await.status, 403);
        let province = desk.world.ctx(Role::StandingAgency, PROVINCE);
        assert_eq!(desk.post(&province, page, &[("handle", "9")]).await.status, 404);
        let centre = desk.world.ctx(Role::StandingAgency, CENTRE);
        let refused = desk.post(&centre, page, &[("handle", "chín")]).await;
        assert_eq!(refused.status, 422);
        refused.has_text("id=\"handle-loi\"");
        assert_eq!(desk.post(&centre, page, &[("handle", "9")]).await.status, 303);
        desk.get(&officer, page).await.has_text("sau 12 ngày làm việc");
        desk.get(&officer, "/phan-anh-den/so-lieu").await.has_text("Chưa có vụ việc nào trả lời");
    })
    .await;
}
