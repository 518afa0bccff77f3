//! Table `portal_documents`: the library of documents.

use chrono::NaiveDate;
use sauro_kernel::{DirectiveId, PortalItemId, fold};
use sauro_store::{Conn, StoreError, run};
use sqlx::AssertSqlSafe;
use uuid::Uuid;

use crate::model::DocumentDetails;

/// A document as the library shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentLine {
    /// The item.
    pub id: PortalItemId,
    /// Its word in the address.
    pub slug: String,
    /// The title.
    pub title: String,
    /// Số, ký hiệu.
    pub number: String,
    /// The code of what it is.
    pub kind: String,
    /// Cơ quan ban hành.
    pub issuer: String,
    /// Ngày ban hành.
    pub issued_on: NaiveDate,
    /// Ngày có hiệu lực.
    pub effective_on: NaiveDate,
    /// Since when it no longer holds.
    pub expires_on: Option<NaiveDate>,
    /// The directive from which tasks came.
    pub directive: Option<DirectiveId>,
    /// Another document in the library says that it replaces this one.
    pub is_replaced: bool,
}

/// What is looked for in the library; empty words look for everything.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sought {
    /// The whole number, or its beginning.
    pub number: String,
    /// The code of what it is.
    pub kind: String,
    /// The issuer, as written.
    pub issuer: String,
    /// The code of the field.
    pub field: String,
    /// The year of issue.
    pub year: Option<i64>,
    /// Only those that hold on that day.
    pub in_force_on: Option<NaiveDate>,
}

/// Where a page of the library begins: after the document issued on that day.
pub(crate) type Place = (NaiveDate, PortalItemId);

/// Says what everybody reads of the document `item`.
pub(crate) async fn set(
    conn: &mut Conn,
    item: PortalItemId,
    it: &DocumentDetails,
) -> Result<(), StoreError> {
    const SQL: &str = "
        INSERT INTO portal_documents (
            item_id, number, number_fold, kind, issuer, issuer_fold, field, issued_on, year, effective_on, expires_on,
            replaces, directive_id)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)";
    use chrono::Datelike;
    remove(conn, item).await?;
    run!(conn, c => sqlx::query(SQL)
        .bind(item.0)
        .bind(&it.number)
        .bind(fold(&it.number))
        .bind(&it.kind)
        .bind(&it.issuer)
        .bind(fold(&it.issuer))
        .bind(&it.field)
        .bind(it.issued_on)
        .bind(i64::from(it.issued_on.year()))
        .bind(it.effective_on)
        .bind(it.expires_on)
        .bind(fold(&it.replaces))
        .bind(it.directive.map(|it| it.0))
        .execute(c)
        .await
        .map(drop))
}

/// The number of the document `item` and the number that it replaces, as far as it is in the library and names them.
pub(crate) async fn numbers_of(
    conn: &mut Conn,
    item: PortalItemId,
) -> Result<Vec<String>, StoreError> {
    const SQL: &str = "SELECT number, replaces FROM portal_documents WHERE item_id = $1";
    let row: Option<(String, String)> =
        run!(conn, c => sqlx::query_as(SQL).bind(item.0).fetch_optional(c).await)?;
    let both = row.map(|(number, replaces)| [number, replaces]);
    Ok(both.into_iter().flatten().filter(|it| !it.is_empty()).collect())
}

/// Takes the document out of the library.
pub(crate) async fn remove(conn: &mut Conn, item: PortalItemId) -> Result<(), StoreError> {
    const SQL: &str = "DELETE FROM portal_documents WHERE item_id = $1";
    run!(conn, c => sqlx::query(SQL).bind(item.0).execute(c).await.map(drop))
}

/// Whether the library has a document that says it replaces this one. One is looked for by its index: of an `EXISTS`
/// PostgreSQL makes a table of all that replace any.
const REPLACED: &str = "(
    SELECT r.item_id FROM portal_documents r
    WHERE r.replaces = d.number_fold AND r.replaces <> '' ORDER BY r.item_id LIMIT 1) IS NOT NULL";

/// A value of a condition that was asked for.
pub(super) enum Wanted {
    Text(String),
    Number(i64),
    Day(NaiveDate),
}

/// Documents of the library, issued last first.
pub(crate) async fn page(
    conn: &mut Conn,
    sought: &Sought,
    (day, id): Place,
    limit: u16,
) -> Result<Vec<DocumentLine>, StoreError> {
    let (sql, wanted) = page_sql(sought);
    let rows: Vec<DocumentRow> = run!(conn, c => {
        let query = sqlx::query_as(AssertSqlSafe(sql)).bind(day).bind(id.0).bind(i64::from(limit));
        let query = wanted.iter().fold(query, |query, it| match it {
            Wanted::Text(it) => query.bind(it.clone()),
            Wanted::Number(it) => query.bind(*it),
            Wanted::Day(it) => query.bind(*it),
        });
        query.fetch_all(c).await
    })?;
    Ok(rows.into_iter().map(DocumentRow::line).collect())
}

