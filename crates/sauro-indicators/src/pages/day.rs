//! The day that a page of figures shows: the present, or the end of a past one.

use chrono::NaiveDate;
use sauro_kernel::PastDay;
use sauro_ui::{Faults, words};
use serde::Deserialize;

/// What an address asks for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    #[serde(rename = "ngay")]
    day: String,
}

/// The form that asks for another day, and what says that a past one is shown.
pub(super) struct DayView {
    /// The page.
    pub(super) action: String,
    /// The day in the field.
    pub(super) value: String,
    /// The last day that can be chosen.
    pub(super) today: String,
    /// The past day that is shown.
    pub(super) day: Option<PastDay>,
    /// What is wrong with the day that was asked for.
    pub(super) faults: Faults,
}

impl DayView {
    /// What `asked` comes to on the page `action`, seen on `today`.
    pub(super) fn read(asked: &Asked, action: String, today: NaiveDate) -> Self {
        let mut faults = Faults::none();
        let day = match asked.day.as_str() {
            "" => None,
            text => PastDay::read(text, today).unwrap_or_else(|why| {
                faults.add("ngay", why.to_string());
                None
            }),
        };
        let value = asked.day.chars().take(40).collect();
        Self { action, value, today: today.to_string(), day, faults }
    }

    /// The present instead, because of `faults`.
    pub(super) fn refuse(&mut self, faults: Vec<(&'static str, String)>) {
        self.day = None;
        faults.into_iter().for_each(|(field, words)| self.faults.add(field, words));
    }

    /// True when a past day is shown.
    pub(super) fn is_past(&self) -> bool {
        self.day.is_some()
    }

    /// `Số liệu như cuối ngày 31/05/2026`.
    pub(super) fn title(&self) -> String {
        let day = self.day.map(|it| words::date(it.day())).unwrap_or_default();
        format!("Số liệu như cuối ngày {day}")
    }

    /// The status of the answer.
    pub(super) fn status(&self) -> axum::http::StatusCode {
        match self.faults.is_empty() {
            true => axum::http::StatusCode::OK,
            false => axum::http::StatusCode::UNPROCESSABLE_ENTITY,
        }
    }
}
