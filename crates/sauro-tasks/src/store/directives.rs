//! Table `directives`.

use chrono::NaiveDate;
use sauro_kernel::{AgencyId, AgencyPath, DirectiveId, PostId, ProgrammeId, fold};
use sauro_store::{Conn, StoreError, run};
use uuid::Uuid;

use super::path_of;
use crate::model::{Directive, DirectiveHead, DirectiveLine};

/// Adds a directive.
pub(crate) async fn insert(conn: &mut Conn, it: &Directive) -> Result<(), StoreError> {
    const SQL: &str = "
        INSERT INTO directives (id, programme_id, owner_agency_id, owner_path, number, kind, issuer_text, issuer_agency_id,
            place, issued_on, subject, subject_fold, signer, body, body_hash, file_hash, file_name, added_by_post_id,
            added_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)";
    run!(conn, c => sqlx::query(SQL)
        .bind(it.id.0)
        .bind(it.programme.0)
        .bind(it.owner.0)
        .bind(it.owner_path.as_str())
        .bind(&it.head.number)
        .bind(&it.head.kind)
        .bind(&it.head.issuer_text)
        .bind(it.head.issuer.map(|id| id.0))
        .bind(&it.head.place)
        .bind(it.head.issued_on)
        .bind(&it.head.subject)
        .bind(fold(&it.head.subject))
        .bind(&it.head.signer)
        .bind(&it.body)
        .bind(&it.body_hash)
        .bind(it.file_hash.as_deref())
        .bind(&it.file_name)
        .bind(it.added_by.0)
        .bind(it.added_at)
        .execute(c)
        .await
        .map(drop))
}

/// Finds one directive.
pub(crate) async fn find(
    conn: &mut Conn,
    id: DirectiveId,
) -> Result<Option<Directive>, StoreError> {
    const SQL: &str = "
        SELECT id, programme_id, owner_agency_id, owner_path, number, kind, issuer_text, issuer_agency_id, place,
            issued_on, subject, signer, body, body_hash, file_hash, file_name, added_by_post_id, added_at
        FROM directives
        WHERE id = $1";
    let row =
        run!(conn, c => sqlx::query_as::<_, DirectiveRow>(SQL).bind(id.0).fetch_optional(c).await)?;
    row.map(Directive::try_from).transpose()
}

/// Lists the directives of `owner` and of the agencies at or below `scope` that came in before (`before_at`, `before_id`), latest first.
///
/// Uses index `directives_by_owner`.
pub(crate) async fn page(
    conn: &mut Conn,
    scope: &AgencyPath,
    owner: AgencyId,
    before: (i64, Uuid),
    limit: u16,
) -> Result<Vec<DirectiveLine>, StoreError> {
    const SQL: &str = "
        SELECT d.id, d.owner_agency_id, d.number, d.kind, d.subject, d.issued_on, d.added_at,
            (SELECT COUNT(*) FROM task_drafts AS t WHERE t.directive_id = d.id AND t.state = 'draft') AS n_draft,
            (SELECT COUNT(*) FROM task_drafts AS t WHERE t.directive_id = d.id AND t.state = 'proposed') AS n_proposed,
            (SELECT COUNT(*) FROM task_drafts AS t WHERE t.directive_id = d.id AND t.state = 'issued') AS n_issued
        FROM directives AS d
        WHERE (d.owner_agency_id = $1 OR d.owner_path = $2 OR (d.owner_path >= $3 AND d.owner_path < $4))
            AND (d.added_at < $5 OR (d.added_at = $5 AND d.id < $6))
        ORDER BY d.added_at DESC, d.id DESC
        LIMIT $7";
    let (from, to) = scope.below();
    let rows = run!(conn, c => sqlx::query_as::<_, LineRow>(SQL)
        .bind(owner.0)
        .bind(scope.as_str())
        .bind(&from)
        .bind(&to)
        .bind(before.0)
        .bind(before.1)
        .bind(i64::from(limit))
        .fetch_all(c)
        .await)?;
    Ok(rows.into_iter().map(DirectiveLine::from).collect())
}

/// Lists the directives with the very same text, latest first, with the places of their owners.
///
/// Uses index `directives_by_body`.
pub(crate) async fn with_body(
    conn: &mut Conn,
    body_hash: &[u8],
) -> Result<Vec<(DirectiveId, AgencyId, AgencyPath)>, StoreError> {
    const SQL: &str = "
        SELECT id, owner_agency_id, owner_path
        FROM directives
        WHERE body_hash = $1
        ORDER BY id DESC
        LIMIT 20";
    let rows: Vec<(Uuid, Uuid, String)> =
        run!(conn, c => sqlx::query_as(SQL).bind(body_hash).fetch_all(c).await)?;
    rows.into_iter()
        .map(|(id, owner, path)| {
            Ok((DirectiveId(id), AgencyId(owner), path_of("directives", id, &path)?))
        })
        .collect()
}

#[derive(sqlx::FromRow)]
struct DirectiveRow {
    id: Uuid,
    programme_id: Uuid,
    owner_agency_id: Uuid,
    owner_path: String,
    number: String,
    kind: String,
    issuer_text: String,
    issuer_agency_id: Option<Uuid>,
    place: String,
    issued_on: Option<NaiveDate>,
    subject: String,
    signer: String,
    body: String,
    body_hash: Vec<u8>,
    file_hash: Option<Vec<u8>>,
    file_name: String,
    added_by_post_id: Uuid,
    added_at: i64,
}

impl TryFrom<DirectiveRow> for Directive {
    type Error = StoreError;

    fn try_from(row: DirectiveRow) -> Result<Self, StoreError> {
        Ok(Self {
            id: DirectiveId(row.id),
            programme: ProgrammeId(row.programme_id),
            owner: AgencyId(row.owner_agency_id),
            owner_path: path_of("directives", row.id, &row.owner_path)?,
            head: DirectiveHead {
                number: row.number,
                kind: row.kind,
                issuer_text: row.issuer_text,
                issuer: row.issuer_agency_id.map(AgencyId),
                place: row.place,
                issued_on: row.issued_on,
                subject: row.subject,
                signer: row.signer,
            },
            body: row.body,
            body_hash: row.body_hash,
            file_hash: row.file_hash,
            file_name: row.file_name,
            added_by: PostId(row.added_by_post_id),
            added_at: row.added_at,
        })
    }
}

#[derive(sqlx::FromRow)]
struct LineRow {
    id: Uuid,
    owner_agency_id: Uuid,
    number: String,
    kind: String,
    subject: String,
    issued_on: Option<NaiveDate>,
    added_at: i64,
    n_draft: i64,
    n_proposed: i64,
    n_issued: i64,
}

impl From<LineRow> for DirectiveLine {
    fn from(row: LineRow) -> Self {
        Self {
            id: DirectiveId(row.id),
            owner: AgencyId(row.owner_agency_id),
            number: row.number,
            kind: row.kind,
            subject: row.subject,
            issued_on: row.issued_on,
            added_at: row.added_at,
            n_draft: row.n_draft,
            n_proposed: row.n_proposed,
            n_issued: row.n_issued,
        }
    }
}
