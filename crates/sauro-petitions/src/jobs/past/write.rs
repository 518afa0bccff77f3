//! Cases by the thousand, with their entries of the journal, in one transaction.

use std::collections::BTreeMap;

use sauro_journal::{Chronicle, PastEvent, ReaderError};
use sauro_kernel::{AgencyId, PetitionId};
use sauro_store::{Conn, Keys, StoreError};
use uuid::Uuid;

use super::life::{Life, day_of};
use crate::model::Tally;
use crate::store::petitions::{NewCase, Secrets};
use crate::store::routing::Month;
use crate::{PetitionsError, store};

/// Cases with their senders sealed, and the entries that are due.
pub(super) struct Batch {
    lives: Vec<Life>,
    sealed: Vec<Vec<u8>>,
    events: Vec<PastEvent>,
}

/// What is counted over all cases and written at the end.
#[derive(Default)]
pub(super) struct Counts {
    tallies: BTreeMap<(AgencyId, String), Tally>,
    months: BTreeMap<String, Month>,
    numbers: BTreeMap<i32, i64>,
    pub(super) n_answers: usize,
    pub(super) n_open: usize,
}

impl Batch {
    /// Seals the senders of `lives`.
    pub(super) fn of(
        lives: Vec<Life>,
        events: Vec<PastEvent>,
        keys: &Keys,
    ) -> Result<Self, PetitionsError> {
        let seal = |it: &Life| -> Result<Vec<u8>, PetitionsError> {
            let plain = serde_json::to_vec(&it.sender).unwrap_or_default();
            Ok(keys.seal(it.case.id.0, &plain)?)
        };
        let sealed = lives.iter().map(seal).collect::<Result<_, _>>()?;
        Ok(Self { lives, sealed, events })
    }

    pub(super) fn len(&self) -> usize {
        self.lives.len()
    }

    /// Writes all of it in the transaction of `conn`.
    pub(super) async fn write(
        &self,
        conn: &mut Conn,
        chronicle: &mut Chronicle,
        now_us: i64,
    ) -> Result<(), ReaderError> {
        let hashes: Vec<[u8; 32]> = self.lives.iter().map(|it| it.code.hash()).collect();
        let rows: Vec<NewCase<'_>> = self
            .lives
            .iter()
            .zip(self.sealed.iter().zip(&hashes))
            .map(|(it, (sealed, code_hash))| NewCase {
                case: &it.case,
                secrets: Secrets { code_hash, form_hash: &it.form, sealed },
                reminded: it.reminded,
            })
            .collect();
        store::petitions::insert_many(conn, &rows).await?;
        store::events::insert_many(conn, &self.of_cases(|it| &it.happenings)).await?;
        store::answers::insert_many(conn, &self.of_cases(|it| &it.answers)).await?;
        self.index(conn).await?;
        self.learn(conn).await?;
        chronicle.write(conn, &self.events, now_us).await
    }

    fn of_cases<'a, T>(&'a self, of: impl Fn(&'a Life) -> &'a Vec<T>) -> Vec<(PetitionId, &'a T)> {
        self.lives.iter().flat_map(|it| of(it).iter().map(|row| (it.case.id, row))).collect()
    }

    async fn index(&self, conn: &mut Conn) -> Result<(), StoreError> {
        let mut rows: Vec<(&str, Uuid)> = self
            .lives
            .iter()
            .flat_map(|it| it.found_by.iter().map(|word| (word.as_str(), it.case.id.0)))
            .collect();
        rows.sort_unstable();
        store::index::insert_many(conn, &rows).await
    }

    async fn learn(&self, conn: &mut Conn) -> Result<(), StoreError> {
        let mut rows: Vec<(&str, &str, i64)> = Vec::new();
        for it in &self.lives {
            for (target, n) in &it.targets {
                rows.extend(it.words.iter().map(|word| (word.as_str(), target.as_str(), *n)));
            }
        }
        rows.sort_unstable();
        rows.dedup_by(|next, kept| {
            let is_same = (next.0, next.1) == (kept.0, kept.1);
            if is_same {
                kept.2 += next.2;
            }
            is_same
        });
        store::routing::learn_many(conn, &rows).await
    }
}

impl Counts {
    /// The number of the next case of `year`.
    pub(super) fn next(&mut self, year: i32) -> i64 {
        let n = self.numbers.entry(year).or_default();
        *n += 1;
        *n
    }

    /// Counts what became of `life`.
    pub(super) fn count(&mut self, life: &Life) {
        for (agency, at, tally) in &life.given {
            let month = day_of(*at).format("%Y-%m").to_string();
            self.tallies.entry((*agency, month)).or_default().add(tally);
        }
        for (month, is_first, is_third, is_wrong) in &life.routed {
            let it = self.months.entry(month.clone()).or_default();
            it.n += 1;
            it.n_first += i64::from(*is_first);
            it.n_third += i64::from(*is_third);
            it.n_wrong += i64::from(*is_wrong);
        }
        self.n_answers += life.answers.len();
        self.n_open += usize::from(life.case.flow.state.code() != "closed");
    }

    /// Writes the counts.
    pub(super) async fn write(&self, conn: &mut Conn) -> Result<(), StoreError> {
        for ((agency, month), tally) in &self.tallies {
            let year = month.get(..4).unwrap_or_default();
            store::tallies::add(conn, *agency, [year, month], tally).await?;
        }
        for (month, it) in &self.months {
            let it = Month { month: month.clone(), ..it.clone() };
            store::routing::count(conn, &it).await?;
        }
        for (year, n) in &self.numbers {
            store::petitions::give_numbers(conn, *year, *n).await?;
        }
        Ok(())
    }
}
