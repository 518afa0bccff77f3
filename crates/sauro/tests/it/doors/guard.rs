//! What stands around every answer.

use std::collections::HashSet;
use std::sync::{Arc, Mutex};

use axum::body::Body;
use axum::http::{Request, header};
use sauro_testkit::{on_each_engine, on_sqlite};

use super::house::{Answer, Doors};

async fn doors() -> Doors {
    Doors::new(on_sqlite(Default::default()).await).await
}

/// The word of the policy.
fn nonce(answer: &Answer) -> &str {
    let policy = answer.header("content-security-policy");
    let (_, rest) = policy.split_once("script-src 'nonce-").unwrap_or_else(|| panic!("{policy:?}"));
    rest.split('\'').next().unwrap()
}

/// The headers of a page, and that no script of it runs without the word.
#[track_caller]
fn is_guarded(answer: &Answer) {
    assert!(answer.header("content-type").starts_with("text/html"), "{}", answer.body);
    let policy = answer.header("content-security-policy");
    for rule in
        ["default-src 'none'", "base-uri 'none'", "frame-ancestors 'none'", "form-action 'self'"]
    {
        assert!(policy.contains(rule), "{rule} in {policy}");
    }
    assert!(!policy.contains("unsafe-eval") && !policy.contains("script-src 'self'"), "{policy}");
    assert_eq!(answer.header("x-content-type-options"), "nosniff");
    assert_eq!(answer.header("x-frame-options"), "DENY");
    assert!(!answer.header("referrer-policy").is_empty());
    assert!(!answer.header("permissions-policy").is_empty());
    let word = nonce(answer);
    assert!(word.len() >= 32, "{word}");
    for script in answer.body.split("<script").skip(1) {
        let tag = script.split('>').next().unwrap();
        assert!(tag.contains(&format!("nonce=\"{word}\"")), "<script{tag}>");
    }
    for handler in [" onclick=", " onload=", " onerror=", " onsubmit="] {
        assert!(!answer.body.contains(handler), "{handler}");
    }
}

#[tokio::test]
async fn every_page_carries_the_guards_and_a_word_of_its_own() {
    let doors = doors().await;
    let cookie = doors.enter("leader").await;
    let mut words = HashSet::new();
    for (path, cookie, status) in [
        ("/ket-qua", "", 200),
        ("/ket-qua", cookie.as_str(), 200),
        ("/dang-nhap", "", 200),
        ("/viec", &cookie, 200),
        ("/chi-dao/moi", &cookie, 200),
        ("/tai-khoan", &cookie, 200),
        ("/quan-tri/tai-khoan", &cookie, 403),
        ("/khong-co-gi", "", 404),
        ("/khong-co-gi", &cookie, 404),
        ("/chi-dao/khong-phai-ma", &cookie, 404),
    ] {
        let answer = doors.get(path, cookie).await;
        answer.is(status);
        is_guarded(&answer);
        assert!(words.insert(nonce(&answer).to_owned()), "{path} has the word of another answer");
    }
    is_guarded(doors.post("/chi-dao/moi", "", "").await.is(401));
    is_guarded(doors.post("/ket-qua", "", "").await.is(404));
}

#[tokio::test]
async fn pages_of_somebody_signed_in_are_kept_nowhere() {
    let doors = doors().await;
    let cookie = doors.enter("leader").await;
    for path in ["/viec", "/tai-khoan", "/nhiem-vu"] {
        assert_eq!(
            doors.get(path, &cookie).await.is(200).header("cache-control"),
            "no-store",
            "{path}"
        );
    }
}

#[tokio::test]
async fn forms_of_another_site_are_refused() {
    on_each_engine(async |engine| {
        let doors = Doors::new(engine).await;
        let cookie = doors.enter("lanh.dao.xa").await;
        let before = doors.count("reports").await;
        let path = format!("/api/v1/tasks/{}/reports", doors.issued.tasks[1]);
        for (name, value) in [
            ("sec-fetch-site", "cross-site"),
            ("sec-fetch-site", "same-site"),
            ("origin", "https://xau.example"),
            ("origin", "null"),
        ] {
            let request = Request::post(&path)
                .header(header::COOKIE, &cookie)
                .header(header::HOST, "sauro.example.vn")
                .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
                .header(name, value);
            let answer = doors.send(request.body(Body::from("results=Xong")).unwrap()).await;
            answer.is(403);
            is_guarded(&answer);
        }
        assert_eq!(doors.count("reports").await, before);
        // The same form from our own page arrives; so does a link on another site.
        let answer = doors.post(&path, &cookie, "results=Xong&self_rating=on_track").await;
        assert!([201, 422].contains(&answer.status), "{} {}", answer.status, answer.body);
        let request = Request::get("/viec")
            .header(header::COOKIE, &cookie)
            .header("sec-fetch-site", "cross-site");
        doors.send(request.body(Body::empty()).unwrap()).await.is(200);
    })
    .await;
}

