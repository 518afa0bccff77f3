//! Who sits at a desk, as the room of accounts knows it.

use chrono::NaiveDate;
use sauro_identity::IdentityError;
use sauro_kernel::{AccountId, Ctx};
use sauro_notices::jobs::Holders;
use sauro_notices::model::Desk;
use sauro_store::{Conn, StoreError};

/// Asks the room of accounts, as the machine room.
#[derive(Clone)]
pub struct DeskHolders(pub Ctx);

impl Holders for DeskHolders {
    async fn holders(
        &self,
        conn: &mut Conn,
        desks: &[Desk],
        on: NaiveDate,
    ) -> Result<Vec<(Desk, AccountId)>, StoreError> {
        let seats: Vec<_> = desks.iter().map(|it| (it.agency, it.role)).collect();
        let found = sauro_identity::actions::holders(&self.0, conn, &seats, on).await;
        let found = found.map_err(|err| match err {
            IdentityError::Store(err) => err,
            err => {
                StoreError::Corrupt { table: "posts", row: String::new(), reason: err.to_string() }
            }
        })?;
        let held = found.into_iter().map(|((agency, role), it)| (Desk { agency, role }, it));
        Ok(held.collect())
    }
}
