//! Who sits where, for petitions that are about somebody: the room of accounts knows.

use sauro_identity::IdentityError;
use sauro_kernel::{AgencyId, Ctx};
use sauro_petitions::actions::{People, Person, TaskFuture};
use sauro_store::{Db, StoreError};

/// Asks the room of accounts, as the machine room.
#[derive(Clone)]
pub struct PeopleOfCases {
    system: Ctx,
    db: Db,
}

impl PeopleOfCases {
    /// The room of accounts over `db`, asked by the machine room `system`.
    pub fn new(system: Ctx, db: Db) -> Self {
        Self { system, db }
    }
}

impl People for PeopleOfCases {
    fn seated<'a>(
        &'a self,
        agencies: &'a [AgencyId],
    ) -> TaskFuture<'a, Result<Vec<Person>, StoreError>> {
        Box::pin(async move {
            let mut conn = self.db.read().await?;
            let today = self.system.today();
            let found =
                sauro_identity::actions::people(&self.system, &mut conn, agencies, today).await;
            let found = found.map_err(|err| match err {
                IdentityError::Store(err) => err,
                err => StoreError::Corrupt {
                    table: "posts",
                    row: String::new(),
                    reason: err.to_string(),
                },
            })?;
            let person = |it: sauro_identity::actions::Seated| Person {
                account: it.account,
                name: it.name,
                title: it.title,
                agency: it.agency,
            };
            Ok(found.into_iter().map(person).collect())
        })
    }
}
