use axum::body::Body;
use sauro_store::run;
use sauro_testkit::on_each_engine;
use serde_json::Value;

use crate::doors::house::{Doors, END, text_part};

async fn report(doors: &Doors, cookie: &str, words: &str) -> String {
    let mut body = text_part("results", words);
    body.extend(text_part("self_rating", "on_track"));
    body.extend(text_part("claim_1", "doing"));
    body.extend(END.strip_prefix(b"\r\n").unwrap());
    let path = format!("/api/v1/tasks/{}/reports", doors.issued.tasks[1]);
    let answer = doors.upload(&path, cookie, Body::from(body)).await;
    answer.is(201);
    let told: Value = serde_json::from_str(&answer.body).unwrap();
    told["receipt"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_clock_that_is_set_back_neither_mixes_the_journal_nor_doubles_a_receipt_nor_ends_a_session()
 {
    on_each_engine(async |engine| {
        const ORDER: &str = "
            SELECT data FROM journal_entries WHERE kind = 'ReportSent' ORDER BY position";
        const HISTORY: &str = "
            SELECT COUNT(*) FROM task_history WHERE until IS NOT NULL AND until <= since";
        let doors = Doors::new(engine).await;
        let cookie = doors.enter("lanh.dao.xa").await;
        let mut receipts = vec![doors.receipt.code.clone()];
        receipts.push(report(&doors, &cookie, "Trước khi chỉnh giờ.").await);
        doors.pass_hours(-5);
        doors.get("/viec", &cookie).await.is(200);
        receipts.push(report(&doors, &cookie, "Sau khi chỉnh giờ.").await);
        let again = doors.enter("lanh.dao.xa").await;
        receipts.push(report(&doors, &again, "Phiên mới, giờ cũ.").await);
        doors.pass_hours(5);
        doors.get("/viec", &cookie).await.is(200);
        doors.get("/viec", &again).await.is(200);
        receipts.push(report(&doors, &cookie, "Giờ lại đúng.").await);

        let mut once = receipts.clone();
        once.sort_unstable();
        once.dedup();
        assert_eq!(once.len(), receipts.len(), "{receipts:?}");
        sauro_journal::seal(&doors.world.db).await.unwrap();
        let mut conn = doors.world.db.read().await.unwrap();
        let told: Vec<String> =
            run!(conn, c => sqlx::query_scalar(ORDER).fetch_all(c).await).unwrap();
        let told: Vec<String> = told
            .iter()
            .map(|it| serde_json::from_str::<Value>(it).unwrap())
            .map(|it| it["receipt"].as_str().unwrap().to_owned())
            .collect();
        assert_eq!(told, receipts, "the journal tells them in the order they came");
        let n: i64 = run!(conn, c => sqlx::query_scalar(HISTORY).fetch_one(c).await).unwrap();
        assert_eq!(n, 0, "a version that ends before it begins");
        drop(conn);
        let page = doors.get(&format!("/nhiem-vu/{}", doors.issued.tasks[1]), &cookie).await;
        page.is(200);
        for receipt in &receipts[1..] {
            page.has(receipt);
        }
        let verdict = sauro_journal::verify(&doors.world.db, None, |_| ()).await.unwrap();
        assert!(verdict.fault.is_none(), "{:?}", verdict.fault);
    })
    .await;
}
