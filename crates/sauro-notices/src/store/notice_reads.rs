//! Tables `notice_reads` and `notice_marks`: what each person has read.

use sauro_kernel::{AccountId, NoticeId};
use sauro_store::{Conn, StoreError, run};

use crate::model::Desk;

/// Writes down that `account` has read one notice.
pub(crate) async fn insert(
    conn: &mut Conn,
    account: AccountId,
    notice: NoticeId,
    now_us: i64,
) -> Result<(), StoreError> {
    const SQL: &str = "
        INSERT INTO notice_reads (account_id, notice_id, at)
        VALUES ($1, $2, $3)
        ON CONFLICT (account_id, notice_id) DO NOTHING";
    run!(conn, c => sqlx::query(SQL)
        .bind(account.0)
        .bind(notice.0)
        .bind(now_us)
        .execute(c)
        .await
        .map(drop))
}

/// Writes down that `account` has read all that the desk had until `until`.
pub(crate) async fn mark(
    conn: &mut Conn,
    account: AccountId,
    desk: Desk,
    until: i64,
) -> Result<(), StoreError> {
    const SQL: &str = "
        INSERT INTO notice_marks (account_id, agency_id, role, read_until)
        VALUES ($1, $2, $3, $4)
        ON CONFLICT (account_id, agency_id, role) DO UPDATE SET read_until = $4
            WHERE notice_marks.read_until < $4";
    run!(conn, c => sqlx::query(SQL)
        .bind(account.0)
        .bind(desk.agency.0)
        .bind(desk.role.code())
        .bind(until)
        .execute(c)
        .await
        .map(drop))
}
