use sauro_kernel::Ctx;
use sauro_store::flood::try_of;
use sauro_store::tries;

use super::hold::House;
use crate::{PetitionsError, store};

/// Times within an hour that one place is counted as spared.
const MOST: i64 = 5;

/// Counts somebody who found an answer and does not send (đã có câu trả lời). More than a few from one place
/// within an hour are not counted, so that nobody makes the figure.
///
/// # Errors
///
/// The store's.
pub async fn spare(
    ctx: &Ctx,
    house: &House<'_>,
    field: &str,
    source: &str,
) -> Result<(), PetitionsError> {
    let mut conn = house.db.write().await?;
    let fields = store::fields::all(&mut conn).await?;
    let field = fields.iter().find(|it| it.code == field).map_or("", |it| it.code.as_str());
    let name = try_of(ctx.now_us(), "spare", source);
    let n = tries::count(&mut conn, &name, ctx.now_us()).await?;
    if n <= MOST {
        let month = ctx.today().format("%Y-%m").to_string();
        store::routing::spare(&mut conn, &month, field).await?;
    }
    Ok(conn.commit().await?)
}
