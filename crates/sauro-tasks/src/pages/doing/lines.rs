//! Duties as lines of a page: what it is, how long there is, and the one thing to press.

use sauro_kernel::Ctx;
use sauro_ui::words;

use super::around::Around;
use crate::actions::{Approval, Duty, Entry, Group};
use crate::model::{Draft, ReportState, Section, Stage};

/// One line of work.
pub(super) struct Line {
    /// What tells it from the other lines, so that the place is found again.
    pub(super) key: String,
    pub(super) status: &'static str,
    pub(super) title: String,
    pub(super) code: String,
    pub(super) due: String,
    pub(super) meta: String,
    pub(super) href: String,
    pub(super) act: &'static str,
    /// What may be ticked, on a page where things are done together.
    pub(super) ticks: Vec<Tick>,
    /// Other lines of this page come from the same task; its id.
    pub(super) kin: Option<String>,
}

/// A box to tick.
pub(super) struct Tick {
    pub(super) value: String,
    pub(super) label: String,
    pub(super) is_on: bool,
}

/// A section as a page shows it.
pub(super) struct Block {
    pub(super) section: Section,
    pub(super) count: String,
    pub(super) lines: Vec<Line>,
    /// There is more than what is shown.
    pub(super) has_more: bool,
    /// Its things can be done together.
    pub(super) is_batch: bool,
}

/// Writes duties as lines.
pub(super) struct Lines<'a> {
    pub(super) ctx: &'a Ctx,
    pub(super) around: &'a Around,
}

/// How many, as a heading says it.
pub(super) fn count_words(count: i64) -> String {
    const MOST: i64 = 1000;
    if count > MOST { format!("hơn {}", words::number(MOST)) } else { words::number(count) }
}

/// True when alike things of `section` can be done in one go.
pub(super) fn is_batch(section: Section) -> bool {
    matches!(section, Section::ToSend | Section::ToVerify | Section::ToApprove)
}

