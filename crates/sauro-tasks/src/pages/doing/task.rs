use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::Html;
use sauro_journal::EntryId;
use sauro_kernel::Ctx;
use sauro_store::Db;
use sauro_ui::{Caller, Chrome, Failure, filters, page};
use serde::Deserialize;

use super::around::Around;
use super::below::{Row, lacking_words, rollup_words, rows};
use super::beside;
use super::children::{Child, Children, worst};
use super::form::{Piece, Product, pieces, products};
use super::timeline::{Told, told};
use crate::actions::{self, TaskView};
use crate::model::{
    Deliverable, DeliverableStage, Report, ReportFields, SelfRating, Stage, Status, Task,
    period_words, share_bp,
};

/// Partners named before the rest is only counted.
const NAMED_PARTNERS: usize = 6;

/// The one thing this seat should do next.
struct Next {
    status: &'static str,
    title: String,
    words: String,
    href: String,
    act: &'static str,
}

struct Sent {
    report: Report,
    sent_at: i64,
    receipt: String,
    claims: Vec<(i64, &'static str)>,
    pieces: Vec<Piece>,
}

/// What the caller has just done, told by the address it came back to.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Just {
    vua: String,
    n: String,
}

impl Just {
    pub(super) fn words(&self) -> String {
        match self.vua.as_str() {
            "giao-xuong" => {
                let n: u32 = self.n.parse().unwrap_or(0);
                format!("Đã giao xuống {n} nhiệm vụ, nối với nhiệm vụ này.")
            }
            "nghiem-thu" => "Đã ghi nhận kết quả nghiệm thu.".to_owned(),
            "xin-gia-han" => {
                "Đã gửi đề nghị gia hạn. Hạn cũ còn hiệu lực đến khi được đồng ý.".to_owned()
            }
            "gia-han" => "Đã đồng ý gia hạn. Hạn ban đầu vẫn được giữ.".to_owned(),
            "khong-gia-han" => "Đã trả lời không đồng ý gia hạn.".to_owned(),
            "rut-gia-han" => "Đã rút đề nghị gia hạn.".to_owned(),
            "yeu-cau-giai-trinh" => "Đã gửi yêu cầu giải trình.".to_owned(),
            "giai-trinh" => "Đã gửi giải trình.".to_owned(),
            "tiep-nhan" => "Đã tiếp nhận giải trình.".to_owned(),
            "don-doc" => "Đã gửi đôn đốc.".to_owned(),
            "tam-dung" => "Đã tạm dừng nhiệm vụ.".to_owned(),
            "mo-lai" => "Đã mở lại nhiệm vụ.".to_owned(),
            "quy-tac" => "Đã ghi quy tắc cộng gộp.".to_owned(),
            "huy" => "Đã hủy nhiệm vụ.".to_owned(),
            _ => String::new(),
        }
    }
}

