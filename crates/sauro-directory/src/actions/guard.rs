use sauro_kernel::{AgencyId, AgencyPath, Ctx, Denied, Over, Right};

/// The catalogue of the whole nation and its one calendar are changed only by those who oversee
/// the nation, not by the administrator of a province.
pub(super) fn require_nation(ctx: &Ctx) -> Result<(), Denied> {
    let nation = AgencyPath::nation();
    ctx.require(Right::ManageAgencies, Over { agency: AgencyId::of_code("VN"), path: &nation })
}

/// The subject of every entry about agencies and places.
pub(crate) const CATALOGUE: &str = "catalogue/all";
/// The subject of every entry about the calendar.
pub(crate) const CALENDAR: &str = "calendar/all";
