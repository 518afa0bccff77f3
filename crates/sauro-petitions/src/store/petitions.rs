//! Table `petitions`: one case at a time.

use chrono::NaiveDate;
use sauro_kernel::{AccountId, AgencyId, AgencyPath, PetitionId};
use sauro_store::{Conn, Dialect, StoreError, insert_text, pieces, run};
use sqlx::AssertSqlSafe;
use uuid::Uuid;

use super::corrupt;
use crate::model::{Channel, Closing, Flow, Legal, Matter, Petition, State};

const TABLE: &str = "petitions";

pub(super) const COLUMNS: &str = "
    id, number, kind, legal, channel, title, body, public_title, public_body, field, place_id, place_path,
    is_anonymous, may_publish, is_hidden, consent, state, resume, before_merge, n_refusals, is_binding, n_reviews,
    is_complex, is_extended, coordinator_id, holder_id, holder_path, lead_id, about_id, due_on, citizen_due_on,
    sent_at, changed_at, answered_at, answered_by_id, closing, merged_into, rating, task_code, guess, version";

/// What of a case is stored beside it and read by its own questions.
pub(crate) struct Secrets<'a> {
    /// Of the tracking code.
    pub(crate) code_hash: &'a [u8; 32],
    /// Of the key of the form.
    pub(crate) form_hash: &'a [u8; 32],
    /// Who sent it, sealed.
    pub(crate) sealed: &'a [u8],
}

/// The next public number of `year`.
pub(crate) async fn next_number(conn: &mut Conn, year: i32) -> Result<i64, StoreError> {
    const SQL: &str = "
        INSERT INTO petition_numbers (year, last_n)
        VALUES ($1, 1)
        ON CONFLICT (year) DO UPDATE SET last_n = petition_numbers.last_n + 1
        RETURNING last_n";
    run!(conn, c => sqlx::query_scalar(SQL).bind(i64::from(year)).fetch_one(c).await)
}

/// Notes that `n` numbers of `year` were given, beside those before.
pub(crate) async fn give_numbers(conn: &mut Conn, year: i32, n: i64) -> Result<(), StoreError> {
    const SQL: &str = "
        INSERT INTO petition_numbers (year, last_n)
        VALUES ($1, $2)
        ON CONFLICT (year) DO UPDATE SET last_n = petition_numbers.last_n + excluded.last_n";
    run!(conn, c => sqlx::query(SQL).bind(i64::from(year)).bind(n).execute(c).await.map(drop))
}

/// True when there is a case.
pub(crate) async fn is_any(conn: &mut Conn) -> Result<bool, StoreError> {
    const SQL: &str = "SELECT count(*) FROM (SELECT id FROM petitions LIMIT 1) found";
    let n: i64 = run!(conn, c => sqlx::query_scalar(SQL).fetch_one(c).await)?;
    Ok(n > 0)
}

/// A case to be added, with what is stored beside it.
pub(crate) struct NewCase<'a> {
    /// The case.
    pub(crate) case: &'a Petition,
    /// What only its own questions read.
    pub(crate) secrets: Secrets<'a>,
    /// The step of reminding that its deadline has behind it; 0 of one that was just sent.
    pub(crate) reminded: i64,
}

/// Adds a case.
pub(crate) async fn insert(
    conn: &mut Conn,
    case: &Petition,
    secrets: Secrets<'_>,
) -> Result<(), StoreError> {
    insert_many(conn, &[NewCase { case, secrets, reminded: 0 }]).await
}