/// The text of [`page`], and the values of its conditions.
pub(super) fn page_sql(sought: &Sought) -> (String, Vec<Wanted>) {
    let (conditions, wanted) = conditions(sought);
    let sql = format!(
        "SELECT {LINE}, {REPLACED} AS is_replaced
        FROM portal_documents d JOIN portal_items i ON i.id = d.item_id
        WHERE (d.issued_on, d.item_id) < ($1, $2){conditions}
        ORDER BY d.issued_on DESC, d.item_id DESC
        LIMIT $3"
    );
    (sql, wanted)
}

/// The document with `number`, whichever of equal ones came first.
pub(crate) async fn by_number(
    conn: &mut Conn,
    number: &str,
) -> Result<Option<DocumentLine>, StoreError> {
    let sql = format!(
        "SELECT {LINE}, {REPLACED} AS is_replaced
        FROM portal_documents d JOIN portal_items i ON i.id = d.item_id
        WHERE d.number_fold = $1 ORDER BY d.item_id LIMIT 1"
    );
    let folded = fold(number);
    let row: Option<DocumentRow> =
        run!(conn, c => sqlx::query_as(AssertSqlSafe(sql)).bind(folded).fetch_optional(c).await)?;
    Ok(row.map(DocumentRow::line))
}

/// The document that says it replaces the one with `number`.
pub(crate) async fn replacing(
    conn: &mut Conn,
    number: &str,
) -> Result<Option<DocumentLine>, StoreError> {
    let sql = format!(
        "SELECT {LINE}, {REPLACED} AS is_replaced
        FROM portal_documents d JOIN portal_items i ON i.id = d.item_id
        WHERE d.replaces = $1 AND d.replaces <> '' ORDER BY d.item_id LIMIT 1"
    );
    let folded = fold(number);
    let row: Option<DocumentRow> =
        run!(conn, c => sqlx::query_as(AssertSqlSafe(sql)).bind(folded).fetch_optional(c).await)?;
    Ok(row.map(DocumentRow::line))
}

const LINE: &str = "
    d.item_id, i.slug, i.live_title, d.number, d.kind, d.issuer, d.issued_on, d.effective_on, d.expires_on,
    d.directive_id";

/// What is asked for as SQL, and its values in order from `$4`.
fn conditions(sought: &Sought) -> (String, Vec<Wanted>) {
    let (mut sql, mut wanted) = (String::new(), Vec::new());
    let mut ask = |text: &str, value: Wanted| {
        wanted.push(value);
        let place = format!("${}", wanted.len() + 3);
        sql.push_str(&format!(" AND {}", text.replace('?', &place)));
    };
    let number = fold(&sought.number);
    if !number.is_empty() {
        // Everything that begins so: the next letter after the last one there is ends it.
        ask("d.number_fold >= ?", Wanted::Text(number.clone()));
        ask("d.number_fold < ?", Wanted::Text(format!("{number}\u{10FFFF}")));
    }
    if !sought.kind.is_empty() {
        ask("d.kind = ?", Wanted::Text(sought.kind.clone()));
    }
    let issuer = fold(&sought.issuer);
    if !issuer.is_empty() {
        ask("d.issuer_fold = ?", Wanted::Text(issuer));
    }
    if !sought.field.is_empty() {
        ask("d.field = ?", Wanted::Text(sought.field.clone()));
    }
    if let Some(year) = sought.year {
        ask("d.year = ?", Wanted::Number(year));
    }
    if let Some(day) = sought.in_force_on {
        ask("d.effective_on <= ?", Wanted::Day(day));
        ask("(d.expires_on IS NULL OR d.expires_on > ?)", Wanted::Day(day));
        sql.push_str(&format!(" AND NOT {REPLACED}"));
    }
    (sql, wanted)
}

#[derive(sqlx::FromRow)]
struct DocumentRow {
    item_id: Uuid,
    slug: String,
    live_title: String,
    number: String,
    kind: String,
    issuer: String,
    issued_on: NaiveDate,
    effective_on: NaiveDate,
    expires_on: Option<NaiveDate>,
    directive_id: Option<Uuid>,
    is_replaced: bool,
}

impl DocumentRow {
    fn line(self) -> DocumentLine {
        DocumentLine {
            id: PortalItemId(self.item_id),
            slug: self.slug,
            title: self.live_title,
            number: self.number,
            kind: self.kind,
            issuer: self.issuer,
            issued_on: self.issued_on,
            effective_on: self.effective_on,
            expires_on: self.expires_on,
            directive: self.directive_id.map(DirectiveId),
            is_replaced: self.is_replaced,
        }
    }
}