#[tokio::test]
async fn a_forged_unknown_or_ended_session_is_a_stranger() {
    on_each_engine(async |engine| {
        let doors = Doors::new(engine).await;
        let cookie = doors.enter("leader").await;
        doors.get("/viec", &cookie).await.is(200);
        let changed = |n: usize| {
            let mut bytes = cookie.clone().into_bytes();
            bytes[n] = if bytes[n] == b'A' { b'B' } else { b'A' };
            String::from_utf8(bytes).unwrap()
        };
        let forged = [
            changed("sauro=".len()),
            changed(cookie.len() - 2),
            format!("{cookie}A"),
            "sauro=".to_owned(),
            "sauro=' OR 1=1 --".to_owned(),
            format!("sauro={}", "A".repeat(4_000)),
            format!("sauro={}", doors.opened.account),
            cookie.replace("sauro=", "__Host-sauro="),
        ];
        for cookie in &forged {
            let answer = doors.get("/viec", cookie).await;
            answer.is(303);
            assert!(answer.header("location").starts_with("/dang-nhap"), "{cookie}");
            doors.post("/chi-dao/moi", cookie, "").await.is(401);
        }
        doors.pass(15);
        doors.get("/viec", &cookie).await.is(303);
        let cookie = doors.enter("leader").await;
        doors.get("/viec", &cookie).await.is(200);
        doors.post("/dang-xuat", &cookie, "").await.is(303);
        doors.get("/viec", &cookie).await.is(303);
    })
    .await;
}

#[tokio::test]
async fn whoever_watches_the_server_reads_json() {
    on_each_engine(async |engine| {
        let doors = Doors::new(engine).await;
        let answer = doors.get("/suc-khoe", "").await;
        answer.is(200);
        assert!(answer.header("content-type").starts_with("application/json"));
        let said: serde_json::Value = serde_json::from_str(&answer.body).unwrap();
        assert_eq!(said["ok"], true);
        assert!(said["journal"].as_i64().unwrap() > 0, "{said}");
        assert!(said["readers"].is_array());
    })
    .await;
}

#[tokio::test]
async fn a_panic_is_answered_with_a_page_and_the_next_request_as_ever() {
    let doors = doors().await;
    let cookie = doors.enter("leader").await;
    doors.break_clock();
    let answer = doors.get("/viec", &cookie).await;
    answer.is(500).has("GD-0500");
    assert!(!answer.body.contains("clock"), "the cause is for the log");
    is_guarded(&answer);
    doors.mend_clock();
    doors.get("/viec", &cookie).await.is(200);
}

/// Where the log is written to.
#[derive(Clone, Default)]
struct Lines(Arc<Mutex<Vec<u8>>>);

impl std::io::Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn whoever_guesses_at_ids_of_others_is_written_down() {
    let doors = doors().await;
    let cookie = doors.enter("leader").await;
    let lines = Lines::default();
    let writer = lines.clone();
    let log = tracing_subscriber::fmt().with_ansi(false).with_writer(move || writer.clone());
    let guard = tracing::subscriber::set_default(log.finish());
    doors.get(&format!("/nhiem-vu/{}", doors.issued.tasks[0]), &cookie).await.is(404);
    doors.get(&format!("/chi-dao/{}", doors.issued.directive), &cookie).await.is(404);
    doors.get(&format!("/minh-chung/{}", doors.evidence), &cookie).await.is(404);
    drop(guard);
    let said = String::from_utf8(lines.0.lock().unwrap().clone()).unwrap();
    let n_written = said.lines().filter(|it| it.contains("outside their scope")).count();
    assert_eq!(n_written, 3, "{said}");
    assert!(said.contains("UBND-01"), "{said}");
}

#[tokio::test]
async fn nobody_outside_writes_into_the_log() {
    let doors = doors().await;
    let request = Request::get("/ket-qua").header("x-request-id", "gia-mao");
    let answer = doors.send(request.body(Body::empty()).unwrap()).await;
    assert!(!answer.header("x-request-id").is_empty());
    assert_ne!(answer.header("x-request-id"), "gia-mao");
}