/// Adds cases, many in one statement.
pub(crate) async fn insert_many(conn: &mut Conn, rows: &[NewCase<'_>]) -> Result<(), StoreError> {
    let columns: Vec<&str> = COLUMNS
        .split(',')
        .map(str::trim)
        .chain(["code_hash", "form_hash", "sealed", "reminded"])
        .collect();
    for piece in pieces(rows) {
        let sql = insert_text(conn.dialect(), TABLE, &columns, piece.len());
        run!(conn, c => {
            let mut query = sqlx::query(AssertSqlSafe(sql));
            for NewCase { case: it, secrets, reminded } in piece {
                query = query
                    .bind(it.id.0)
                    .bind(&it.number)
                    .bind(it.matter.code())
                    .bind(it.legal.code())
                    .bind(it.channel.code())
                    .bind(&it.title)
                    .bind(&it.body)
                    .bind(&it.public_title)
                    .bind(&it.public_body)
                    .bind(&it.field)
                    .bind(it.place.map(|it| it.0))
                    .bind(it.place_path.as_str())
                    .bind(it.is_anonymous)
                    .bind(it.may_publish)
                    .bind(it.is_hidden)
                    .bind(&it.consent)
                    .bind(it.flow.state.code())
                    .bind(it.flow.resume.map_or("", State::code))
                    .bind(it.flow.before_merge.map_or("", State::code))
                    .bind(i64::from(it.flow.n_refusals))
                    .bind(it.flow.is_binding)
                    .bind(i64::from(it.flow.n_reviews))
                    .bind(it.is_complex)
                    .bind(it.flow.is_extended)
                    .bind(it.coordinator.0)
                    .bind(it.holder.0)
                    .bind(it.holder_path.as_str())
                    .bind(it.lead.map(|it| it.0))
                    .bind(it.about.map(|it| it.0))
                    .bind(it.due_on)
                    .bind(it.citizen_due_on)
                    .bind(it.sent_at)
                    .bind(it.changed_at)
                    .bind(it.answered_at)
                    .bind(it.answered_by.map(|it| it.0))
                    .bind(it.closing.map_or("", Closing::code))
                    .bind(it.merged_into.map(|it| it.0))
                    .bind(it.rating)
                    .bind(&it.task_code)
                    .bind(&it.guess)
                    .bind(it.version)
                    .bind(secrets.code_hash.as_slice())
                    .bind(secrets.form_hash.as_slice())
                    .bind(secrets.sealed)
                    .bind(*reminded);
            }
            query.execute(c).await.map(drop)
        })?;
    }
    Ok(())
}

/// Writes what of a case can change, if it is still at the version before. Answers whether it was.
pub(crate) async fn update(conn: &mut Conn, it: &Petition) -> Result<bool, StoreError> {
    const SQL: &str = "
        UPDATE petitions
        SET legal = $1, field = $2, may_publish = $3, is_hidden = $4, state = $5, resume = $6, before_merge = $7,
            n_refusals = $8, is_binding = $9, n_reviews = $10, is_complex = $11, is_extended = $12,
            coordinator_id = $13, holder_id = $14, holder_path = $15, lead_id = $16, about_id = $17, due_on = $18,
            citizen_due_on = $19, changed_at = $20, answered_at = $21, closing = $22, merged_into = $23,
            rating = $24, task_code = $25, public_title = $26, public_body = $27, answered_by_id = $30, version = $28,
            reminded = CASE WHEN due_on = $18 THEN reminded ELSE 0 END
        WHERE id = $29 AND version = $28 - 1";
    let n = run!(conn, c => sqlx::query(SQL)
        .bind(it.legal.code())
        .bind(&it.field)
        .bind(it.may_publish)
        .bind(it.is_hidden)
        .bind(it.flow.state.code())
        .bind(it.flow.resume.map_or("", State::code))
        .bind(it.flow.before_merge.map_or("", State::code))
        .bind(i64::from(it.flow.n_refusals))
        .bind(it.flow.is_binding)
        .bind(i64::from(it.flow.n_reviews))
        .bind(it.is_complex)
        .bind(it.flow.is_extended)
        .bind(it.coordinator.0)
        .bind(it.holder.0)
        .bind(it.holder_path.as_str())
        .bind(it.lead.map(|it| it.0))
        .bind(it.about.map(|it| it.0))
        .bind(it.due_on)
        .bind(it.citizen_due_on)
        .bind(it.changed_at)
        .bind(it.answered_at)
        .bind(it.closing.map_or("", Closing::code))
        .bind(it.merged_into.map(|it| it.0))
        .bind(it.rating)
        .bind(&it.task_code)
        .bind(&it.public_title)
        .bind(&it.public_body)
        .bind(it.version)
        .bind(it.id.0)
        .bind(it.answered_by.map(|it| it.0))
        .execute(c)
        .await
        .map(|done| done.rows_affected()))?;
    Ok(n == 1)
}

/// Locks the case until the transaction ends, so that two who act at once act one after the other.
pub(crate) async fn lock(conn: &mut Conn, id: PetitionId) -> Result<(), StoreError> {
    const SQL: &str = "SELECT version FROM petitions WHERE id = $1 FOR UPDATE";
    // SQLite has one writer at a time.
    if conn.dialect() == Dialect::Sqlite {
        return Ok(());
    }
    run!(conn, c => sqlx::query_scalar::<_, i64>(SQL)
        .bind(id.0)
        .fetch_optional(c)
        .await
        .map(drop))
}

/// Finds a case by its id.
pub(crate) async fn find(conn: &mut Conn, id: PetitionId) -> Result<Option<Petition>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM petitions WHERE id = $1");
    let row: Option<PetitionRow> = run!(conn, c => sqlx::query_as(AssertSqlSafe(sql))
        .bind(id.0)
        .fetch_optional(c)
        .await)?;
    row.map(Petition::try_from).transpose()
}

