//! Dashboards with the rooms behind them: what tiles show to whom, and how people make them.

mod making;
mod past;
pub(crate) mod scene;
mod seeing;
