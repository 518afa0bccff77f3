use askama::Template;
use axum::extract::State;
use axum::response::Html;
use chrono::NaiveDate;
use sauro_kernel::Ctx;
use sauro_store::Db;
use sauro_ui::{Caller, Chrome, Failure, filters, page, words};

use super::around::Around;
use crate::actions::{self, Approval, Duty, Today};
use crate::model::{Report, ReportState};

/// One line of work.
struct Line {
    status: &'static str,
    title: String,
    code: String,
    due: String,
    meta: String,
    href: String,
    act: &'static str,
}

#[derive(Template)]
#[template(path = "doing/today.html")]
struct TodayPage {
    chrome: Chrome,
    day: NaiveDate,
    first: Option<Line>,
    urgent: Vec<Line>,
    later: Vec<Line>,
    waiting: Vec<Line>,
    n_urgent: usize,
    n_overdue: usize,
    n_due_soon: usize,
    n_returned: usize,
    n_waiting: usize,
}

/// `GET /viec`.
pub(super) async fn show(
    Caller(ctx): Caller,
    State(db): State<Db>,
    around: Around,
    chrome: Chrome,
) -> Result<Html<String>, Failure> {
    let today = actions::today(&ctx, &db).await?;
    let lines = Lines { ctx: &ctx, around: &around };
    let mut urgent = lines.urgent(&today).into_iter();
    let first = urgent.next();
    page(&TodayPage {
        chrome,
        day: ctx.today(),
        first,
        urgent: urgent.collect(),
        later: today.later.iter().map(|it| lines.to_report(it)).collect(),
        waiting: today.waiting.iter().map(|it| lines.waiting(it)).collect(),
        n_urgent: today.n_urgent(),
        n_overdue: today.overdue.len(),
        n_due_soon: today.due_soon.len(),
        n_returned: today.returned.len(),
        n_waiting: today.waiting.len(),
    })
}

struct Lines<'a> {
    ctx: &'a Ctx,
    around: &'a Around,
}

impl Lines<'_> {
    fn urgent(&self, today: &Today) -> Vec<Line> {
        let owed = today.returned.iter().chain(&today.overdue).map(|it| self.to_report(it));
        let sends = today.to_send.iter().map(|it| self.to_send(it));
        let checks = today.to_verify.iter().map(|it| self.to_verify(it));
        let soon = today.due_soon.iter().map(|it| self.to_report(it));
        let approvals = today.to_approve.iter().map(approval);
        owed.chain(sends).chain(checks).chain(approvals).chain(soon).collect()
    }

    fn line(&self, duty: &Duty, meta: String, end: &str, act: &'static str) -> Line {
        Line {
            status: duty.status.code(),
            title: duty.task.work.clone(),
            code: duty.task.code.clone(),
            due: self.around.due_words(self.ctx, &duty.task, duty.status),
            meta,
            href: format!("/nhiem-vu/{}{end}", duty.task.code),
            act,
        }
    }

    fn to_report(&self, duty: &Duty) -> Line {
        let begun = |it: &Report| match it.reason.is_empty() {
            true => format!("Đã có bản nháp lúc {}", words::datetime(it.changed_at)),
            false => "Lãnh đạo đã chuyển lại bản nháp".to_owned(),
        };
        let is_returned = duty.task.stage == crate::model::Stage::Returned;
        let (meta, act) = match &duty.report {
            Some(report) => (begun(report), "Viết tiếp"),
            None if is_returned => ("Bị trả lại, xem lý do rồi làm lại".to_owned(), "Làm lại"),
            None => (String::new(), "Báo cáo"),
        };
        self.line(duty, meta, "/bao-cao", act)
    }

    fn to_send(&self, duty: &Duty) -> Line {
        let since =
            duty.report.as_ref().map(|it| words::datetime(it.changed_at)).unwrap_or_default();
        self.line(duty, format!("Trình lúc {since}"), "/bao-cao", "Xem và ký gửi")
    }

    fn to_verify(&self, duty: &Duty) -> Line {
        let lead = self.around.name(duty.task.lead);
        self.line(duty, format!("{lead} báo xong"), "/nghiem-thu", "Nghiệm thu")
    }

    fn waiting(&self, duty: &Duty) -> Line {
        let meta = match &duty.report {
            Some(report) if report.state == ReportState::Submitted => {
                format!("Chờ lãnh đạo ký gửi, trình lúc {}", words::datetime(report.changed_at))
            }
            _ => format!("Chờ {} nghiệm thu", self.around.name(duty.task.authority)),
        };
        self.line(duty, meta, "", "Xem")
    }
}

fn approval(it: &Approval) -> Line {
    let title = match (it.number.as_str(), it.subject.as_str()) {
        ("", "") => "Nhiệm vụ nhập tay".to_owned(),
        (number, "") => number.to_owned(),
        ("", subject) => subject.to_owned(),
        (number, subject) => format!("{number}: {subject}"),
    };
    Line {
        status: "soon",
        title: format!("Duyệt giao {} dự thảo nhiệm vụ: {title}", it.n_drafts),
        code: String::new(),
        due: format!("Chờ duyệt từ {}", words::datetime(it.since)),
        meta: String::new(),
        href: it.directive.map_or_else(|| "/chi-dao".to_owned(), |id| format!("/chi-dao/{id}")),
        act: "Xem và duyệt",
    }
}
