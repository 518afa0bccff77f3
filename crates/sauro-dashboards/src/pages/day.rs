//! The day or the two days that a dashboard shows: `?ngay=2026-05-31`, `?ngay=…&so-voi=…`.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use chrono::NaiveDate;
use sauro_kernel::{NoSuchDay, PastDay};
use sauro_ui::{Faults, words};
use serde::Deserialize;

use crate::{Stamp, TileSource, Unfilled};

/// What an address asks for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    #[serde(rename = "ngay")]
    day: String,
    #[serde(rename = "so-voi")]
    versus: String,
}

/// What is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub(super) enum Shown {
    /// The present.
    #[default]
    Now,
    /// The end of a past day.
    Then(PastDay),
    /// The end of a past day beside a later one, or beside the present.
    Both(PastDay, Option<PastDay>),
}

/// The form that asks for other days, and what says that past ones are shown.
pub(super) struct DayView {
    /// The page.
    pub(super) action: String,
    /// What stands in the fields.
    pub(super) day: String,
    pub(super) versus: String,
    /// The days that can be chosen; the first one only where it was asked for.
    pub(super) first: String,
    pub(super) today: String,
    pub(super) shown: Shown,
    /// What is wrong with the days that were asked for.
    pub(super) faults: Faults,
}

impl Shown {
    /// What the tiles of the page depend on: those of the later day.
    pub(super) fn stamp(self, now: Stamp) -> Stamp {
        match self {
            Self::Now => now,
            Self::Then(day) => now.at(Some(day)),
            Self::Both(_, later) => now.at(later),
        }
    }

    /// The earlier day of two.
    pub(super) fn earlier(self, now: Stamp) -> Option<Stamp> {
        match self {
            Self::Both(earlier, _) => Some(now.at(Some(earlier))),
            _ => None,
        }
    }

    /// What follows an address to show the same.
    pub(super) fn query(self) -> String {
        match self {
            Self::Now => String::new(),
            Self::Then(day) => format!("?ngay={}", day.day()),
            Self::Both(earlier, None) => format!("?ngay={}&so-voi=hom-nay", earlier.day()),
            Self::Both(earlier, Some(later)) => {
                format!("?ngay={}&so-voi={}", earlier.day(), later.day())
            }
        }
    }

    /// `như cuối ngày 31/05/2026`; nothing of the present.
    pub(super) fn words(self) -> String {
        match self {
            Self::Now => String::new(),
            Self::Then(day) => format!("như cuối ngày {}", words::date(day.day())),
            Self::Both(..) => {
                let (earlier, later) = self.both();
                format!("{} so với {}", earlier.to_lowercase(), later.to_lowercase())
            }
        }
    }

    /// The two days in words.
    pub(super) fn both(self) -> (String, String) {
        let end = |it: PastDay| format!("Cuối ngày {}", words::date(it.day()));
        match self {
            Self::Both(earlier, later) => {
                (end(earlier), later.map_or_else(|| "Hôm nay".to_owned(), end))
            }
            Self::Then(day) => (end(day), String::new()),
            Self::Now => Default::default(),
        }
    }

    /// Said where a tile cannot show two days: which of them it shows.
    pub(super) fn unfit(self) -> String {
        let shown = self.both().1.to_lowercase();
        format!("Ô này không so được hai ngày; dưới đây là {shown}.")
    }

    /// What follows the name of a file that holds the same.
    pub(super) fn of_file(self) -> String {
        match self {
            Self::Now => String::new(),
            Self::Then(day) => format!("-{}", day.day()),
            Self::Both(earlier, later) => {
                let later = later.map_or_else(|| "nay".to_owned(), |it| it.day().to_string());
                format!("-{}-{later}", earlier.day())
            }
        }
    }
}

/// Written for the present in the field of the other day.
const TODAY: &str = "hom-nay";

impl DayView {
    /// What `asked` comes to on the page `action`, as of `stamp`.
    pub(super) async fn read(
        asked: &Asked,
        action: String,
        source: &dyn TileSource,
        stamp: Stamp,
    ) -> Result<Self, Unfilled> {
        let is_asked = !asked.day.is_empty() || !asked.versus.is_empty();
        let first = if is_asked { Some(source.first_day(stamp).await?) } else { None };
        let mut faults = Faults::none();
        let shown = shown(asked, (first, stamp.today), &mut faults);
        let typed = |it: &str| it.chars().take(40).collect::<String>();
        let versus =
            if asked.versus == TODAY { stamp.today.to_string() } else { typed(&asked.versus) };
        Ok(Self {
            action,
            day: typed(&asked.day),
            versus,
            first: first.map(|it| it.to_string()).unwrap_or_default(),
            today: stamp.today.to_string(),
            shown,
            faults,
        })
    }

    /// The page that shows what is wrong, for whoever asked for a file.
    pub(super) fn to_page(&self) -> Response {
        let plain = |it: &str| -> String {
            // What is no day stays wrong without the letters that an address gives a meaning to.
            it.chars().map(|it| if it.is_ascii_alphanumeric() { it } else { '-' }).collect()
        };
        let (day, versus) = (plain(&self.day), plain(&self.versus));
        Redirect::to(&format!("{}?ngay={day}&so-voi={versus}", self.action)).into_response()
    }

    /// The status of the answer.
    pub(super) fn status(&self) -> StatusCode {
        match self.faults.is_empty() {
            true => StatusCode::OK,
            false => StatusCode::UNPROCESSABLE_ENTITY,
        }
    }

    /// True when a past day is shown.
    pub(super) fn is_past(&self) -> bool {
        self.shown != Shown::Now
    }

    /// `Số liệu như cuối ngày 31/05/2026`, `So cuối ngày 31/05/2026 với hôm nay`.
    pub(super) fn title(&self) -> String {
        match self.shown {
            Shown::Both(..) => {
                let (earlier, later) = self.shown.both();
                format!("So {} với {}", earlier.to_lowercase(), later.to_lowercase())
            }
            _ => format!("Số liệu {}", self.shown.words()),
        }
    }
}

/// The days that `asked` names, each between `first` and `today`; the present where one of them is wrong.
fn shown(
    asked: &Asked,
    (first, today): (Option<NaiveDate>, NaiveDate),
    faults: &mut Faults,
) -> Shown {
    let mut read = |field: &str, text: &str| {
        let since = |day: PastDay| first.map_or(Ok(day), |first| day.since(first));
        let day = match text {
            "" | TODAY => Ok(None),
            text => PastDay::read(text, today).and_then(|it| it.map(since).transpose()),
        };
        day.unwrap_or_else(|why: NoSuchDay| {
            faults.add(field, why.to_string());
            None
        })
    };
    let (day, versus) = (read("ngay", &asked.day), read("so-voi", &asked.versus));
    if !faults.is_empty() {
        return Shown::Now;
    }
    match (day, versus, asked.versus.is_empty()) {
        (None, None, true) => Shown::Now,
        (Some(day), None, true) => Shown::Then(day),
        (Some(day), None, false) | (None, Some(day), false) => Shown::Both(day, None),
        (Some(day), Some(other), _) if day != other => {
            Shown::Both(day.min(other), Some(day.max(other)))
        }
        _ => {
            let words = "Hai ngày trùng nhau nên không có gì để so. Chọn hai ngày khác nhau.";
            faults.add("so-voi", words);
            Shown::Now
        }
    }
}
