use askama::Template;
use chrono::NaiveDate;
use sauro_petitions::actions::ByMail;

use crate::model::{About, Letter, LetterKind};

#[derive(Template)]
#[template(path = "mailbox/receipt.txt", escape = "none")]
struct Receipt<'a> {
    site: &'a str,
    url: &'a str,
    case: &'a ByMail,
    agency: &'a str,
    answered_by: String,
    about: &'a About,
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
    site: &'a str,
    url: &'a str,
    case: &'a ByMail,
    agency: &'a str,
}

#[derive(Template)]
#[template(path = "mailbox/merged.txt", escape = "none")]
struct Merged<'a> {
    site: &'a str,
    url: &'a str,
    case: &'a ByMail,
    agency: &'a str,
}

#[derive(Template)]
#[template(path = "mailbox/answered.txt", escape = "none")]
struct Answered<'a> {
    site: &'a str,
    url: &'a str,
    case: &'a ByMail,
    agency: &'a str,
}

/// The installation `site` at `url`.
pub(super) struct Sender<'a> {
    pub(super) site: &'a str,
    pub(super) url: &'a str,
}

/// Subject and words of `letter` about `case`, which `agency` has. Nobody's own words stand in them, so that a
/// forged sender makes nobody read a stranger's.
pub(super) fn written(
    from: &Sender<'_>,
    letter: &Letter,
    (case, agency): (Option<&ByMail>, &str),
) -> Result<(String, String), askama::Error> {
    let Sender { site, url } = *from;
    let about = &letter.about;
    let number = case.map_or("", |it| it.number.as_str());
    match (letter.kind, case) {
        (LetterKind::Receipt, Some(case)) => {
            let answered_by = day(case.answered_by);
            let words = Receipt { site, url, case, agency, answered_by, about }.render()?;
            Ok((format!("Đã nhận {} {number}", kind_of(case)), words))
        }
        (LetterKind::Asked, Some(case)) => {
            let words = Asked { site, url, case, agency }.render()?;
            Ok((format!("Cần bổ sung cho vụ việc {number}"), words))
        }
        (LetterKind::Merged, Some(case)) => {
            let words = Merged { site, url, case, agency }.render()?;
            Ok((format!("Vụ việc {number} được gộp với một vụ việc khác"), words))
        }
        (LetterKind::Answered, Some(case)) => {
            let words = Answered { site, url, case, agency }.render()?;
            Ok((format!("Vụ việc {number} đã có trả lời"), words))
        }
        (_, _) => {
            let words = Refusal { site, url, about }.render()?;
            Ok(("Thư chưa được tiếp nhận".to_owned(), words))
        }
    }
}

fn kind_of(case: &ByMail) -> String {
    case.matter.label().to_lowercase()
}

fn day(day: NaiveDate) -> String {
    day.format("%d/%m/%Y").to_string()
}
