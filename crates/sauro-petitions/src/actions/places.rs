//! Where cases are open and where they were answered, counted as they move (bản đồ phản ánh).

use sauro_kernel::{AgencyId, Ctx};

use super::hold::{Hold, House};
use super::pains::chain;
use crate::model::{NATION, Petition, PlaceCount, Scope, month_of, months_until};
use crate::{PetitionsError, store};

/// What everybody reads of places.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Places {
    /// The nation, or the province that was asked for.
    pub all: PlaceCount,
    /// The places below it that have cases.
    pub below: Vec<(AgencyId, PlaceCount)>,
}

/// What is counted of the nation (`province` none) or of a province: of one field (empty for all), of one month or of
/// the last twelve (empty).
///
/// # Errors
///
/// The store's.
pub async fn places(
    ctx: &Ctx,
    house: &House<'_>,
    province: Option<AgencyId>,
    (field, month): (&str, &str),
) -> Result<Places, PetitionsError> {
    let months = months_until(ctx.today());
    let (first, last) =
        (months.last().map_or("", String::as_str), months.first().map_or("", String::as_str));
    let span = if month.is_empty() { (first, last) } else { (month, month) };
    let scope = province.unwrap_or(NATION);
    let mut conn = house.db.read().await?;
    Ok(Places {
        all: store::places::of_scope(&mut conn, scope, field, span).await?,
        below: store::places::below(&mut conn, scope, field, span).await?,
    })
}

/// What a case counts as: how, and in which field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Standing {
    count: PlaceCount,
    field: String,
}

impl Standing {
    pub(super) fn of(case: &Petition) -> Self {
        Self { count: PlaceCount::of(case), field: case.field.clone() }
    }
}

/// Moves the counts of the case in hand from how it stood (`before`; none of one that is new) to how it stands.
pub(super) async fn move_case(
    hold: &mut Hold<'_>,
    before: Option<Standing>,
) -> Result<(), PetitionsError> {
    let after = Standing::of(&hold.case);
    if before.as_ref() == Some(&after) {
        return Ok(());
    }
    let month = month_of(hold.case.sent_at);
    let mut scopes = vec![Scope { id: NATION, parent: NATION }];
    scopes.extend(hold.case.place.map(|it| chain(hold.house, it)).unwrap_or_default());
    let left = before.map(|it| (it.count.less(), it.field));
    for (count, field) in left.into_iter().chain([(after.count, after.field)]) {
        if count == PlaceCount::default() {
            continue;
        }
        for scope in &scopes {
            store::places::add(&mut hold.conn, (*scope, &month, ""), count).await?;
            if !field.is_empty() {
                store::places::add(&mut hold.conn, (*scope, &month, &field), count).await?;
            }
        }
    }
    Ok(())
}
