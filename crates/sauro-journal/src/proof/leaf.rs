//! An entry as bytes: what its leaf in the Merkle tree is computed from.
//!
//! The bytes are, one after the other, without anything in between:
//!
//! | field | form |
//! |---|---|
//! | the 8 letters `sauro-j1` | names this encoding |
//! | position | 8 bytes, big endian |
//! | id | 4 bytes of length, big endian, and the bytes |
//! | at (microseconds since 1970, UTC) | 8 bytes, big endian |
//! | actor post id | as the id |
//! | agency id | as the id |
//! | subject | as the id, UTF-8 |
//! | kind | as the subject |
//! | data | as the subject, as stored, byte for byte |
//!
//! The leaf is SHA-256 of a zero byte and these bytes
//! (RFC 6962, 2.1). Nothing of this may ever change: it would break every proof given out.

use sauro_store::{Conn, Dialect, StoreError, run};

use super::Hash;
use super::tree::leaf_hash;

/// An entry exactly as stored, also when it makes no sense any more.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(super) struct RawEntry {
    pub(super) position: i64,
    pub(super) id: Vec<u8>,
    pub(super) at: i64,
    pub(super) actor_post_id: Vec<u8>,
    pub(super) agency_id: Vec<u8>,
    pub(super) subject: Vec<u8>,
    pub(super) kind: Vec<u8>,
    pub(super) data: Vec<u8>,
}

impl RawEntry {
    /// The bytes described above.
    pub(super) fn bytes(&self) -> Vec<u8> {
        let mut bytes = b"sauro-j1".to_vec();
        bytes.extend(self.position.to_be_bytes());
        put(&mut bytes, &self.id);
        bytes.extend(self.at.to_be_bytes());
        put(&mut bytes, &self.actor_post_id);
        put(&mut bytes, &self.agency_id);
        put(&mut bytes, &self.subject);
        put(&mut bytes, &self.kind);
        put(&mut bytes, &self.data);
        bytes
    }

    /// The leaf.
    pub(super) fn leaf(&self) -> Hash {
        leaf_hash(&self.bytes())
    }

    /// What it was done to, for showing.
    pub(super) fn subject(&self) -> String {
        String::from_utf8_lossy(&self.subject).into_owned()
    }

    /// What was done, for showing.
    pub(super) fn kind(&self) -> String {
        String::from_utf8_lossy(&self.kind).into_owned()
    }

    /// The id, written as people write it.
    pub(super) fn id(&self) -> String {
        uuid::Uuid::from_slice(&self.id).map_or_else(|_| hex::encode(&self.id), |id| id.to_string())
    }
}

/// What the bytes of an entry say, to whoever was handed them with a receipt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryFacts {
    /// Its place, from 1.
    pub position: i64,
    /// When it was done, microseconds since 1970, UTC.
    pub at: i64,
    /// What it was done to, such as `task/<id>`.
    pub subject: String,
    /// What was done, such as `TaskAssigned`.
    pub kind: String,
    /// The particulars, JSON as stored.
    pub data: String,
}

/// Reads the bytes of an entry, as described above; `None` for anything else.
pub fn read_entry(bytes: &[u8]) -> Option<EntryFacts> {
    let mut rest = bytes.strip_prefix(b"sauro-j1".as_slice())?;
    let position = take_i64(&mut rest)?;
    take(&mut rest)?;
    let at = take_i64(&mut rest)?;
    take(&mut rest)?;
    take(&mut rest)?;
    let mut text = || String::from_utf8(take(&mut rest)?.to_vec()).ok();
    let (subject, kind, data) = (text()?, text()?, text()?);
    rest.is_empty().then_some(EntryFacts { position, at, subject, kind, data })
}

fn take_i64(rest: &mut &[u8]) -> Option<i64> {
    let (head, tail) = rest.split_first_chunk::<8>()?;
    *rest = tail;
    Some(i64::from_be_bytes(*head))
}

fn take<'a>(rest: &mut &'a [u8]) -> Option<&'a [u8]> {
    let (head, tail) = rest.split_first_chunk::<4>()?;
    let length = usize::try_from(u32::from_be_bytes(*head)).ok()?;
    let (field, tail) = tail.split_at_checked(length)?;
    *rest = tail;
    Some(field)
}

fn put(bytes: &mut Vec<u8>, field: &[u8]) {
    bytes.extend(u32::try_from(field.len()).unwrap_or(u32::MAX).to_be_bytes());
    bytes.extend(field);
}

/// The entries after `cursor`, in the order of their positions, at most `limit`.
pub(super) async fn raw_after(
    conn: &mut Conn,
    cursor: i64,
    limit: i64,
) -> Result<Vec<RawEntry>, StoreError> {
    // All as bytes: both engines give the same, and what is no text any more can still be read.
    const SQLITE: &str = "
        SELECT position, id, at, actor_post_id, agency_id, CAST(subject AS BLOB) AS subject,
            CAST(kind AS BLOB) AS kind, CAST(data AS BLOB) AS data
        FROM journal_entries
        WHERE position > $1
        ORDER BY position
        LIMIT $2";
    const POSTGRES: &str = "
        SELECT position, uuid_send(id) AS id, at, uuid_send(actor_post_id) AS actor_post_id,
            uuid_send(agency_id) AS agency_id, convert_to(subject, 'UTF8') AS subject,
            convert_to(kind, 'UTF8') AS kind, convert_to(data, 'UTF8') AS data
        FROM journal_entries
        WHERE position > $1
        ORDER BY position
        LIMIT $2";
    let sql = match conn.dialect() {
        Dialect::Sqlite => SQLITE,
        Dialect::Postgres => POSTGRES,
    };
    run!(conn, c => sqlx::query_as::<_, RawEntry>(sql)
        .bind(cursor)
        .bind(limit)
        .fetch_all(c)
        .await)
}
