//! The day's requests for more time and to explain.

use sauro_kernel::Right;
use sauro_store::StoreError;

use super::today::{Desk, Duty, Entry, cut, right_of};
use crate::model::{Place, Section};
use crate::store;
use crate::store::extensions::Whose;

impl Desk<'_> {
    /// The sections of requests for more time and to explain.
    pub(super) async fn counts_of_acts(
        &mut self,
        about: Option<Right>,
    ) -> Result<Vec<(Section, i64)>, StoreError> {
        let agency = self.ctx.actor.agency;
        let mut counts = Vec::new();
        for section in [Section::ToExplain, Section::Extending, Section::ToExtend, Section::ToRead]
        {
            let right = right_of(section);
            if !self.may(right) || about.is_some_and(|it| it != right) {
                continue;
            }
            let conn = &mut self.conn;
            let n = match section {
                Section::ToExplain => store::explanations::count_owed(conn, agency).await?,
                Section::ToRead => store::explanations::count_to_read(conn, agency).await?,
                Section::ToExtend => {
                    store::extensions::count_waiting(conn, Whose::ToDecide(agency)).await?
                }
                _ => store::extensions::count_waiting(conn, Whose::Asked(agency)).await?,
            };
            counts.push((section, n));
        }
        Ok(counts)
    }

    pub(super) async fn explanations(
        &mut self,
        section: Section,
        after: Place,
        limit: u16,
    ) -> Result<(Vec<Entry>, Option<Place>), StoreError> {
        let (agency, more) = (self.ctx.actor.agency, limit + 1);
        let is_owed = section == Section::ToExplain;
        let rows = if is_owed {
            store::explanations::owed(&mut self.conn, agency, after, more).await?
        } else {
            store::explanations::to_read(&mut self.conn, agency, after, more).await?
        };
        let (rows, next) = cut(rows, limit, |it| match it.answered_at {
            Some(at) if !is_owed => Place::since(at, it.id.0),
            _ => Place::on(it.due_on, it.id.0),
        });
        let tasks = self.tasks_of(rows.iter().map(|it| it.task)).await?;
        let entries = rows.into_iter().filter_map(|it| {
            let duty = self.duty(tasks.get(&it.task)?.clone());
            Some(Entry::Task(Box::new(Duty { explanation: Some(it), ..duty })))
        });
        Ok((entries.collect(), next))
    }

    pub(super) async fn extensions(
        &mut self,
        section: Section,
        after: Place,
        limit: u16,
    ) -> Result<(Vec<Entry>, Option<Place>), StoreError> {
        let agency = self.ctx.actor.agency;
        let whose = match section {
            Section::ToExtend => Whose::ToDecide(agency),
            _ => Whose::Asked(agency),
        };
        let rows = store::extensions::waiting(&mut self.conn, whose, after, limit + 1).await?;
        let (rows, next) = cut(rows, limit, |it| Place::since(it.asked_at, it.id.0));
        let tasks = self.tasks_of(rows.iter().map(|it| it.task)).await?;
        let entries = rows.into_iter().filter_map(|it| {
            let duty = self.duty(tasks.get(&it.task)?.clone());
            Some(Entry::Task(Box::new(Duty { extension: Some(it), ..duty })))
        });
        Ok((entries.collect(), next))
    }
}