#[derive(Template)]
#[template(path = "doing/task.html")]
struct TaskPage {
    chrome: Chrome,
    /// What the caller has just done here, or empty.
    said: String,
    task: Task,
    /// An issued task lacks no clarity.
    missing: [usize; 0],
    status: &'static str,
    due: String,
    lead: String,
    partners: String,
    issuer: String,
    authority: String,
    programme: String,
    self_rating: &'static str,
    is_doubted: bool,
    next: Option<Next>,
    products: Vec<Product>,
    n_products: usize,
    reports: Vec<Sent>,
    children: Children,
    /// Those handed down that are open and nearest to their deadline, or farthest past it.
    worst: Vec<Child>,
    /// How many of them are verified and by which rule, or empty; and what is lacking.
    rollup: String,
    lacking: String,
    /// Of recurring work: its periods, and whether there are more.
    periods: Vec<Row>,
    more_periods: bool,
    is_recurring: bool,
    /// The period that this task is, in words, or empty.
    period: String,
    parent: Option<(String, String)>,
    timeline: Vec<Told>,
    more: String,
    hands_down: bool,
    /// What waits beside the work: status, words, address, label.
    pending: Vec<(&'static str, String, &'static str, &'static str)>,
    /// What else may be done here: end of the address and label.
    other_acts: Vec<(&'static str, &'static str)>,
}

/// `GET /nhiem-vu/{code}`.
pub(super) async fn show(
    Caller(ctx): Caller,
    State(db): State<Db>,
    Path(code): Path<String>,
    Query(just): Query<Just>,
    around: Around,
    chrome: Chrome,
) -> Result<Html<String>, Failure> {
    let view = actions::task_view(&ctx, &db, &code).await?;
    let worst = match view.children.total {
        0 => Vec::new(),
        _ => worst(&ctx, &db, &around, view.task.id).await?,
    };
    let rating = SelfRating::of_code(&view.task.self_rating);
    let is_late = matches!(view.status, Status::Overdue | Status::DoneLate);
    let says_well = matches!(rating, Some(SelfRating::Done | SelfRating::OnTrack));
    page(&TaskPage {
        chrome,
        said: just.words(),
        missing: [],
        status: view.status.code(),
        due: around.due_words(&ctx, &view.task, view.status),
        lead: around.name(view.task.lead),
        partners: partners(&view, &around),
        issuer: around.name(view.task.issuer),
        authority: around.name(view.task.authority),
        programme: view.programme.as_ref().map(|it| it.name.clone()).unwrap_or_default(),
        self_rating: rating.map_or("", SelfRating::label),
        is_doubted: says_well
            && (is_late || (rating == Some(SelfRating::Done) && !is_done(view.task.stage))),
        next: next(&ctx, &view, &around),
        products: products(&view.deliverables, &ReportFields::default(), &[]),
        n_products: view.deliverables.len(),
        reports: sent(&view),
        children: Children(view.children),
        worst,
        rollup: rollup_words(&view.rollup),
        lacking: lacking_words(&view.rollup),
        periods: rows(&ctx, &around, &view.periods),
        more_periods: view.periods.next.is_some(),
        is_recurring: view.task.cycle().is_some(),
        period: period_words(&view.task.period),
        parent: view.parent.as_ref().map(|it| (it.code.clone(), it.work.clone())),
        timeline: told(&around, &code, &view.deliverables, &view.timeline),
        more: more(&code, &view.timeline),
        hands_down: view.powers.hands_down,
        pending: beside::pending(&ctx, &view, &around),
        other_acts: beside::other_acts(&ctx, &view),
        task: view.task,
    })
}

#[derive(Template)]
#[template(path = "doing/history.html")]
struct HistoryPage {
    chrome: Chrome,
    task: Task,
    timeline: Vec<Told>,
    more: String,
}

/// Where an older part of the timeline starts.
#[derive(Deserialize)]
pub(super) struct Before {
    #[serde(default)]
    truoc: String,
}

/// `GET /nhiem-vu/{code}/dien-bien?truoc=…`.
pub(super) async fn history(
    Caller(ctx): Caller,
    State(db): State<Db>,
    Path(code): Path<String>,
    Query(before): Query<Before>,
    around: Around,
    chrome: Chrome,
) -> Result<Html<String>, Failure> {
    let before = before.truoc.parse().unwrap_or(uuid::Uuid::max());
    let (task, entries) = actions::task_history(&ctx, &db, &code, EntryId(before)).await?;
    let deliverables = actions::deliverables_of(&ctx, &db, &code).await?;
    let timeline = told(&around, &code, &deliverables, &entries);
    page(&HistoryPage { chrome, task, timeline, more: more(&code, &entries) })
}

/// The address of what is older than `entries`.
fn more(code: &str, entries: &[sauro_journal::Entry]) -> String {
    let is_first = entries.last().is_none_or(|it| it.kind == "TaskIssued");
    if is_first {
        return String::new();
    }
    entries
        .last()
        .map(|it| format!("/nhiem-vu/{code}/dien-bien?truoc={}", it.id.0))
        .unwrap_or_default()
}

fn is_done(stage: Stage) -> bool {
    matches!(stage, Stage::Verified | Stage::InUse)
}

fn partners(view: &TaskView, around: &Around) -> String {
    let named: Vec<String> =
        view.partners.iter().take(NAMED_PARTNERS).map(|id| around.name(*id)).collect();
    let rest = view.partners.len().saturating_sub(NAMED_PARTNERS);
    match (named.len(), rest) {
        (0, _) => String::new(),
        (_, 0) => named.join(", "),
        _ => format!("{} và {rest} cơ quan khác", named.join(", ")),
    }
}

fn sent(view: &TaskView) -> Vec<Sent> {
    let of = |it: &actions::ReportView| {
        let claims = it.items.iter().filter_map(|item| {
            let product = view.deliverables.iter().find(|it| it.id == item.deliverable)?;
            Some((product.ordinal, item.claim.label()))
        });
        Sent {
            sent_at: it.report.sent_at.unwrap_or_default(),
            receipt: it.report.receipt.clone().unwrap_or_default(),
            claims: claims.collect(),
            pieces: pieces(it),
            report: it.report.clone(),
        }
    };
    view.reports.iter().map(of).collect()
}

/// What this seat should do next, if anything.
fn next(ctx: &Ctx, view: &TaskView, around: &Around) -> Option<Next> {
    if matches!(view.task.stage, Stage::Paused | Stage::Cancelled | Stage::InUse) {
        return None;
    }
    let (title, words, end, act) =
        next_of_authority(view).or_else(|| next_of_lead(ctx, view, around))?;
    Some(Next {
        status: view.status.code(),
        title: title.to_owned(),
        words,
        href: format!("/nhiem-vu/{}{end}", view.task.code),
        act,
    })
}

/// Title, words, end of the address and label of a step.
type Step = (&'static str, String, &'static str, &'static str);

fn next_of_authority(view: &TaskView) -> Option<Step> {
    if !view.powers.verifies {
        return None;
    }
    let n_reported = view.to_verify().count();
    if n_reported > 0 {
        let words = format!(
            "{n_reported} sản phẩm đã báo xong. Xem minh chứng rồi nghiệm thu hoặc trả lại."
        );
        return Some(("Việc tiếp theo: nghiệm thu", words, "/nghiem-thu", "Nghiệm thu"));
    }
    let is_accepted = |it: &&Deliverable| it.stage == DeliverableStage::Accepted;
    let n_accepted = view.deliverables.iter().filter(is_accepted).count();
    let words =
        format!("{n_accepted} sản phẩm đã nghiệm thu. Khi thấy đang được dùng thì xác nhận.");
    let title = "Việc tiếp theo: xác nhận đang sử dụng";
    (n_accepted > 0).then_some((title, words, "/nghiem-thu", "Xác nhận đang sử dụng"))
}

fn next_of_lead(ctx: &Ctx, view: &TaskView, around: &Around) -> Option<Step> {
    let powers = view.powers;
    if !powers.is_of_lead() {
        return None;
    }
    if view.task.cycle().is_some() {
        let period = view.periods.to_report()?;
        let words = format!("{}: {}.", period_words(&period.period), period.work);
        return Some(("Việc tiếp theo: báo cáo kỳ đang mở", words, "/bao-cao", "Báo cáo kỳ này"));
    }
    let (title, words, act) = match view.task.stage {
        _ if view.is_submitted() && powers.sends => (
            "Việc tiếp theo: ký gửi báo cáo",
            "Chuyên viên đã trình bản báo cáo.".to_owned(),
            "Xem và ký gửi",
        ),
        _ if view.is_submitted() => {
            ("Đang chờ lãnh đạo ký gửi", "Báo cáo đã trình.".to_owned(), "Xem báo cáo")
        }
        Stage::Returned => {
            ("Việc tiếp theo: làm lại phần bị trả lại", returned(view), "Làm lại và báo cáo")
        }
        Stage::Reported => {
            let authority = around.name(view.task.authority);
            let words = format!("{authority} đang xem xét. Có thể bổ sung bằng một báo cáo mới.");
            ("Đang chờ nghiệm thu", words, "Bổ sung báo cáo")
        }
        Stage::Issued | Stage::InProgress => {
            let act = if view.open.is_some() { "Viết tiếp báo cáo" } else { "Báo cáo" };
            let due = around.due_words(ctx, &view.task, view.status);
            ("Việc tiếp theo: báo cáo", format!("{due}."), act)
        }
        Stage::Verified | Stage::InUse | Stage::Paused | Stage::Cancelled => return None,
    };
    Some((title, words, "/bao-cao", act))
}

fn returned(view: &TaskView) -> String {
    let last = view.reports.iter().find(|it| !it.report.reason.is_empty());
    last.map(|it| format!("Lý do: {}", it.report.reason)).unwrap_or_default()
}

impl Sent {
    /// What was claimed, in one line.
    fn claimed(&self) -> String {
        let words = self
            .claims
            .iter()
            .map(|(ordinal, claim)| format!("sản phẩm {ordinal}: {}", claim.to_lowercase()));
        words.collect::<Vec<_>>().join("; ")
    }

    fn status(&self) -> &'static str {
        match self.report.state.code() {
            "accepted" => "done",
            "returned" => "over",
            _ => "run",
        }
    }
}

impl TaskPage {
    /// The share of deliverables that the lead says are done.
    fn said_bp(&self) -> i64 {
        self.share_bp(3)
    }

    /// The share of deliverables that were accepted.
    fn shown_bp(&self) -> i64 {
        self.share_bp(4)
    }

    /// The share of deliverables that have come to `step`.
    fn share_bp(&self, step: u8) -> i64 {
        let n = self.products.iter().filter(|it| it.step >= step).count();
        let count = |n: usize| i64::try_from(n).unwrap_or(0);
        share_bp(count(n), count(self.n_products)).unwrap_or(0)
    }

    fn claim_words(&self) -> String {
        let n = self.products.iter().filter(|it| it.step == 3).count();
        match n {
            0 => "Theo số sản phẩm báo xong và số sản phẩm đã nghiệm thu.".to_owned(),
            n => format!("Lệch vì {n} sản phẩm báo xong mà chưa nghiệm thu."),
        }
    }

    /// Words for the stage of a product.
    fn product_status(&self, it: &Product) -> &'static str {
        match it.step {
            4 | 5 => "done",
            3 => "soon",
            _ if it.stage == DeliverableStage::Returned.label() => "over",
            _ => "run",
        }
    }
}
