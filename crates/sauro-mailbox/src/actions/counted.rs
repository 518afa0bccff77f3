use sauro_kernel::Ctx;
use sauro_store::{Conn, FileHash, StoreError};

use crate::model::{LetterKind, MOST_A_DAY};
use crate::store;

/// Under what letters of `kind` to `address` are counted today: codes apart, so that receipts that somebody else caused
/// keep nobody from their code.
pub(super) fn source_of(ctx: &Ctx, kind: LetterKind, address: &str) -> [u8; 32] {
    let what = if kind == LetterKind::Code { "code" } else { "" };
    FileHash::of(format!("{what}\n{address}\n{}", ctx.today()).as_bytes()).0
}

/// Counts one letter more; false once there were enough.
pub(super) async fn may_write(
    ctx: &Ctx,
    conn: &mut Conn,
    source: &[u8; 32],
) -> Result<bool, StoreError> {
    let n = store::messages::count_day(conn, source, ctx.now_us()).await?;
    Ok(n <= MOST_A_DAY)
}
