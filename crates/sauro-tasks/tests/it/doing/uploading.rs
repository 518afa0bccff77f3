//! Files: in whole or not at all, out only to whom they concern.

use axum::body::Body;
use axum::http::{Request, header};
use bytes::Bytes;
use sauro_kernel::Role;
use sauro_testkit::on_each_engine;

use super::browser::{Browser, Part, multipart};
use super::world::{AUTHORITY, LEAD, STRANGER, World};

const REPORT: &str = "/nhiem-vu/NV-2026-000001/bao-cao";
const API: &str = "/api/v1/tasks/NV-2026-000001/reports";
const PDF: &[u8] = b"%PDF-1.7\nbien ban ban giao\n%%EOF\n";

#[tokio::test]
async fn a_program_reports_in_one_call_and_may_retry() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let browser = Browser::of(&world, &world.staff()).await;
        let leader = world.actor(Role::Leader, LEAD);
        let parts = [
            Part::Text("results", "Đã bàn giao 40 máy"),
            Part::Text("self_rating", "done"),
            Part::Text("claim_1", "done"),
            Part::Text("claim_2", "doing"),
            Part::File("file", "biên bản.pdf", PDF),
            Part::Text("file_for", "1"),
        ];
        let first = browser.upload_with(&leader, API, &parts, Some("lan-1")).await;
        first.is(201).has("\"receipt\":\"BN-20260601-");
        let again = browser.upload_with(&leader, API, &parts, Some("lan-1")).await;
        assert_eq!((again.status, &again.body), (201, &first.body));
        assert_eq!(world.view().await.reports.len(), 1);
        assert_eq!(browser.n_files(), 1);

        browser.upload(&world.actor(Role::Officer, LEAD), API, &parts).await.is(403).has("denied");
        browser
            .upload(&world.actor(Role::Leader, STRANGER), API, &parts)
            .await
            .is(404)
            .has("not_found");
        let wrong = [
            Part::Text("claim_x", "done"),
            Part::Text("self_rating", "fine"),
            Part::Text("file_for", "a"),
        ];
        let refused = browser.upload(&leader, API, &wrong).await;
        refused.is(422).has("claim_x").has("self_rating").has("file_for");
        let bare = [Part::Text("results", "Xong"), Part::Text("claim_2", "done")];
        browser.upload(&leader, API, &bare).await.is(422).has("sp-2");
        let none = [Part::Text("results", "Xong"), Part::Text("claim_7", "done")];
        browser.upload(&leader, API, &none).await.is(422).has("không có sản phẩm số 7");
    })
    .await;
}

#[tokio::test]
async fn an_upload_that_is_cut_leaves_nothing_behind() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let browser = Browser::of(&world, &world.staff()).await;
        let leader = world.actor(Role::Leader, LEAD);
        let big = vec![b'x'; 300_000];
        let whole =
            multipart(&[Part::Text("results", "Xong"), Part::File("file", "anh.pdf", &big)]);
        let half = Bytes::from(whole).slice(..150_000);
        let pieces =
            futures_util::stream::iter([Ok(half), Err(std::io::Error::other("the line broke"))]);
        let request = Request::post(API)
            .header(header::CONTENT_TYPE, "multipart/form-data; boundary=ranh-gioi")
            .body(Body::from_stream(pieces))
            .unwrap();
        browser.send(&leader, request).await.is(400).has("cắt giữa chừng");
        assert_eq!(browser.n_files(), 0);
        assert!(world.view().await.reports.is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_file_that_is_too_large_is_answered_with_the_limit_and_the_text_stays() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let browser = Browser::of(&world, &world.staff()).await;
        let leader = world.actor(Role::Leader, LEAD);
        let form = browser.get(&leader, REPORT).await;
        let (id, version) = (form.hidden("bao-cao"), form.hidden("version"));
        let head = multipart(&[
            Part::Text("bao-cao", &id),
            Part::Text("version", &version),
            Part::Text("ket-qua", "Chữ đã gõ"),
            Part::Text("viec", "tep"),
            Part::File("tep", "phim.pdf", b"%PDF-1.7\n"),
        ]);
        let (head, tail) = head.split_at(head.len() - "\r\n--ranh-gioi--\r\n".len());
        let chunk = Bytes::from(vec![b'x'; 1024 * 1024]);
        let pieces = std::iter::once(Bytes::copy_from_slice(head))
            .chain(std::iter::repeat_n(chunk, 200))
            .chain([Bytes::copy_from_slice(tail)])
            .map(Ok::<_, std::io::Error>);
        let request = Request::post(REPORT)
            .header(header::CONTENT_TYPE, "multipart/form-data; boundary=ranh-gioi")
            .body(Body::from_stream(futures_util::stream::iter(pieces)))
            .unwrap();
        let refused = browser.send(&leader, request).await;
        refused.is(413).has("phim.pdf").has("giới hạn 20 MB").has("Chữ đã gõ");
        assert_eq!(browser.n_files(), 0);
    })
    .await;
}

#[tokio::test]
async fn a_download_is_only_ever_a_download_and_only_for_those_concerned() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let browser = Browser::of(&world, &world.staff()).await;
        let leader = world.actor(Role::Leader, LEAD);
        let form = browser.get(&leader, REPORT).await;
        let (id, version) = (form.hidden("bao-cao"), form.hidden("version"));
        let put = [
            Part::Text("bao-cao", &id),
            Part::Text("version", &version),
            Part::Text("ket-qua", "Xong"),
            Part::File("tep", "Biên bản số 1.pdf", PDF),
            Part::Text("viec", "tep"),
        ];
        browser.upload(&leader, REPORT, &put).await.is(303);
        let view = sauro_tasks::actions::task_view(&world.leader(), &world.db, "NV-2026-000001")
            .await
            .unwrap();
        let path = format!("/minh-chung/{}", view.open.unwrap().evidence[0].evidence.id);
        let got = browser.get(&leader, &path).await;
        got.is(200);
        assert_eq!(got.body.as_bytes(), PDF);
        let header = |name: &str| got.headers.get(name).unwrap().to_str().unwrap().to_owned();
        assert!(
            header("content-disposition").starts_with("attachment; filename=\"Bi"),
            "{}",
            header("content-disposition")
        );
        assert_eq!(header("x-content-type-options"), "nosniff");
        assert_eq!(header("content-type"), "application/pdf");
        assert_eq!(header("content-security-policy"), "default-src 'none'; sandbox");
        let verifier = world.actor(Role::Verifier, AUTHORITY);
        browser.get(&verifier, &path).await.is(404);
        browser.get(&world.actor(Role::Leader, STRANGER), &path).await.is(404);
        let form = browser.get(&leader, REPORT).await;
        let send = [
            ("bao-cao", id.as_str()),
            ("version", &form.hidden("version")),
            ("ket-qua", "Xong"),
            ("viec", "gui"),
        ];
        browser.post(&leader, REPORT, &send).await.is(303);
        browser.get(&verifier, &path).await.is(200);
        browser.get(&world.actor(Role::Leader, STRANGER), &path).await.is(404);
        browser.get(&leader, "/minh-chung/khong-phai-ma").await.is(404);
    })
    .await;
}
