//! The two minutes of a leader.

use askama::Template;
use axum::Extension;
use axum::extract::{Query, State};
use axum::response::Html;
use chrono::NaiveDate;
use sauro_kernel::Ctx;
use sauro_store::Db;
use sauro_ui::{Caller, Chrome, Failure, Headline, filters, page, words};

use super::around::Around;
use super::lines::{Lines, count_words};
use super::task::Just;
use crate::actions::{self, Duty, Entry, Group, Late, LeaderView, Reason};
use crate::jobs::LiveBoard;
use crate::model::{Counts, Section, SelfRating};
use crate::pages::headline::headline;

/// Decisions of one kind shown here; the others wait in the day's work.
const SHOWN: usize = 2;

/// One thing to decide.
struct Decision {
    title: String,
    words: String,
    facts: Vec<(&'static str, String)>,
    /// What can be done with one press: where it is sent, its hidden fields, label.
    press: Option<Press>,
    href: String,
    act: &'static str,
}

struct Press {
    action: String,
    fields: Vec<(&'static str, String)>,
    label: String,
}

/// One kind of decisions of which there are more.
struct More {
    words: String,
    href: String,
}

/// One late task.
struct LateLine {
    initials: String,
    title: String,
    code: String,
    who: String,
    due: String,
    why: String,
    is_why_missing: bool,
    doubt: String,
    /// What was asked already, in words.
    asked: String,
    can_ask: bool,
    can_urge: bool,
}

/// An agency that is late.
struct AgencyLine {
    name: String,
    overdue: i64,
    dated: i64,
    share_bp: i64,
    href: String,
}

#[derive(Template)]
#[template(path = "doing/leader.html")]
struct LeaderPage {
    chrome: Chrome,
    /// The last entry of the journal that the page can know of.
    position: i64,
    day: NaiveDate,
    said: String,
    title: String,
    decisions: Vec<Decision>,
    more: Vec<More>,
    late: Vec<LateLine>,
    n_late: String,
    place: String,
    counts: Counts,
    headline: Headline,
    agencies: Vec<AgencyLine>,
}

/// `GET /lanh-dao`.
pub(super) async fn show(
    Caller(ctx): Caller,
    State(db): State<Db>,
    Extension(live): Extension<LiveBoard>,
    Query(just): Query<Just>,
    around: Around,
    chrome: Chrome,
) -> Result<Html<String>, Failure> {
    let position = live.position();
    let view = actions::leader_view(&ctx, &db, &live, around.directory()).await?;
    let n_decisions = view.n_decisions();
    let mut decisions = Vec::new();
    let mut more = Vec::new();
    for group in &view.decisions {
        let shown = group.entries.iter().take(SHOWN);
        decisions.extend(shown.map(|it| decision(&ctx, &around, &view, group.section, it)));
        more.extend(more_of(group));
    }
    let place = if ctx.actor.scope == sauro_kernel::AgencyPath::nation() {
        "Cả nước".to_owned()
    } else {
        let placed = |it: &&sauro_directory::model::Agency| it.path == ctx.actor.scope;
        let agency = around.directory().all().iter().find(placed);
        agency.map_or_else(|| ctx.actor.agency_name.clone(), |it| it.name.clone())
    };
    page(&LeaderPage {
        position,
        day: ctx.today(),
        said: just.words(),
        title: title(n_decisions, view.n_late),
        decisions,
        more,
        late: view.late.iter().map(|it| late_line(&ctx, &around, it)).collect(),
        n_late: count_words(view.n_late),
        place,
        counts: view.counts,
        headline: headline(&view.counts),
        agencies: agencies(&view),
        chrome,
    })
}

fn title(n_decisions: i64, n_late: i64) -> String {
    let late = match n_late {
        0 => "không có việc nào đang chậm".to_owned(),
        n => format!("có {} việc đang chậm", count_words(n)),
    };
    match n_decisions {
        0 => format!("Không có việc nào chờ đồng chí quyết, {late}"),
        n => format!("Đồng chí cần quyết {} việc, {late}", words::number(n)),
    }
}

fn more_of(group: &Group) -> Option<More> {
    let rest = group.count - i64::try_from(group.entries.len().min(SHOWN)).unwrap_or(0);
    (rest > 0).then(|| More {
        words: format!("{}: xem cả {}", group.section.label(), count_words(group.count)),
        href: format!("/viec/{}", group.section.code()),
    })
}

fn decision(
    ctx: &Ctx,
    around: &Around,
    view: &LeaderView,
    section: Section,
    entry: &Entry,
) -> Decision {
    let line = Lines { ctx, around }.line(section, entry);
    let plain = Decision {
        title: line.title,
        words: if line.meta.is_empty() { line.due } else { line.meta },
        facts: Vec::new(),
        press: None,
        href: line.href,
        act: line.act,
    };
    let Entry::Task(duty) = entry else { return plain };
    let reason = view.reasons.get(&duty.task.id).cloned().unwrap_or_default();
    match section {
        Section::ToExtend => extension(around, duty, &reason, plain),
        Section::ToRead => explanation(duty, plain),
        Section::ToSend => {
            let results =
                duty.report.as_ref().map(|it| short(&it.results, 220)).unwrap_or_default();
            let title = format!("Ký gửi báo cáo: {}", plain.title);
            Decision { title, words: format!("{}. {results}", plain.words), ..plain }
        }
        Section::ToExplain => {
            Decision { title: format!("Giải trình: {}", plain.title), ..plain }
        }
        _ => plain,
    }
}

fn extension(around: &Around, duty: &Duty, reason: &Reason, plain: Decision) -> Decision {
    let Some(it) = &duty.extension else { return plain };
    let (from, to) = (words::date(it.from_on), words::date(it.to_on));
    let who = around.name(it.asked_by_agency);
    let times = match reason.n_extensions {
        n if n > 1 => format!(" Lần xin thứ {n}."),
        _ => String::new(),
    };
    let mut facts = Vec::new();
    if !reason.difficulties.is_empty() {
        facts.push(("Báo cáo gần nhất", short(&reason.difficulties, 160)));
    }
    let first = duty.task.first_due_on.unwrap_or(it.from_on);
    facts.push((
        "Nếu đồng ý",
        format!("Hạn mới {to}; hạn ban đầu {} vẫn được giữ", words::date(first)),
    ));
    facts.push(("Nếu không", format!("Hạn vẫn là 17:00 ngày {from}")));
    Decision {
        title: format!("Cho gia hạn: {}?", duty.task.work),
        words: format!(
            "{who} xin lùi từ {from} đến {to}.{times} Lý do: {}",
            short(&it.reason, 240)
        ),
        facts,
        press: Some(Press {
            action: format!("/nhiem-vu/{}/gia-han", duty.task.code),
            fields: vec![("de-nghi", it.id.to_string()), ("viec", "dong-y".to_owned())],
            label: format!("Đồng ý đến {to}"),
        }),
        act: "Xem kỹ, hoặc không đồng ý",
        ..plain
    }
}

fn explanation(duty: &Duty, plain: Decision) -> Decision {
    let Some(it) = &duty.explanation else { return plain };
    Decision {
        title: format!("Xem giải trình: {}", plain.title),
        words: format!("{}: {}", plain.words, short(&it.answer, 300)),
        press: Some(Press {
            action: format!("/nhiem-vu/{}/giai-trinh", duty.task.code),
            fields: vec![("yeu-cau", it.id.to_string()), ("viec", "tiep-nhan".to_owned())],
            label: "Đã xem, tiếp nhận".to_owned(),
        }),
        ..plain
    }
}

fn late_line(ctx: &Ctx, around: &Around, late: &Late) -> LateLine {
    let (task, reason) = (&late.task, &late.reason);
    let lead = around.name(task.lead);
    let why = match (reason.explanation.as_str(), reason.difficulties.as_str()) {
        ("", "") => match reason.reported_at {
            None => "Đơn vị chưa báo cáo lần nào.".to_owned(),
            Some(at) => {
                format!("Báo cáo ngày {} không nêu khó khăn.", words::date(at_day(at)))
            }
        },
        ("", difficulties) => short(difficulties, 280),
        (explanation, _) => short(explanation, 280),
    };
    let says = SelfRating::of_code(&task.self_rating);
    let is_doubted = matches!(says, Some(SelfRating::Done | SelfRating::OnTrack));
    let mut asked = Vec::new();
    if let Some(until) = reason.asked_until {
        asked.push(format!("Đã yêu cầu giải trình trước 17:00 ngày {}", words::date(until)));
    }
    if reason.is_urged_today {
        asked.push("Hôm nay đã đôn đốc".to_owned());
    }
    LateLine {
        initials: initials(&lead),
        title: task.work.clone(),
        code: task.code.clone(),
        who: if task.accountable.is_empty() {
            lead
        } else {
            format!("{lead} · {}", task.accountable)
        },
        due: around.due_words(ctx, task, late.status),
        is_why_missing: reason.explanation.is_empty() && reason.difficulties.is_empty(),
        why,
        doubt: match says.filter(|_| is_doubted) {
            Some(says) => {
                format!(
                    "Đơn vị tự đánh giá “{}”, dữ liệu cho thấy đã quá hạn.",
                    says.label().to_lowercase()
                )
            }
            None => String::new(),
        },
        asked: asked.join(". "),
        can_ask: late.may_press && reason.asked_until.is_none(),
        can_urge: late.may_press
            && !reason.is_urged_today
            && task.stage != crate::model::Stage::Reported,
    }
}

fn at_day(at: i64) -> chrono::DateTime<chrono::Utc> {
    chrono::DateTime::from_timestamp_micros(at).unwrap_or_default()
}

fn agencies(view: &LeaderView) -> Vec<AgencyLine> {
    let line = |it: &actions::LateAgency| AgencyLine {
        name: it.name.clone(),
        overdue: it.counts.open_overdue,
        dated: it.counts.dated,
        share_bp: crate::model::share_bp(it.counts.open_overdue, it.counts.dated).unwrap_or(0),
        href: format!("/ket-qua/co-quan/{}?pham-vi=noi-bo", it.code),
    };
    view.agencies.iter().map(line).collect()
}

/// The first `most` characters of `text`, on one line, cut at a word.
fn short(text: &str, most: usize) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.chars().count() <= most {
        return text;
    }
    let head: String = text.chars().take(most).collect();
    let cut = head.rsplit_once(' ').map_or(head.as_str(), |(start, _)| start);
    format!("{}…", cut.trim_end_matches([',', ';', '.']))
}

/// Two letters that stand for an agency: of its last two words.
fn initials(name: &str) -> String {
    let words: Vec<&str> = name.split_whitespace().collect();
    let last = words.iter().rev().take(2).rev();
    last.filter_map(|it| it.chars().next()).flat_map(char::to_uppercase).collect()
}

impl LeaderPage {
    /// What has become of the tasks with a deadline: code of a status and how many.
    fn parts(&self) -> [(&'static str, i64); 4] {
        let it = &self.counts;
        [
            ("done", it.done_on_time),
            ("late", it.done_late),
            ("run", it.open_in_time),
            ("over", it.open_overdue),
        ]
    }

    fn sentence(&self) -> String {
        let part = |(code, n): (&'static str, i64)| {
            format!("{} {}", sauro_ui::status_words(code).to_lowercase(), words::number(n))
        };
        self.parts().map(part).join(", ")
    }
}
