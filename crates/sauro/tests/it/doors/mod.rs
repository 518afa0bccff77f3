//! The doors of the product: who comes in where, and what is turned away.

mod completeness;
mod guard;
mod help;
pub(crate) mod house;
mod listening;
pub(crate) mod petitioned;
pub(crate) mod published;
pub(crate) mod scored;
pub(crate) mod sent;
mod table;
mod table_citizens;
mod table_figures;
mod table_initiatives;
mod table_petitions;
mod table_petitions_desk;
mod table_portal;
mod table_programs;
mod table_scores;
mod table_search;
mod table_subscriptions;
mod uploads;
mod walk;

/// Every door; that of signing out comes last.
fn all_doors() -> impl Iterator<Item = &'static table::Door> {
    table_figures::FIGURE_DOORS
        .iter()
        .chain(table_petitions::PETITION_DOORS)
        .chain(table_initiatives::INITIATIVE_DOORS)
        .chain(table_scores::SCORE_DOORS)
        .chain(table_petitions_desk::PETITION_DESK_DOORS)
        .chain(table_programs::PROGRAM_DOORS)
        .chain(table_search::SEARCH_DOORS)
        .chain(table_portal::PORTAL_DOORS)
        .chain(table_subscriptions::SUBSCRIPTION_DOORS)
        .chain(table_citizens::CITIZEN_DOORS)
        .chain(table::DOORS)
}
