//! `sauro seed`, `backup`, `restore` and `log verify`: what is kept stays as it was.

use std::path::Path;
use std::process::Stdio;

use sauro_store::run;

use super::{Place, Run, open, program};

/// Code, work and lead of a task.
type Line = (String, String, Vec<u8>);

#[tokio::test]
async fn what_is_seeded_is_the_same_each_time_and_survives_a_backup() {
    let place = Place::new();
    let (one, two) = (place.at("mot"), place.at("hai"));
    // Side by side, so that both see the same day.
    let seeding = [&one, &two].map(|data| {
        let mut command = program();
        command.args(["seed", "--scale", "demo", "--seed", "7", "--data"]).arg(data);
        command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
    });
    for child in seeding {
        let done = child.wait_with_output().unwrap();
        let words = String::from_utf8(done.stderr).unwrap();
        assert!(done.status.success(), "{words}");
        assert!(String::from_utf8(done.stdout).unwrap().contains("Đã nạp"));
    }
    let first = lines(&one).await;
    assert!(first.len() > 100, "{}", first.len());
    assert_eq!(first, lines(&two).await, "the same seed makes the same tasks");
    at(&one, &["seed", "--scale", "demo"]).refused().says("đã có chương trình");

    let pack = place.at("sao-luu.sauro").display().to_string();
    at(&one, &["backup", &pack]).ok().says("Đã sao lưu");
    at(&one, &["backup", &pack]).refused().says("không bị ghi đè");
    let back = place.at("tro-lai");
    at(&back, &["restore", &pack]).ok().says("Nhật ký nguyên vẹn");
    assert_eq!(whole(&one).await, whole(&back).await);
    assert_eq!(papers(&one), papers(&back));
    at(&back, &["restore", &pack]).refused();
    let torn = place.put("rach.sauro", {
        let bytes = std::fs::read(&pack).unwrap();
        bytes[..bytes.len() / 2].to_vec()
    });
    at(&place.at("rach"), &["restore", &torn]).refused();

    at(&back, &["log", "verify"]).ok().says("Nhật ký nguyên vẹn");
    tamper(&back).await;
    at(&back, &["log", "verify"])
        .refused()
        .says("Mục số 300 ")
        .says("khác với lúc niêm phong")
        .lacks("nguyên vẹn");
    at(&one, &["log", "verify"]).ok().says("Nhật ký nguyên vẹn");
}

fn at(data: &Path, arguments: &[&str]) -> Run {
    super::run(program().args(arguments).arg("--data").arg(data))
}

async fn lines(data: &Path) -> Vec<Line> {
    const SQL: &str = "SELECT code, work, lead_agency_id FROM tasks ORDER BY code LIMIT 10000";
    let db = open(data).await;
    let mut conn = db.read().await.unwrap();
    run!(conn, c => sqlx::query_as::<_, Line>(SQL).fetch_all(c).await).unwrap()
}

/// Every task with all that changes about it.
async fn whole(data: &Path) -> Vec<String> {
    const SQL: &str = "
        SELECT json_array(hex(id), code, stage, self_rating, due_on, reported_at, verified_at, in_use_at,
                          last_report_at, issued_at, changed_at, version, work, accountable)
        FROM tasks ORDER BY id LIMIT 10000";
    let db = open(data).await;
    let mut conn = db.read().await.unwrap();
    run!(conn, c => sqlx::query_scalar::<_, String>(SQL).fetch_all(c).await).unwrap()
}

/// Names and sizes of the files kept.
fn papers(data: &Path) -> Vec<(String, u64)> {
    let mut found = Vec::new();
    for folder in std::fs::read_dir(data.join("files")).unwrap() {
        let folder = folder.unwrap().path();
        if !folder.is_dir() {
            continue;
        }
        for file in std::fs::read_dir(folder).unwrap() {
            let file = file.unwrap();
            let size = file.metadata().unwrap().len();
            found.push((file.file_name().to_string_lossy().into_owned(), size));
        }
    }
    found.sort();
    found
}

/// What whoever owns the database can do.
async fn tamper(data: &Path) {
    let db = open(data).await;
    for sql in [
        "DROP TRIGGER journal_entries_keep",
        "UPDATE journal_entries SET agency_id = zeroblob(16) WHERE position = 300",
    ] {
        let mut conn = db.write().await.unwrap();
        run!(conn, c => sqlx::query(sql).execute(c).await.map(drop)).unwrap();
        conn.commit().await.unwrap();
    }
}
