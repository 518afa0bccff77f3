//! Public cases as rows of a file: of the wide table only what the file has.

use chrono::NaiveDate;
use sauro_kernel::AgencyId;
use sauro_store::{Conn, StoreError, run};
use uuid::Uuid;

use super::corrupt;
use crate::model::{Closing, Exported, Matter, State};

/// Public cases, the newest answer first, after (`before`) one that was read.
pub(crate) async fn public(
    conn: &mut Conn,
    before: (i64, Uuid),
    limit: u16,
) -> Result<Vec<Exported>, StoreError> {
    const SQL: &str = "
        SELECT id, number, kind, field, place_id, public_title, state, closing, sent_at, answered_at,
            answered_by_id, citizen_due_on, rating
        FROM petitions
        WHERE answered_at IS NOT NULL AND may_publish AND NOT is_hidden
            AND answered_at <= $1 AND (answered_at < $1 OR id < $2)
        ORDER BY answered_at DESC, id DESC
        LIMIT $3";
    let rows: Vec<ExportedRow> = run!(conn, c => sqlx::query_as(SQL)
        .bind(before.0)
        .bind(before.1)
        .bind(i64::from(limit))
        .fetch_all(c)
        .await)?;
    rows.into_iter().map(Exported::try_from).collect()
}

#[derive(sqlx::FromRow)]
struct ExportedRow {
    id: Uuid,
    number: String,
    kind: String,
    field: String,
    place_id: Option<Uuid>,
    public_title: String,
    state: String,
    closing: String,
    sent_at: i64,
    answered_at: i64,
    citizen_due_on: NaiveDate,
    rating: Option<i64>,
    answered_by_id: Option<Uuid>,
}

impl TryFrom<ExportedRow> for Exported {
    type Error = StoreError;

    fn try_from(row: ExportedRow) -> Result<Self, StoreError> {
        let wrong = |what: &str| corrupt("petitions", row.id, format!("no such {what}"));
        let closing = match row.closing.as_str() {
            "" => None,
            code => Some(Closing::of_code(code).ok_or_else(|| wrong("closing"))?),
        };
        Ok(Self {
            matter: Matter::of_code(&row.kind).ok_or_else(|| wrong("kind"))?,
            state: State::of_code(&row.state).ok_or_else(|| wrong("state"))?,
            closing,
            id: row.id,
            number: row.number,
            field: row.field,
            place: row.place_id.map(AgencyId),
            public_title: row.public_title,
            answered_by: row.answered_by_id.map(AgencyId),
            sent_at: row.sent_at,
            answered_at: row.answered_at,
            citizen_due_on: row.citizen_due_on,
            rating: row.rating,
        })
    }
}