/// Finds a case by its public number.
pub(crate) async fn by_number(
    conn: &mut Conn,
    number: &str,
) -> Result<Option<Petition>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM petitions WHERE number = $1");
    let row: Option<PetitionRow> = run!(conn, c => sqlx::query_as(AssertSqlSafe(sql))
        .bind(number)
        .fetch_optional(c)
        .await)?;
    row.map(Petition::try_from).transpose()
}

/// Finds a case by the hash of its tracking code.
pub(crate) async fn by_code(
    conn: &mut Conn,
    hash: &[u8; 32],
) -> Result<Option<Petition>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM petitions WHERE code_hash = $1");
    let row: Option<PetitionRow> = run!(conn, c => sqlx::query_as(AssertSqlSafe(sql))
        .bind(hash.as_slice())
        .fetch_optional(c)
        .await)?;
    row.map(Petition::try_from).transpose()
}

/// Finds the case that a form with this key made.
pub(crate) async fn by_form(
    conn: &mut Conn,
    hash: &[u8; 32],
) -> Result<Option<Petition>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM petitions WHERE form_hash = $1");
    let row: Option<PetitionRow> = run!(conn, c => sqlx::query_as(AssertSqlSafe(sql))
        .bind(hash.as_slice())
        .fetch_optional(c)
        .await)?;
    row.map(Petition::try_from).transpose()
}

/// Seals who sent a case anew.
pub(crate) async fn set_sealed(
    conn: &mut Conn,
    id: PetitionId,
    sealed: &[u8],
) -> Result<(), StoreError> {
    const SQL: &str = "UPDATE petitions SET sealed = $1 WHERE id = $2";
    run!(conn, c => sqlx::query(SQL).bind(sealed).bind(id.0).execute(c).await.map(drop))
}

/// Who sent a case, sealed; none once it was erased.
pub(crate) async fn sealed(conn: &mut Conn, id: PetitionId) -> Result<Option<Vec<u8>>, StoreError> {
    const SQL: &str = "SELECT sealed FROM petitions WHERE id = $1";
    let found: Option<Option<Vec<u8>>> = run!(conn, c => sqlx::query_scalar(SQL)
        .bind(id.0)
        .fetch_optional(c)
        .await)?;
    Ok(found.flatten())
}

/// Forgets who sent a case, and what they wrote where it names them.
pub(crate) async fn erase(conn: &mut Conn, it: &Petition) -> Result<(), StoreError> {
    const SQL: &str = "
        UPDATE petitions SET sealed = NULL, title = $1, body = $2, is_anonymous = $3 WHERE id = $4";
    run!(conn, c => sqlx::query(SQL)
        .bind(&it.title)
        .bind(&it.body)
        .bind(it.is_anonymous)
        .bind(it.id.0)
        .execute(c)
        .await
        .map(drop))
}

