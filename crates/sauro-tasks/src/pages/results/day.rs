use chrono::NaiveDate;
use sauro_ui::Faults;

use super::address::{Ask, Format, What};
use crate::model::{ListAsk, NoSuchDay};

/// The form that asks for another day, and what says that a past one is shown.
pub(super) struct DayForm {
    /// The page it asks again.
    pub(super) action: String,
    /// What the address holds beside the day.
    pub(super) hidden: Vec<(&'static str, String)>,
    /// The day in the field.
    pub(super) value: String,
    /// The last day that can be chosen.
    pub(super) today: String,
    /// The past day shown, in words; empty for the present.
    pub(super) past: String,
    /// The same page of the present.
    pub(super) present: String,
    /// What is wrong with the day asked for.
    pub(super) faults: Faults,
}

impl DayForm {
    /// The form of the page `ask` on the day `today`.
    pub(super) fn of(ask: &Ask, today: NaiveDate) -> Self {
        let present = ask.present().address(Format::Html);
        let hidden = match &ask.what {
            What::List(it) => list_fields(it),
            _ if ask.is_inside => vec![("pham-vi", "noi-bo".to_owned())],
            _ => Vec::new(),
        };
        Self {
            action: present.split('?').next().unwrap_or_default().to_owned(),
            hidden,
            value: ask.day.map(|it| it.day().to_string()).unwrap_or_default(),
            today: today.to_string(),
            past: ask.day.map(|it| sauro_ui::words::long_date(it.day())).unwrap_or_default(),
            present,
            faults: Faults::default(),
        }
    }

    /// The same, after a day `written` that there are no figures of.
    pub(super) fn refused(mut self, written: &str, why: NoSuchDay) -> Self {
        self.value = written.chars().take(40).collect();
        self.faults.add("ngay", why.to_string());
        self
    }

    /// True when a past day is shown.
    pub(super) fn is_past(&self) -> bool {
        !self.past.is_empty()
    }
}

/// What a list is asked for, without the page it has come to.
fn list_fields(it: &ListAsk) -> Vec<(&'static str, String)> {
    let pairs = [
        ("trang-thai", it.standing.map(|it| it.code().to_owned())),
        ("tinh", it.province.clone()),
        ("co-quan", it.agency.clone()),
        ("chuong-trinh", it.programme.clone()),
    ];
    pairs.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
}
