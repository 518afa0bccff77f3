//! What several pages show of an initiative.

use chrono::NaiveDate;
use sauro_directory::model::Directory;
use sauro_kernel::AgencyId;
use sauro_ui::words;

use crate::actions::Case;
use crate::model::{Application, Dossier, Initiative, Ownership, Stage, Terms, days_in_stages};

/// An initiative in a list.
pub(super) struct Row {
    pub(super) href: String,
    pub(super) code: String,
    pub(super) title: String,
    pub(super) note: String,
    pub(super) status: (&'static str, &'static str),
    /// What about its time, or empty.
    pub(super) time: String,
}

impl Row {
    /// `it` under `base`, found there by `key`.
    pub(super) fn of(
        it: &Initiative,
        directory: &Directory,
        (href, today, terms): (String, NaiveDate, Terms),
    ) -> Self {
        let days = (today - it.since).num_days().max(0);
        let time = match it.due_on {
            _ if it.stage.is_closed() => String::new(),
            Some(due) if due < today => format!("Quá hạn từ {}", words::date(due)),
            Some(due) => format!("Hạn {}", words::date(due)),
            None if it.is_idle(today, terms) => {
                format!("Đã công nhận, chưa áp dụng quá {} ngày", terms.idle_days)
            }
            None => format!("{days} ngày ở bước này"),
        };
        Self {
            href,
            code: it.code.to_string(),
            title: it.title.clone(),
            note: format!(
                "{}. {}. Nơi nhận: {}",
                it.kind.label(),
                it.area.label(),
                directory.name(it.receiver)
            ),
            status: it.status(today, terms),
            time,
        }
    }
}

/// A stage in a timeline.
pub(super) struct StepRow {
    pub(super) at: String,
    pub(super) title: String,
    pub(super) words: String,
    pub(super) status: &'static str,
}

/// The way of an initiative, oldest first, with the days in each stage.
pub(super) fn timeline(case: &Case, directory: &Directory, today: NaiveDate) -> Vec<StepRow> {
    let lasted = days_in_stages(&case.steps, today);
    let n = case.steps.len();
    let row = |(at, (step, days)): (usize, (&crate::model::Step, i64))| {
        let is_last = at + 1 == n;
        let by = step.agency.map(|it| format!("{}. ", directory.name(it))).unwrap_or_default();
        let time = match (step.stage.is_closed(), is_last) {
            (true, _) => String::new(),
            (false, true) => format!("Đến nay {days} ngày. "),
            (false, false) => format!("{days} ngày. "),
        };
        let is_over = is_last && step.due_on.is_some_and(|it| it < today);
        let due = match step.due_on {
            Some(due) if is_last => format!("Hạn {}. ", words::date(due)),
            _ => String::new(),
        };
        StepRow {
            at: words::date(step.since),
            title: step.stage.label().to_owned(),
            words: format!("{time}{due}{by}{}", step.reason).trim().to_owned(),
            status: match step.stage {
                Stage::Refused | Stage::NotRecognised => "none",
                _ if !is_last => "done",
                Stage::Adopted | Stage::Replicated => "done",
                _ if is_over => "over",
                _ => "run",
            },
        }
    };
    case.steps.iter().zip(lasted).enumerate().map(row).collect()
}

/// A dossier in the words of a page.
pub(super) struct DossierView {
    pub(super) parts: Vec<(&'static str, String)>,
    pub(super) benefit: String,
    pub(super) source: String,
    pub(super) ownership: String,
    /// Name, size in words, and address of each file.
    pub(super) files: Vec<(String, String, String)>,
    pub(super) supplements: Vec<String>,
}

impl DossierView {
    pub(super) fn of(it: &Dossier, files_at: &str) -> Self {
        let figure = it.figures.as_ref();
        let ownership = Ownership::of_code(&it.ownership.0).map_or("", Ownership::label);
        let note = &it.ownership.1;
        Self {
            parts: vec![
                ("Thực trạng", it.present.clone()),
                ("Nội dung giải pháp", it.content.clone()),
                ("Điểm mới", it.novelty.clone()),
                ("Khả năng áp dụng", it.applicability.clone()),
                ("Lợi ích", it.benefit.clone()),
            ],
            benefit: figure
                .map(|it| format!("{} {}", decimal(it.amount), it.unit))
                .unwrap_or_default(),
            source: figure.map(|it| it.source.clone()).unwrap_or_default(),
            ownership: if note.is_empty() {
                ownership.to_owned()
            } else {
                format!("{ownership}: {note}")
            },
            files: (1..)
                .zip(&it.files)
                .map(|(n, file)| {
                    let size = words::bytes(i64::try_from(file.n_bytes).unwrap_or(i64::MAX));
                    (file.name.clone(), size, format!("{files_at}/{n}"))
                })
                .collect(),
            supplements: it.supplements.clone(),
        }
    }
}

/// An exact number as it is written in Vietnamese.
pub(super) fn decimal(value: rust_decimal::Decimal) -> String {
    let text = value.normalize().to_string();
    let (whole, part) = text.split_once('.').unwrap_or((&text, ""));
    let whole = whole.parse::<i64>().map_or_else(|_| whole.to_owned(), words::number);
    if part.is_empty() { whole } else { format!("{whole},{part}") }
}

/// An agency that tries or applies an initiative.
pub(super) struct AppliedRow {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) when: String,
    pub(super) words: String,
    pub(super) source: String,
    pub(super) status: (&'static str, &'static str),
    /// It waits for the reader's own agency to confirm it.
    pub(super) is_own_open: bool,
}

