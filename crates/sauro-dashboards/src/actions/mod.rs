//! What can be done with dashboards, one file a verb: right, rule, row, journal, in one transaction.

mod change_dashboard;
mod make_dashboard;
mod read;
mod remove_dashboard;

pub use change_dashboard::{Change, change_dashboard};
pub use make_dashboard::{MOST_DASHBOARDS, make_dashboard};
pub use read::{
    Listing, dashboard, dashboards, may_change, may_make, may_publish, public_dashboard,
    public_dashboards,
};
pub use remove_dashboard::remove_dashboard;
