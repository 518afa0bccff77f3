//! Files that are too large, too dense, not what they say, or cut off.

use std::io::Write;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use axum::body::{Body, Bytes};
use sauro_testkit::{on_each_engine, on_sqlite};

use super::house::{Answer, Doors, END, file_head, text_part};
use crate::world::PDF;

const MIB: usize = 1 << 20;

/// `head`, then one megabyte again and again, then `end`: never whole in memory. Counts what was taken.
fn long_body(head: Vec<u8>, n_mib: usize, end: &'static [u8]) -> (Body, Arc<AtomicUsize>) {
    let taken = Arc::new(AtomicUsize::new(0));
    let count = taken.clone();
    let piece = Bytes::from(vec![b'a'; MIB]);
    let pieces = (0..n_mib).map(move |_| {
        count.fetch_add(1, Ordering::Relaxed);
        piece.clone()
    });
    let all = std::iter::once(Bytes::from(head)).chain(pieces).chain([Bytes::from_static(end)]);
    let all = all.map(Ok::<_, std::io::Error>);
    (Body::from_stream(futures_util::stream::iter(all)), taken)
}

/// A body that breaks off.
fn cut_body(head: Vec<u8>) -> Body {
    let pieces = [
        Ok(Bytes::from(head)),
        Ok(Bytes::from_static(PDF)),
        Err(std::io::Error::from(std::io::ErrorKind::ConnectionReset)),
    ];
    Body::from_stream(futures_util::stream::iter(pieces))
}

/// The form that brings a directive, up to the content of its file.
fn directive_head(doors: &Doors, file: &str) -> Vec<u8> {
    [text_part("chuong-trinh", &doors.evidence.to_string()), file_head("tep", file)].concat()
}

async fn bring(doors: &Doors, cookie: &str, file: &str, content: &[u8]) -> Answer {
    let body = [directive_head(doors, file), content.to_vec(), END.to_vec()].concat();
    doors.upload("/chi-dao/moi", cookie, Body::from(body)).await
}

fn api(doors: &Doors) -> String {
    format!("/api/v1/tasks/{}/reports", doors.issued.tasks[1])
}

/// Counts of what uploads leave behind.
async fn marks(doors: &Doors) -> (usize, i64, i64, i64) {
    let count = async |table| doors.count(table).await;
    (doors.n_files(), count("directives").await, count("reports").await, count("evidence").await)
}

#[tokio::test]
async fn two_hundred_megabytes_are_refused_with_a_sentence() {
    let doors = Doors::new(on_sqlite(Default::default()).await).await;
    let before = marks(&doors).await;
    let cookie = doors.enter("leader").await;
    let (body, taken) = long_body(directive_head(&doors, "van-ban.pdf"), 200, END);
    let answer = doors.upload("/chi-dao/moi", &cookie, body).await;
    answer.is(413).has("Nội dung gửi lên lớn hơn giới hạn");
    assert!(taken.load(Ordering::Relaxed) < 64, "the rest is not even read");

    let cookie = doors.enter("lanh.dao.xa").await;
    let head = [text_part("results", "Xong"), file_head("file", "bien-ban.pdf")].concat();
    let (body, _) = long_body(head, 200, END);
    let answer = doors.upload(&api(&doors), &cookie, body).await;
    answer.is(413).has("too_large");
    assert_eq!(marks(&doors).await, before);

    let text = format!("ngay=&ten={}&loai=", "a".repeat(3 * MIB));
    let answer = doors.post("/tai-khoan/mat-khau", &cookie, &text).await;
    answer.is(413).has("GD-0413");
}

#[tokio::test]
async fn ten_megabytes_of_pasted_text_are_refused_with_a_sentence() {
    let doors = Doors::new(on_sqlite(Default::default()).await).await;
    let before = marks(&doors).await;
    let cookie = doors.enter("leader").await;
    let text = "Giao Bộ Tài chính xây dựng đề án. ".repeat(10 * MIB / 44);
    let body = [
        text_part("chuong-trinh", &doors.evidence.to_string()),
        text_part("van-ban", &text),
        b"--ranh--\r\n".to_vec(),
    ];
    let answer = doors.upload("/chi-dao/moi", &cookie, Body::from(body.concat())).await;
    assert!([413, 422].contains(&answer.status), "{}", answer.status);
    answer.has("Văn bản");
    assert!(answer.body.len() < MIB, "the page does not carry it all back");
    assert_eq!(marks(&doors).await, before);
}

