use std::collections::HashMap;

use sauro_directory::model::Directory;
use sauro_kernel::{AgencyId, Ctx, Period};
use sauro_store::Db;

use crate::model::{
    Adjustment, Counted, Design, Measure, Ranking, Share, Unit, UnitScore, score_all,
};
use crate::{Ask, FactSource, ScoresError, store};

/// What scores are made from.
#[derive(Clone, Copy)]
pub struct Room<'a> {
    /// The rows.
    pub db: &'a Db,
    /// The facts of other rooms.
    pub source: &'a dyn FactSource,
    /// The agencies.
    pub directory: &'a Directory,
}

impl Room<'_> {
    /// What is known of `units` by `measures`, up to the end of `period` or today.
    pub(super) async fn shares(
        &self,
        ctx: &Ctx,
        (design, measures): (&Design, &[Measure]),
        period: Period,
        units: &[Unit],
    ) -> Result<HashMap<(AgencyId, Measure), Share>, ScoresError> {
        let ask = Ask {
            units,
            roster: &design.roster,
            measures,
            audience: design.audience,
            period,
            until: period.end().min(ctx.today()),
            figure_days: design.figure_days,
        };
        Ok(self.source.facts(ctx, &ask).await?)
    }

    /// The units that `design` scores in `period`.
    pub(super) fn units(&self, ctx: &Ctx, design: &Design, period: Period) -> Vec<Unit> {
        design.roster.units(self.directory, period.end().min(ctx.today()))
    }

    /// The scores of an open ranking as they are now.
    pub(super) async fn live(
        &self,
        ctx: &Ctx,
        design: &Design,
        period: Period,
        adjustments: &[Adjustment],
    ) -> Result<Vec<UnitScore>, ScoresError> {
        let units = self.units(ctx, design, period);
        let measures = design.measures();
        let shares = self.shares(ctx, (design, &measures), period, &units).await?;
        // They come oldest first: the last of a component holds.
        let adjusted = adjustments.iter().map(|it| ((it.unit, it.measure), it.points)).collect();
        Ok(score_all(design, &units, &Counted { shares, adjusted }))
    }
}

/// The scores of `ranking`: live while it is open, else those of `edition`, or of the one that holds.
/// Nothing of the database is held while other rooms are asked.
pub(super) async fn scores(
    (ctx, room): (&Ctx, &Room<'_>),
    (ranking, design): (&Ranking, &Design),
    edition: Option<i64>,
) -> Result<(Vec<UnitScore>, Vec<Adjustment>), ScoresError> {
    let adjustments =
        store::adjustments::of_ranking(&mut room.db.read().await?, ranking.id).await?;
    if ranking.is_open() {
        let found = room.live(ctx, design, ranking.period, &adjustments).await?;
        return Ok((found, adjustments));
    }
    let edition = edition.unwrap_or(ranking.edition);
    let mut conn = room.db.read().await?;
    let found = store::results::of_edition(&mut conn, ranking.id, edition).await?;
    if found.is_empty() {
        return Err(ScoresError::NotFound("edition of a ranking"));
    }
    Ok((found, adjustments))
}
