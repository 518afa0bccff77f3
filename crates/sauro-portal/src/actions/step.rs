//! The way of an item: from its writer to everybody, and back.

use sauro_kernel::{Ctx, PortalItemId, VIETNAM};
use sauro_store::{Conn, Db};
use serde_json::{Value, json};

use super::hold::Hold;
use super::let_out::{let_out, take_in};
use super::vet::{agree, is_ripe, object};
use super::write::add;
use crate::model::{Act, Content, Details, Item, Kind, State, moment, prose, remarks};
use crate::{PortalError, store};

/// A step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// To the editors.
    Submit,
    /// To the leader; a correction says what it corrects.
    HandUp(String),
    /// Back, with a reason.
    SendBack(String),
    /// The legal opinion: nothing stands against it; with words, or none.
    Agree(String),
    /// The legal opinion: what has to be changed.
    Object(String),
    /// Out: at once, or at the moment typed (`YYYY-MM-DDTHH:MM`, Viet Nam's clock).
    Approve(String),
    /// No longer at its moment.
    Unschedule,
    /// A correction is begun.
    Correct,
    /// The correction is given up.
    DropCorrection,
    /// Taken down, with a reason that everybody reads.
    Withdraw(String),
    /// To the archive.
    Archive,
}

impl Step {
    fn act(&self) -> Act {
        match self {
            Self::Submit => Act::Submit,
            Self::HandUp(_) => Act::HandUp,
            Self::SendBack(_) => Act::SendBack,
            Self::Agree(_) => Act::Agree,
            Self::Object(_) => Act::Object,
            Self::Approve(_) => Act::Approve,
            Self::Unschedule => Act::Unschedule,
            Self::Correct => Act::Correct,
            Self::DropCorrection => Act::DropCorrection,
            Self::Withdraw(_) => Act::Withdraw,
            Self::Archive => Act::Archive,
        }
    }
}

