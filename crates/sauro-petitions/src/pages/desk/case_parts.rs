//! The parts of one case as its page shows them.

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use sauro_directory::model::Directory;
use sauro_kernel::{Ctx, VIETNAM, WorkingCalendar};
use sauro_ui::words;

use super::cover::picture_href;
use crate::actions::{CaseView, House};
use crate::model::{
    Answer, CaseFile, Clocks, Happening, Partner, Picture, Side, State, is_picture,
};
use crate::pages::words::{Told, citizen_days};

/// Days shown in a row at most; a case that takes longer shows its newest.
const MOST_DAYS: usize = 20;

pub(super) struct Event {
    pub(super) at: i64,
    pub(super) title: String,
    pub(super) words: String,
    pub(super) icon: &'static str,
    /// Neither the sender nor the public reads it.
    pub(super) is_inside: bool,
}

pub(super) struct AnswerLine {
    pub(super) agency: String,
    pub(super) closing: &'static str,
    pub(super) words: String,
    pub(super) public_words: String,
    pub(super) proof: String,
    pub(super) signer: String,
    pub(super) at: i64,
    pub(super) is_out: bool,
}

pub(super) struct FileLine {
    pub(super) href: String,
    pub(super) name: String,
    pub(super) note: String,
    pub(super) icon: &'static str,
    /// Where parts of it are covered, for a picture.
    pub(super) cover: Option<String>,
    /// Whether everybody sees it, or will.
    pub(super) shown: &'static str,
}

/// A picture that a leader lets out with the answer.
pub(super) struct Prepared {
    pub(super) src: String,
    pub(super) name: String,
    pub(super) size: (u32, u32),
}

pub(super) struct PartnerLine {
    pub(super) name: String,
    pub(super) opinion: String,
    pub(super) given_at: Option<i64>,
}

/// One day of both clocks.
pub(super) struct Day {
    pub(super) label: String,
    pub(super) is_off: bool,
    /// The how-manieth working day of the agencies it is, or 0.
    pub(super) agency: usize,
    /// The how-manieth day of waiting it is, or 0.
    pub(super) sender: usize,
}

impl Event {
    pub(super) fn of(it: &Happening, directory: &Directory) -> Self {
        let told = Told::of(it, directory, true);
        Self {
            at: told.at,
            title: told.title,
            words: told.words,
            icon: told.icon,
            is_inside: !it.is_public,
        }
    }
}

impl AnswerLine {
    pub(super) fn of(it: &Answer, directory: &Directory) -> Self {
        Self {
            agency: directory.name(it.agency).to_owned(),
            closing: it.closing.label(),
            words: it.words.clone(),
            public_words: it.public_words.clone(),
            proof: it.proof.clone(),
            signer: it.signer.clone(),
            at: it.approved.map_or(it.drafted_at, |it| it.1),
            is_out: it.approved.is_some(),
        }
    }

    /// What all will read is other than what the sender will.
    pub(super) fn is_masked(&self) -> bool {
        self.words != self.public_words
    }
}

impl Prepared {
    /// The pictures of `view` that wait for a leader.
    pub(super) fn all(view: &CaseView) -> Vec<Self> {
        let waits = view.pictures.iter().filter(|it| !it.is_public);
        let of = |it: &Picture| Self {
            src: picture_href(view.case.id, it.file, &it.covers),
            name: view
                .files
                .iter()
                .find(|file| file.id == it.file)
                .map(|file| file.name.clone())
                .unwrap_or_default(),
            size: (it.width, it.height),
        };
        waits.map(of).collect()
    }
}

impl FileLine {
    pub(super) fn of(view: &CaseView, it: &CaseFile) -> Self {
        let case = view.case.id;
        let copy = |is_public| {
            view.pictures.iter().find(|one| one.file == it.id && one.is_public == is_public)
        };
        let by = match it.side {
            Side::Sender => "người gửi kèm",
            Side::Agency => "cơ quan đính kèm",
        };
        Self {
            href: format!("/phan-anh-den/{case}/tep/{}", it.id),
            name: it.name.clone(),
            note: format!("{by}, {}", words::bytes(it.n_bytes)),
            icon: if it.mime.starts_with("image/") { "photo" } else { "file" },
            cover: (view.may_handle && is_picture(&it.mime))
                .then(|| format!("/phan-anh-den/{case}/tep/{}/che", it.id)),
            shown: match (copy(true), copy(false)) {
                (Some(_), _) => "Đang công khai",
                (None, Some(_)) => "Công khai khi duyệt câu trả lời",
                (None, None) => "",
            },
        }
    }
}

impl PartnerLine {
    pub(super) fn of(it: &Partner, directory: &Directory) -> Self {
        Self {
            name: directory.name(it.agency).to_owned(),
            opinion: it.opinion.clone(),
            given_at: it.given.map(|it| it.1),
        }
    }
}

/// What is owed, and by whom by when.
pub(super) fn clock_words(ctx: &Ctx, house: &House<'_>, view: &CaseView) -> (String, String) {
    let case = &view.case;
    if case.flow.state == State::Waiting {
        return ("Đang dừng".to_owned(), "Chờ người gửi bổ sung.".to_owned());
    }
    let Some(step) = view.clocks.steps.last().filter(|_| case.flow.state.is_open()) else {
        return ("Đã dừng".to_owned(), "Không cơ quan nào còn nợ việc.".to_owned());
    };
    let name = house.directory.name(step.agency);
    let (_, left) = super::queue::due(ctx, house.calendar, case.standing());
    let what = step.kind.label().to_lowercase();
    (left, format!("{name} {what}, hạn 17:00 ngày {}.", words::date(step.due_on)))
}

/// Days that the sender has waited for the answer that is owed now, or waited for the last.
pub(super) fn waited(clocks: &Clocks, now: i64) -> i64 {
    citizen_days(clocks, |from, to| (local(to) - local(from)).num_days(), now)
}

/// The days of both clocks side by side: working days of the agencies, all days of the sender.
pub(super) fn days(ctx: &Ctx, calendar: &WorkingCalendar, view: &CaseView) -> Vec<Day> {
    let clocks = &view.clocks;
    let first = local(clocks.citizen_since);
    let until = local(clocks.stopped_at.or(clocks.paused_at).unwrap_or(ctx.now_us()));
    let last = until.max(clocks.citizen_due_on);
    let is_paused =
        |day: NaiveDate| clocks.pauses.iter().any(|it| local(it.0) < day && day <= local(it.1));
    let (mut n_agency, mut n_sender) = (0, 0);
    let all = first.iter_days().take_while(|day| *day <= last).map(|day| {
        let runs = day > first && day <= until && !is_paused(day);
        let is_off = !calendar.is_working(day);
        n_sender += usize::from(runs);
        n_agency += usize::from(runs && !is_off);
        Day {
            label: day.day().to_string(),
            is_off,
            agency: if runs && !is_off { n_agency } else { 0 },
            sender: if runs { n_sender } else { 0 },
        }
    });
    let mut all: Vec<Day> = all.take(400).collect();
    let n_more = all.len().saturating_sub(MOST_DAYS);
    all.drain(..n_more);
    all
}

fn local(at: i64) -> NaiveDate {
    let at = DateTime::<Utc>::from_timestamp_micros(at).unwrap_or_default();
    at.with_timezone(&VIETNAM).date_naive()
}
