//! The `[mail]` keys, what `check` says of the mail server, and entries that a reader has parked.

use sauro_journal::{Event, append};
use sauro_kernel::{Actor, Ctx, TaskId};
use sauro_store::run;
use serde_json::json;

use super::{Place, open, program};

#[test]
fn the_mail_server_is_tried_and_its_password_hidden() {
    let place = Place::new();
    place.sauro(&["user", "list"]).ok();
    let with = |command: &str, url: &str, from: &str| {
        super::run(
            program()
                .args([command, "--data"])
                .arg(place.at("data"))
                .env("SAURO_LISTEN", "127.0.0.1:0")
                .env("SAURO_MAIL_ENABLED", "true")
                .env("SAURO_MAIL_URL", url)
                .env("SAURO_MAIL_FROM", from),
        )
    };
    let from = "Sáu Rõ <sauro@donvi.example.vn>";
    let url = "smtps://sauro:mat-ma-dai@thu.donvi.example.vn";
    with("config", url, from)
        .ok()
        .says("[mail]\nenabled = true")
        .says("smtps://sauro:•••@thu.donvi.example.vn")
        .says(from)
        .lacks("mat-ma-dai");
    with("check", "smtp://127.0.0.1:9", from)
        .refused()
        .says("LỖI  Thư điện tử: máy chủ thư không nhận kết nối")
        .says("SAURO_MAIL_ENABLED=false");
    with("check", "http://127.0.0.1", from).refused().says("smtp+starttls://");
    with("check", "smtp://127.0.0.1:9", "không có").refused().says("không phải địa chỉ thư");
    with("serve", "smtp://127.0.0.1:9", "không có").refused().says("Không gửi thư được");
    place.sauro(&["check"]).says("không gửi thư (mail.enabled = false)");
}

#[tokio::test]
async fn parked_entries_are_named_by_the_check_and_tried_again_on_request() {
    let place = Place::new();
    place.sauro(&["user", "list"]).ok();
    let data = place.at("data");
    let db = open(&data).await;
    let ctx = Ctx {
        actor: Actor::system(),
        clock: std::sync::Arc::new(sauro::SystemClock),
        ids: std::sync::Arc::new(sauro::FreshIds),
    };
    let mut conn = db.write().await.unwrap();
    let last = sauro_journal::last_position(&mut conn).await.unwrap();
    // The first can be told by now, the second is about a task that is not there.
    let nothing = Event::new("Counted", "thing", 1, json!({}));
    let lost = Event::new("TaskUrged", "task", TaskId(uuid::Uuid::from_u128(7)), json!({}));
    for (position, event) in (last + 1..).zip([nothing, lost]) {
        let entry = append(&mut conn, &ctx, event).await.unwrap();
        let sql = "INSERT INTO journal_parked (reader, position, entry_id, error, at)
            VALUES ('notices', $1, $2, 'không đọc được', 0)";
        run!(conn, c => sqlx::query(sql).bind(position).bind(entry.0).execute(c).await.map(drop))
            .unwrap();
    }
    conn.commit().await.unwrap();
    drop(db);
    place.sauro(&["log", "parked"]).ok().says("không đọc được").says("2 mục gác lại");
    place.sauro(&["check"]).refused().says("2 mục nhật ký chưa xử lý được").says("sauro log retry");
    place.sauro(&["log", "retry"]).refused().says("Đã xử lý 1 mục, còn gác lại 1 mục");
    place.sauro(&["log", "parked"]).ok().says("there is no task").says("1 mục gác lại");
}