/// What is told of a step: the kind of the entry, and its particulars.
pub(super) type Told = (&'static str, Value);

/// Takes the item `id`, as its caller read it (`stamp`), one step further.
///
/// # Errors
///
/// [`PortalError::Stale`] when it was changed since; [`PortalError::Denied`] without the right;
/// [`PortalError::NotNow`] to whoever would let out their own words; [`PortalError::Invalid`] with what is lacking;
/// [`PortalError::NotFound`] for another agency's.
pub async fn step(
    ctx: &Ctx,
    db: &Db,
    (id, stamp): (PortalItemId, i64),
    step: &Step,
) -> Result<Item, PortalError> {
    let mut conn = db.write().await?;
    let mut hold = Hold::take(ctx, &mut conn, id, (step.act(), Some(stamp))).await?;
    let told = match step {
        Step::Submit => moved(&mut hold, State::Editing, "PortalItemSubmitted"),
        Step::HandUp(note) => hand_up(&mut conn, &mut hold, note).await?,
        Step::SendBack(reason) => send_back(&mut hold, reason)?,
        Step::Agree(words) => agree(ctx, &mut conn, &mut hold, words).await?,
        Step::Object(words) => object(ctx, &mut conn, &mut hold, words).await?,
        Step::Approve(at) => approve(ctx, &mut conn, &mut hold, at).await?,
        Step::Unschedule => {
            hold.item.publish_at = None;
            moved(&mut hold, State::Waiting, "PortalItemUnscheduled")
        }
        Step::Correct => moved(&mut hold, State::Correcting, "PortalCorrectionBegun"),
        Step::DropCorrection => drop_correction(ctx, &mut conn, &mut hold).await?,
        Step::Withdraw(reason) => withdraw(ctx, &mut conn, &mut hold, reason).await?,
        Step::Archive => {
            let touched = take_in(&mut conn, &hold).await?;
            hold.item.changed_at = ctx.now_us();
            hold.item.state = State::Archived;
            ("PortalItemArchived", json!({ "around": touched }))
        }
    };
    // Whoever had it open hands it on with the step.
    store::holders::release(&mut conn, id).await?;
    hold.keep(ctx, &mut conn).await?;
    hold.tell(ctx, &mut conn, told).await?;
    conn.commit().await?;
    Ok(hold.item)
}

pub(super) fn moved(hold: &mut Hold, state: State, kind: &'static str) -> Told {
    hold.item.state = state;
    (kind, json!({}))
}

async fn newest(conn: &mut Conn, item: &Item) -> Result<Content, PortalError> {
    let version = store::versions::find(conn, item.id, item.version_n).await?;
    Ok(version.ok_or(PortalError::NotFound("version"))?.content)
}

async fn hand_up(conn: &mut Conn, hold: &mut Hold, note: &str) -> Result<Told, PortalError> {
    let content = newest(conn, &hold.item).await?;
    let mut faults = lacks(hold.item.kind, &content);
    let is_correction = hold.item.state == State::Correcting;
    let note = prose("ghi-chu", "ghi chú đính chính", note, 500, &mut faults);
    if is_correction && note.is_empty() {
        let words = "Ghi điều đã đính chính: người đọc thấy ghi chú này ở đầu bài.";
        faults.push(("ghi-chu".to_owned(), words.to_owned()));
    }
    if is_correction && hold.item.live_n == Some(hold.item.version_n) {
        let words = "Chưa có gì đổi so với bản đang đăng. Sửa nội dung rồi ghi phiên bản trước.";
        faults.push(("ghi-chu".to_owned(), words.to_owned()));
    }
    if !faults.is_empty() {
        return Err(PortalError::Invalid(faults));
    }
    // Until a leader has seen it, the note is not for everybody.
    hold.item.reason = if is_correction { note } else { String::new() };
    let is_vetted = hold.section.roles.needs_vetting();
    hold.item.state = match (is_correction, is_vetted) {
        (false, false) => State::Waiting,
        (true, false) => State::Rechecking,
        (false, true) => State::Vetting,
        (true, true) => State::Revetting,
    };
    if !is_vetted {
        return Ok(("PortalItemHandedUp", json!({})));
    }
    let seats: Vec<&str> = hold.section.roles.vetters.iter().map(|it| it.code()).collect();
    Ok(("PortalOpinionAsked", json!({ "seats": seats })))
}

/// What must be mended before a leader sees it.
fn lacks(kind: Kind, content: &Content) -> Vec<(String, String)> {
    let mut faults: Vec<(String, String)> = remarks(content)
        .into_iter()
        .filter(|it| it.is_grave)
        .map(|it| match it.block {
            0 => ("khoi-1".to_owned(), it.words),
            n => (format!("khoi-{n}"), format!("Khối {n}: {}", it.words)),
        })
        .collect();
    let needs = matches!(kind, Kind::Document | Kind::Event | Kind::Consultation);
    if needs && content.details == Details::None {
        let words = "Điền phần thông tin riêng rồi ghi phiên bản trước khi trình.";
        faults.push(("thong-tin".to_owned(), words.to_owned()));
    }
    faults
}

fn send_back(hold: &mut Hold, reason: &str) -> Result<Told, PortalError> {
    let reason = needed("ly-do", "lý do trả lại", reason)?;
    let state = match hold.item.state {
        State::Editing => State::Draft,
        State::Revetting | State::Rechecking => State::Correcting,
        _ => State::Editing,
    };
    hold.item.reason = reason;
    Ok(moved(hold, state, "PortalItemSentBack"))
}

async fn approve(
    ctx: &Ctx,
    conn: &mut Conn,
    hold: &mut Hold,
    typed: &str,
) -> Result<Told, PortalError> {
    is_ripe(conn, hold).await?;
    if typed.trim().is_empty() {
        let note = std::mem::take(&mut hold.item.reason);
        let touched = let_out(ctx, conn, hold).await?;
        if hold.item.state == State::Corrected {
            hold.item.note = note;
        }
        let is_correction = hold.item.state == State::Corrected;
        let kind = if is_correction { "PortalItemCorrected" } else { "PortalItemPublished" };
        return Ok((kind, json!({ "title": hold.item.live_title, "around": touched })));
    }
    if hold.item.state == State::Rechecking {
        let words = "Đính chính đăng ngay khi duyệt. Để trống giờ đăng.";
        return Err(PortalError::of_field("gio-dang", words));
    }
    let mut faults = Vec::new();
    let at = moment("gio-dang", "giờ đăng", typed, &mut faults);
    let at = at.and_then(|it| it.and_local_timezone(VIETNAM).single());
    let Some(at) = at.map(|it| it.timestamp_micros()).filter(|it| *it > ctx.now_us()) else {
        let words = "Chọn giờ đăng sau bây giờ, hoặc để trống để đăng ngay.";
        return Err(PortalError::of_field("gio-dang", words));
    };
    hold.item.publish_at = Some(at);
    hold.item.reason = String::new();
    hold.item.state = State::Scheduled;
    Ok(("PortalItemScheduled", json!({ "publish_at": at })))
}

async fn drop_correction(ctx: &Ctx, conn: &mut Conn, hold: &mut Hold) -> Result<Told, PortalError> {
    let live = hold.item.live_n.ok_or(PortalError::Stale)?;
    if live != hold.item.version_n {
        let version = store::versions::find(conn, hold.item.id, live).await?;
        let content = version.ok_or(PortalError::NotFound("version"))?.content;
        let note = format!("Bỏ đính chính, trở lại phiên bản {live}");
        add(ctx, conn, hold, (content, &note)).await?;
        hold.item.live_n = Some(hold.item.version_n);
    }
    hold.item.reason = String::new();
    let state = if hold.item.note.is_empty() { State::Published } else { State::Corrected };
    Ok(moved(hold, state, "PortalCorrectionDropped"))
}

async fn withdraw(
    ctx: &Ctx,
    conn: &mut Conn,
    hold: &mut Hold,
    reason: &str,
) -> Result<Told, PortalError> {
    hold.item.reason = needed("ly-do", "lý do gỡ bài", reason)?;
    hold.item.changed_at = ctx.now_us();
    let touched = take_in(conn, hold).await?;
    hold.item.state = State::Withdrawn;
    Ok(("PortalItemWithdrawn", json!({ "around": touched })))
}

pub(super) fn needed(field: &str, label: &str, typed: &str) -> Result<String, PortalError> {
    let mut faults = Vec::new();
    let words = prose(field, label, typed, 500, &mut faults);
    if words.is_empty() && faults.is_empty() {
        faults.push((field.to_owned(), format!("Nhập {label}.")));
    }
    if faults.is_empty() { Ok(words) } else { Err(PortalError::Invalid(faults)) }
}