#[tokio::test]
async fn a_zip_bomb_is_refused_with_a_sentence() {
    let doors = Doors::new(on_sqlite(Default::default()).await).await;
    let before = marks(&doors).await;
    let cookie = doors.enter("leader").await;
    let answer = bring(&doors, &cookie, "van-ban.docx", &bomb("word/document.xml")).await;
    answer.is(422).has("nén bất thường");
    let cookie = doors.enter("lanh.dao.xa").await;
    let parts = [text_part("results", "Xong"), file_head("file", "bang.docx")].concat();
    let body = [parts, bomb("word/document.xml"), END.to_vec()].concat();
    let answer = doors.upload(&api(&doors), &cookie, Body::from(body)).await;
    assert!([201, 422].contains(&answer.status), "{}: kept unopened, or refused", answer.status);
    if answer.status == 422 {
        assert_eq!(marks(&doors).await, before);
    }
}

/// A paper whose only part unfolds to 300 MB.
fn bomb(part: &str) -> Vec<u8> {
    let mut pack = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    pack.start_file("[Content_Types].xml", options).unwrap();
    pack.write_all(br#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"#).unwrap();
    pack.start_file(part, options).unwrap();
    pack.write_all(br#"<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>"#).unwrap();
    let piece = vec![b'a'; MIB];
    for _ in 0..300 {
        pack.write_all(&piece).unwrap();
    }
    pack.write_all(b"</w:t></w:r></w:p></w:body></w:document>").unwrap();
    let bytes = pack.finish().unwrap().into_inner();
    assert!(bytes.len() < MIB, "it is small until it is opened");
    bytes
}

#[tokio::test]
async fn a_program_or_a_secret_paper_is_not_kept() {
    on_each_engine(async |engine| {
        let doors = Doors::new(engine).await;
        let before = marks(&doors).await;
        let cookie = doors.enter("leader").await;
        let mut program = b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff\0\0".to_vec();
        program.resize(4_096, 0);
        bring(&doors, &cookie, "van-ban.pdf", &program).await.is(422);
        let secret = "BỘ TÀI CHÍNH\nMẬT\nSố: 1/CV-BTC\n\nGiao Cục Thuế xây dựng đề án trước ngày 30/12/2026.\n";
        let answer = bring(&doors, &cookie, "van-ban.txt", secret.as_bytes()).await;
        answer.is(422).has("mật");

        let cookie = doors.enter("lanh.dao.xa").await;
        let parts = [text_part("results", "Xong"), file_head("file", "bien-ban.pdf")].concat();
        let body = [parts, program, END.to_vec()].concat();
        doors.upload(&api(&doors), &cookie, Body::from(body)).await.is(422);
        assert_eq!(marks(&doors).await, before);
    })
    .await;
}

#[tokio::test]
async fn an_upload_that_breaks_off_leaves_nothing() {
    on_each_engine(async |engine| {
        let doors = Doors::new(engine).await;
        let before = marks(&doors).await;
        let cookie = doors.enter("leader").await;
        let body = cut_body(directive_head(&doors, "van-ban.pdf"));
        doors.upload("/chi-dao/moi", &cookie, body).await.is(422).has("chưa tải lên hết");
        let cookie = doors.enter("lanh.dao.xa").await;
        let head = [text_part("results", "Xong"), file_head("file", "bien-ban.pdf")].concat();
        let answer = doors.upload(&api(&doors), &cookie, cut_body(head)).await;
        answer.is(400).has("bị cắt giữa chừng");
        assert_eq!(marks(&doors).await, before);
        // The same report, sent whole, arrives.
        let head = [text_part("results", "Xong"), text_part("self_rating", "on_track")].concat();
        let body = [head, file_head("file", "bien-ban.pdf"), PDF.to_vec(), END.to_vec()].concat();
        doors.upload(&api(&doors), &cookie, Body::from(body)).await.is(201);
    })
    .await;
}