impl AppliedRow {
    pub(super) fn of(it: &Application, directory: &Directory, own: Option<AgencyId>) -> Self {
        let until = it.until.map(|it| format!(" đến {}", words::date(it))).unwrap_or_default();
        let (figure, source) = match &it.measured {
            Some((amount, unit, source)) => {
                (format!("Lợi ích đo được: {} {unit}.", decimal(*amount)), source.clone())
            }
            None => (
                format!("Trước thử nghiệm: {}. Mục tiêu: {}.", it.baseline, it.target),
                String::new(),
            ),
        };
        Self {
            id: it.id.to_string(),
            name: directory.name(it.agency).to_owned(),
            when: format!("Từ {}{until}", words::date(it.since)),
            words: figure,
            source,
            status: match (it.is_pilot, it.confirmed) {
                (true, _) => ("run", "Thử nghiệm"),
                (false, Some(_)) => ("done", "Đã xác nhận áp dụng"),
                (false, None) => ("soon", "Chờ lãnh đạo xác nhận"),
            },
            is_own_open: !it.is_pilot && it.confirmed.is_none() && own == Some(it.agency),
        }
    }
}

/// Agencies that confirmed, and the provinces they are in.
pub(super) fn reach(all: &[Application]) -> (usize, Vec<String>) {
    let confirmed = all.iter().filter(|it| !it.is_pilot && it.confirmed.is_some());
    let n = confirmed.clone().count();
    let mut places: Vec<String> =
        confirmed.map(|it| it.place.clone()).filter(|it| !it.is_empty()).collect();
    places.sort();
    places.dedup();
    (n, places)
}

/// The authors as everybody sees them: named if they agreed, else counted, with their shares.
pub(super) fn authors(case: &Case) -> Vec<(String, String)> {
    let row = |it: &crate::model::Author| {
        let name = match it.public_name.as_str() {
            "" => format!("Tác giả {}", it.n),
            name => name.to_owned(),
        };
        (name, words::percent_bp(it.share_bp))
    };
    case.authors.iter().map(row).collect()
}

/// Who acts next, in words.
pub(super) fn next(it: &Initiative, directory: &Directory) -> String {
    let desk = |it: Option<AgencyId>| it.map_or("", |it| directory.name(it)).to_owned();
    let by =
        it.due_on.map(|it| format!(", chậm nhất ngày {}", words::date(it))).unwrap_or_default();
    match it.stage {
        Stage::Checking => format!("{} kiểm tra hình thức hồ sơ{by}.", desk(it.desk)),
        Stage::Asked => format!("Tác giả bổ sung hồ sơ{by}."),
        Stage::Reviewing => format!("{} cho ý kiến thẩm định{by}.", desk(it.desk)),
        Stage::Judging => format!("{} đưa ra hội đồng chấm{by}.", desk(it.desk)),
        Stage::Recognised => {
            "Các cơ quan thử nghiệm, áp dụng và công bố kết quả đo được.".to_owned()
        }
        Stage::Piloting => {
            "Đang thử nghiệm; nơi áp dụng đầu tiên xác nhận thì thành đã áp dụng.".to_owned()
        }
        Stage::Adopted => "Các nơi khác áp dụng và xác nhận thì được tính là nhân rộng.".to_owned(),
        Stage::Replicated => "Các nơi áp dụng tiếp tục công bố lợi ích đo được.".to_owned(),
        Stage::Refused | Stage::NotRecognised => {
            "Hồ sơ đã kết thúc. Tác giả có thể sửa và gửi hồ sơ mới.".to_owned()
        }
    }
}
