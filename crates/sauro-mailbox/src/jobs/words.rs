use askama::Template;
use chrono::NaiveDate;
use sauro_petitions::actions::ToSender;

use super::short_words::short;
use crate::model::{About, Letter, LetterKind, Way};

#[derive(Template)]
#[template(path = "mailbox/receipt.txt", escape = "none")]
struct Receipt<'a> {
    it: Case<'a>,
    answered_by: String,
    about: &'a About,
}

#[derive(Template)]
#[template(path = "mailbox/sent.txt", escape = "none")]
struct Sent<'a> {
    it: Case<'a>,
    answered_by: String,
}

#[derive(Template)]
#[template(path = "mailbox/refusal.txt", escape = "none")]
struct Refusal<'a> {
    site: &'a str,
    url: &'a str,
    about: &'a About,
}

#[derive(Template)]
#[template(path = "mailbox/asked.txt", escape = "none")]
struct Asked<'a> {
    it: Case<'a>,
}

#[derive(Template)]
#[template(path = "mailbox/extended.txt", escape = "none")]
struct Extended<'a> {
    it: Case<'a>,
    answered_by: String,
}

#[derive(Template)]
#[template(path = "mailbox/merged.txt", escape = "none")]
struct Merged<'a> {
    it: Case<'a>,
}

#[derive(Template)]
#[template(path = "mailbox/answered.txt", escape = "none")]
struct Answered<'a> {
    it: Case<'a>,
}

#[derive(Template)]
#[template(path = "mailbox/code.txt", escape = "none")]
struct Code<'a> {
    it: Case<'a>,
}

/// The installation that writes.
pub(super) struct House<'a> {
    pub(super) site: &'a str,
    pub(super) url: &'a str,
    /// Short messages are written with the marks of Vietnamese.
    pub(super) has_marks: bool,
}

/// A case as a letter tells of it.
#[derive(Clone, Copy)]
pub(super) struct Case<'a> {
    pub(super) site: &'a str,
    pub(super) url: &'a str,
    pub(super) case: &'a ToSender,
    pub(super) agency: &'a str,
}

impl Case<'_> {
    /// True of what goes to the address that the case came from. Everybody else typed theirs, perhaps wrongly: their
    /// letters hold no code, which would open the case to a stranger.
    fn came_by_mail(&self) -> bool {
        self.case.is_own_address
    }
}

/// Subject and words of `letter` about `case`, which `agency` has. Nobody's own words stand in them, so that a
/// forged sender makes nobody read a stranger's. A short message has no subject.
pub(super) fn written(
    from: &House<'_>,
    letter: &Letter,
    (case, agency): (Option<&ToSender>, &str),
) -> Result<(String, String), askama::Error> {
    let House { site, url, .. } = *from;
    let about = &letter.about;
    let Some(case) = case.filter(|_| letter.kind != LetterKind::Refusal) else {
        let words = Refusal { site, url, about }.render()?;
        return Ok(("Thư chưa được tiếp nhận".to_owned(), words));
    };
    let it = Case { site, url, case, agency };
    if letter.way == Way::Sms {
        let words = short(&it, letter.kind);
        let words = if from.has_marks { words } else { sauro_kernel::unmarked(&words) };
        return Ok((String::new(), words));
    }
    let number = &case.number;
    let answered_by = day(case.answered_by);
    Ok(match letter.kind {
        LetterKind::Receipt | LetterKind::Refusal => {
            let words = match it.came_by_mail() {
                true => Receipt { it, answered_by, about }.render()?,
                false => Sent { it, answered_by }.render()?,
            };
            (format!("Đã nhận {} {number}", kind_of(case)), words)
        }
        LetterKind::Asked => (format!("Cần bổ sung cho vụ việc {number}"), Asked { it }.render()?),
        LetterKind::Extended => {
            (format!("Vụ việc {number} cần thêm thời gian"), Extended { it, answered_by }.render()?)
        }
        LetterKind::Merged => {
            (format!("Vụ việc {number} được gộp với một vụ việc khác"), Merged { it }.render()?)
        }
        LetterKind::Answered => {
            (format!("Vụ việc {number} đã có trả lời"), Answered { it }.render()?)
        }
        LetterKind::Code => (format!("Mã tra cứu vụ việc {number}"), Code { it }.render()?),
    })
}

fn kind_of(case: &ToSender) -> String {
    case.matter.label().to_lowercase()
}

pub(super) fn day(day: NaiveDate) -> String {
    day.format("%d/%m/%Y").to_string()
}
