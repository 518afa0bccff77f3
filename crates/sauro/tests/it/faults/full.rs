use axum::body::Body;
use sauro_store::{Db, Limits, run};
use sauro_testkit::on_sqlite;

use crate::doors::house::{Answer, Doors, END, file_head, text_part};

/// Pages that the writer may still add, and no more.
async fn leave_room(db: &Db, n_pages: i64) {
    let mut conn = db.write().await.unwrap();
    let n: i64 =
        run!(conn, c => sqlx::query_scalar("PRAGMA page_count").fetch_one(c).await).unwrap();
    let sql = sqlx::AssertSqlSafe(format!("PRAGMA max_page_count = {}", n + n_pages));
    run!(conn, c => sqlx::query(sql).execute(c).await.map(drop)).unwrap();
    conn.commit().await.unwrap();
}

async fn report(doors: &Doors, cookie: &str, n: usize) -> Answer {
    let mut body =
        text_part("results", &format!("Đã làm lần {n}. {}", "Số liệu kèm theo. ".repeat(120)));
    body.extend(text_part("self_rating", "on_track"));
    body.extend(text_part("claim_1", "doing"));
    body.extend(file_head("file", "bang.csv"));
    body.extend(format!("a,b\n{n},1\n").into_bytes());
    body.extend(END);
    let path = format!("/api/v1/tasks/{}/reports", doors.issued.tasks[1]);
    doors.upload(&path, cookie, Body::from(body)).await
}

#[tokio::test]
async fn a_full_disk_is_said_in_words_leaves_nothing_half_written_and_goes_by() {
    let doors = Doors::new(on_sqlite(Limits::default()).await).await;
    let cookie = doors.enter("lanh.dao.xa").await;
    let before = (doors.count("reports").await, doors.count("journal_entries").await);
    leave_room(&doors.world.db, 20).await;
    let mut n_kept = 0;
    let refused = loop {
        let answer = report(&doors, &cookie, n_kept).await;
        if answer.status != 201 {
            break answer;
        }
        n_kept += 1;
        assert!(n_kept < 500, "the disk never fills");
    };
    refused.is(503).has("hết chỗ lưu");
    let n_kept = i64::try_from(n_kept).unwrap();
    assert_eq!(doors.count("reports").await, before.0 + n_kept);
    // Every kept report has its file and its entry, and the refused one has neither.
    assert_eq!(doors.count("evidence").await, before.0 + n_kept);
    assert_eq!(doors.count("journal_entries").await, before.1 + n_kept);

    // A person gets a page with the same words.
    leave_room(&doors.world.db, 0).await;
    let task = &doors.issued.tasks[1];
    let words = "vi%E1%BB%87c+".repeat(300);
    let mut said = None;
    for n in 0..500 {
        let form = format!("ly-do={words}{n}&han-moi=2027-01-15");
        let answer = doors.post(&format!("/nhiem-vu/{task}/gia-han"), &cookie, &form).await;
        if answer.status == 503 {
            said = Some(answer);
            break;
        }
        let open = doors.get(&format!("/nhiem-vu/{task}/gia-han"), &cookie).await;
        let id = open.body.split("name=\"de-nghi\" value=\"").nth(1).unwrap();
        let form = format!("viec=rut&de-nghi={}", id.split('"').next().unwrap());
        let answer = doors.post(&format!("/nhiem-vu/{task}/gia-han"), &cookie, &form).await;
        if answer.status == 503 {
            said = Some(answer);
            break;
        }
    }
    said.unwrap().has("Máy chủ hết chỗ lưu").has("GD-0507");

    leave_room(&doors.world.db, 100_000).await;
    report(&doors, &cookie, 1_000).await.is(201);
    doors.get("/viec", &cookie).await.is(200);
    let verdict = sauro_journal::verify(&doors.world.db, None, |_| ()).await.unwrap();
    assert!(verdict.fault.is_none(), "{:?}", verdict.fault);
}