#[derive(sqlx::FromRow)]
pub(super) struct PetitionRow {
    id: Uuid,
    number: String,
    kind: String,
    legal: String,
    channel: String,
    title: String,
    body: String,
    public_title: String,
    public_body: String,
    field: String,
    place_id: Option<Uuid>,
    place_path: String,
    is_anonymous: bool,
    may_publish: bool,
    is_hidden: bool,
    consent: String,
    state: String,
    resume: String,
    before_merge: String,
    n_refusals: i64,
    is_binding: bool,
    n_reviews: i64,
    is_complex: bool,
    is_extended: bool,
    coordinator_id: Uuid,
    holder_id: Uuid,
    holder_path: String,
    lead_id: Option<Uuid>,
    about_id: Option<Uuid>,
    due_on: Option<NaiveDate>,
    citizen_due_on: NaiveDate,
    sent_at: i64,
    changed_at: i64,
    answered_at: Option<i64>,
    answered_by_id: Option<Uuid>,
    closing: String,
    merged_into: Option<Uuid>,
    rating: Option<i64>,
    task_code: String,
    guess: String,
    version: i64,
}

/// How the case `id` ended, as it is stored; none while it has not.
pub(super) fn closing_of(id: Uuid, code: &str) -> Result<Option<Closing>, StoreError> {
    match code {
        "" => Ok(None),
        code => {
            Closing::of_code(code).map(Some).ok_or_else(|| corrupt(TABLE, id, "no such closing"))
        }
    }
}

impl TryFrom<PetitionRow> for Petition {
    type Error = StoreError;

    fn try_from(row: PetitionRow) -> Result<Self, StoreError> {
        let id = row.id;
        let wrong = |what: &'static str| corrupt(TABLE, id, what);
        let path = |text: &str| AgencyPath::parse(text).map_err(|err| corrupt(TABLE, id, err));
        let count = |n: i64| u8::try_from(n).map_err(|_| wrong("a count beyond reason"));
        let state = |code: &str| match code {
            "" => Ok(None),
            code => State::of_code(code).map(Some).ok_or_else(|| wrong("no such state")),
        };
        let closing = closing_of(id, &row.closing)?;
        Ok(Self {
            id: PetitionId(id),
            number: row.number,
            matter: Matter::of_code(&row.kind).ok_or_else(|| wrong("no such kind"))?,
            legal: Legal::of_code(&row.legal).ok_or_else(|| wrong("no such way of the law"))?,
            channel: Channel::of_code(&row.channel).ok_or_else(|| wrong("no such channel"))?,
            title: row.title,
            body: row.body,
            public_title: row.public_title,
            public_body: row.public_body,
            field: row.field,
            place: row.place_id.map(AgencyId),
            place_path: path(&row.place_path)?,
            is_anonymous: row.is_anonymous,
            may_publish: row.may_publish,
            is_hidden: row.is_hidden,
            consent: row.consent,
            flow: Flow {
                state: state(&row.state)?.ok_or_else(|| wrong("no state"))?,
                resume: state(&row.resume)?,
                n_refusals: count(row.n_refusals)?,
                is_binding: row.is_binding,
                n_reviews: count(row.n_reviews)?,
                is_extended: row.is_extended,
                before_merge: state(&row.before_merge)?,
            },
            is_complex: row.is_complex,
            coordinator: AgencyId(row.coordinator_id),
            holder: AgencyId(row.holder_id),
            holder_path: path(&row.holder_path)?,
            lead: row.lead_id.map(AgencyId),
            about: row.about_id.map(AccountId),
            due_on: row.due_on,
            citizen_due_on: row.citizen_due_on,
            sent_at: row.sent_at,
            changed_at: row.changed_at,
            answered_at: row.answered_at,
            answered_by: row.answered_by_id.map(AgencyId),
            closing,
            merged_into: row.merged_into.map(PetitionId),
            rating: row.rating,
            task_code: row.task_code,
            guess: row.guess,
            version: row.version,
        })
    }
}
