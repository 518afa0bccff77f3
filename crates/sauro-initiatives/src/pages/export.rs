//! The list for everybody as data, however long: page after page, never the whole in memory.

use axum::body::Body;
use axum::extract::Query;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use sauro_store::Db;
use sauro_ui::Failure;
use serde_json::json;

use super::House;
use super::list::Asked;
use crate::InitiativesError;
use crate::actions::{self, Filter};
use crate::model::Initiative;

/// Rows read at once.
const AT_ONCE: u16 = 500;

/// What is read next: the rows after those before, or nothing more.
struct Cursor {
    db: Db,
    filter: Filter,
    is_first: bool,
    is_over: bool,
}

/// `GET /sang-kien.csv`.
pub(super) async fn csv(house: House, Query(asked): Query<Asked>) -> Result<Response, Failure> {
    const HEAD: &str = "\u{feff}ma,ten,loai,linh_vuc,ma_tinh,chang,tu_ngay,han,ngay_gui\r\n";
    let line = |it: &Initiative, _: bool| {
        let day = |it: Option<chrono::NaiveDate>| it.map(|it| it.to_string()).unwrap_or_default();
        let cells = [
            it.code.to_string(),
            it.title.clone(),
            it.kind.label().to_owned(),
            it.area.label().to_owned(),
            it.place.clone(),
            it.stage.code().to_owned(),
            it.since.to_string(),
            day(it.due_on),
            sent_on(it),
        ];
        let cells: Vec<String> = cells.iter().map(|it| cell(it)).collect();
        format!("{}\r\n", cells.join(","))
    };
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"sang-kien.csv\""),
        (header::CACHE_CONTROL, "public, max-age=60"),
    ];
    let body = streamed(&house, &asked, (HEAD, ""), line);
    Ok((headers, body).into_response())
}

/// `GET /sang-kien.json`.
pub(super) async fn json(house: House, Query(asked): Query<Asked>) -> Result<Response, Failure> {
    let line = |it: &Initiative, is_first: bool| {
        let row = json!({
            "code": it.code.as_str(),
            "title": it.title,
            "kind": it.kind.code(),
            "area": it.area.code(),
            "place": it.place,
            "stage": it.stage.code(),
            "since": it.since.to_string(),
            "due_on": it.due_on.map(|it| it.to_string()),
            "sent_on": sent_on(it),
        });
        format!("{}{row}", if is_first { "" } else { ",\n" })
    };
    let headers =
        [(header::CONTENT_TYPE, "application/json"), (header::CACHE_CONTROL, "public, max-age=60")];
    let body = streamed(&house, &asked, ("[", "]\n"), line);
    Ok((headers, body).into_response())
}

fn streamed(
    house: &House,
    asked: &Asked,
    (head, foot): (&'static str, &'static str),
    line: impl Fn(&Initiative, bool) -> String + Send + 'static,
) -> Body {
    let cursor = Cursor {
        db: house.state.db.clone(),
        filter: Filter { before: String::new(), ..asked.filter() },
        is_first: true,
        is_over: false,
    };
    let pieces = stream::try_unfold((cursor, line), move |(mut cursor, line)| async move {
        if cursor.is_over {
            return Ok::<_, InitiativesError>(None);
        }
        let rows = actions::listed(&cursor.db, &cursor.filter, AT_ONCE).await?;
        let mut piece = String::new();
        if cursor.is_first {
            piece.push_str(head);
        }
        for it in &rows {
            piece.push_str(&line(it, cursor.is_first));
            cursor.is_first = false;
        }
        cursor.is_first = false;
        match rows.last() {
            Some(last) if rows.len() == usize::from(AT_ONCE) => {
                cursor.filter.before = last.id.to_string();
            }
            _ => {
                piece.push_str(foot);
                cursor.is_over = true;
            }
        }
        Ok(Some((piece, (cursor, line))))
    });
    Body::from_stream(pieces)
}

fn sent_on(it: &Initiative) -> String {
    let at = chrono::DateTime::from_timestamp_micros(it.sent_at).unwrap_or_default();
    at.with_timezone(&sauro_kernel::VIETNAM).date_naive().to_string()
}

/// A cell: quoted where it must be, and never a formula to whoever opens the file.
fn cell(text: &str) -> String {
    let is_formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let text = if is_formula { format!("'{text}") } else { text.to_owned() };
    if text.contains(['"', ',', '\n', '\r']) || is_formula {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text
    }
}