impl Lines<'_> {
    pub(super) fn block(&self, group: &Group) -> Block {
        let lines: Vec<Line> =
            group.entries.iter().map(|it| self.line(group.section, it)).collect();
        let n_shown = i64::try_from(lines.len()).unwrap_or(i64::MAX);
        Block {
            section: group.section,
            count: count_words(group.count),
            has_more: group.next.is_some(),
            is_batch: is_batch(group.section) && group.count.min(n_shown) > 1,
            lines,
        }
    }

    pub(super) fn line(&self, section: Section, entry: &Entry) -> Line {
        match entry {
            Entry::Task(duty) => match section {
                Section::ToSend => self.to_send(duty),
                Section::ToVerify => self.to_verify(duty),
                Section::WithLeader | Section::WithAuthority => self.waiting(duty),
                Section::ToExplain | Section::ToRead => self.explanation(duty),
                Section::ToExtend | Section::Extending => self.extension(section, duty),
                _ => self.to_report(duty),
            },
            Entry::Approval(approval) => to_approve(approval),
            Entry::Draft(draft) => self.to_issue(draft),
        }
    }

    fn of_task(&self, duty: &Duty, meta: String, end: &str, act: &'static str) -> Line {
        Line {
            key: duty.task.code.clone(),
            status: duty.status.code(),
            title: duty.task.work.clone(),
            code: duty.task.code.clone(),
            due: self.around.due_words(self.ctx, &duty.task, duty.status),
            meta,
            href: format!("/nhiem-vu/{}{end}", duty.task.code),
            act,
            ticks: Vec::new(),
            kin: None,
        }
    }

    fn to_report(&self, duty: &Duty) -> Line {
        let is_returned = duty.task.stage == Stage::Returned;
        let (meta, act) = match &duty.begun {
            Some(begun) if begun.is_handed_back => {
                ("Lãnh đạo đã chuyển lại bản nháp".to_owned(), "Viết tiếp")
            }
            Some(begun) => {
                let at = words::datetime(begun.changed_at);
                (format!("Đã có bản nháp lúc {at}"), "Viết tiếp")
            }
            None if is_returned => ("Bị trả lại, xem lý do rồi làm lại".to_owned(), "Làm lại"),
            None => (String::new(), "Báo cáo"),
        };
        self.of_task(duty, meta, "/bao-cao", act)
    }

    fn to_send(&self, duty: &Duty) -> Line {
        let Some(report) = &duty.report else { return self.to_report(duty) };
        let since = words::datetime(report.changed_at);
        let tick = Tick {
            value: format!("{}:{}:{}", report.id, report.version, duty.task.code),
            label: format!("Chọn báo cáo {}", duty.task.code),
            is_on: false,
        };
        let line = self.of_task(duty, format!("Trình lúc {since}"), "/bao-cao", "Xem và ký gửi");
        Line { ticks: vec![tick], ..line }
    }

    fn to_verify(&self, duty: &Duty) -> Line {
        let lead = self.around.name(duty.task.lead);
        let task = &duty.task;
        let tick = |(id, ordinal, name): &(sauro_kernel::DeliverableId, i64, String)| Tick {
            value: format!("{}:{}:{id}:{}", task.id, task.version, task.code),
            label: format!("Sản phẩm {ordinal}: {name}"),
            is_on: false,
        };
        let line = self.of_task(duty, format!("{lead} báo xong"), "/nghiem-thu", "Nghiệm thu");
        Line {
            ticks: duty.reported.iter().map(tick).collect(),
            kin: task.parent.map(|it| it.to_string()),
            ..line
        }
    }

    fn waiting(&self, duty: &Duty) -> Line {
        let meta = match &duty.report {
            Some(report) if report.state == ReportState::Submitted => {
                format!("Chờ lãnh đạo ký gửi, trình lúc {}", words::datetime(report.changed_at))
            }
            _ => format!("Chờ {} nghiệm thu", self.around.name(duty.task.authority)),
        };
        self.of_task(duty, meta, "", "Xem")
    }

    fn explanation(&self, duty: &Duty) -> Line {
        let Some(it) = &duty.explanation else { return self.waiting(duty) };
        let is_late = it.is_late(self.ctx.now_us());
        let line = if let Some(at) = it.answered_at {
            let lead = self.around.name(duty.task.lead);
            let meta = format!("{lead} giải trình lúc {}", words::datetime(at));
            self.of_task(duty, meta, "/giai-trinh", "Xem giải trình")
        } else {
            let meta = format!("{} yêu cầu: {}", self.around.name(it.asked_by_agency), it.question);
            self.of_task(duty, meta, "/giai-trinh", "Giải trình")
        };
        let due = format!("Hạn giải trình 17:00 ngày {}", words::date(it.due_on));
        Line {
            key: it.id.to_string(),
            status: if is_late { "over" } else { "soon" },
            due: if is_late { format!("{due}, đã trễ") } else { due },
            ..line
        }
    }

    fn extension(&self, section: Section, duty: &Duty) -> Line {
        let Some(it) = &duty.extension else { return self.waiting(duty) };
        let who = self.around.name(it.asked_by_agency);
        let meta = format!("{who} xin đến {}: {}", words::date(it.to_on), it.reason);
        let act = if section == Section::ToExtend { "Xem và quyết định" } else { "Xem" };
        Line { key: it.id.to_string(), ..self.of_task(duty, meta, "/gia-han", act) }
    }

    fn to_issue(&self, draft: &Draft) -> Line {
        let leads: Vec<String> =
            draft.body.leads.iter().take(3).map(|it| self.around.name(*it)).collect();
        let more = if draft.body.leads.len() > 3 { " và các cơ quan khác" } else { "" };
        let due = draft.body.deadline.due_on.map(words::date).unwrap_or_default();
        Line {
            key: draft.id.to_string(),
            status: "soon",
            title: draft.body.work.clone(),
            code: String::new(),
            due: format!("Hạn {due}"),
            meta: format!(
                "{}{more} chủ trì, trình lúc {}",
                leads.join(", "),
                words::datetime(draft.changed_at)
            ),
            href: format!("/chi-dao/du-thao/{}", draft.id),
            act: "Xem dự thảo",
            ticks: vec![Tick {
                value: draft.id.to_string(),
                label: "Chọn dự thảo này".to_owned(),
                is_on: false,
            }],
            kin: None,
        }
    }
}

fn to_approve(it: &Approval) -> Line {
    let title = match (it.number.as_str(), it.subject.as_str()) {
        ("", "") => "Nhiệm vụ nhập tay".to_owned(),
        (number, "") => number.to_owned(),
        ("", subject) => subject.to_owned(),
        (number, subject) => format!("{number}: {subject}"),
    };
    Line {
        key: it.directive.map_or_else(|| "nhap-tay".to_owned(), |id| id.to_string()),
        status: "soon",
        title: format!("Duyệt giao {} dự thảo nhiệm vụ: {title}", it.n_drafts),
        code: String::new(),
        due: format!("Chờ duyệt từ {}", words::datetime(it.since)),
        meta: String::new(),
        href: it
            .directive
            .map_or_else(|| "/chi-dao/du-thao".to_owned(), |id| format!("/chi-dao/{id}")),
        act: "Xem và duyệt",
        ticks: Vec::new(),
        kin: None,
    }
}
