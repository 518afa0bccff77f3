//! Opinions on what an agency consults everybody about.

use sauro_journal::Event;
use sauro_kernel::{Ctx, PortalItemId};
use sauro_store::flood::try_of;
use sauro_store::{Db, tries};
use serde_json::json;
use uuid::Uuid;

use super::hold::Hold;
use crate::model::{Act, Item, Opinion, Stance, line, prose};
use crate::{PortalError, store};

/// Opinions on one page.
const PAGE: u16 = 50;

/// An opinion as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OpinionFields {
    /// The code of the stance.
    pub stance: String,
    /// Đối tượng góp ý.
    pub giver: String,
    /// The words.
    pub body: String,
}

const TOO_MANY: &str = "Từ nơi này vừa có rất nhiều ý kiến. Chờ một giờ rồi gửi lại.";

/// Who may say that they give an opinion; what is typed beside that is refused, so that nobody leaves a name.
pub const GIVERS: [&str; 5] = [
    "Người dân",
    "Cán bộ, công chức",
    "Chuyên gia, nhà khoa học",
    "Doanh nghiệp, hiệp hội",
    "Cơ quan, tổ chức",
];

/// Opinions taken from one place within an hour: a school or an office may share an address.
const MOST_AN_HOUR: i64 = 60;

/// Takes an opinion on the consultation at `slug` from `source`, as the server sees it. `key` is of the form: sent
/// again it counts once.
///
/// # Errors
///
/// [`PortalError::NotFound`] when there is no such consultation, [`PortalError::NotNow`] outside of its days or when
/// one place sends without end, [`PortalError::Invalid`] with every fault.
pub async fn opine(
    ctx: &Ctx,
    db: &Db,
    (slug, key, source): (&str, Uuid, &str),
    fields: &OpinionFields,
) -> Result<Item, PortalError> {
    let mut conn = db.write().await?;
    let missing = PortalError::NotFound("consultation");
    let id = store::addresses::leads_to(&mut conn, slug).await?;
    let Some(id) = id else { return Err(missing) };
    let item = store::items::find(&mut conn, id).await?;
    let Some(item) = item.filter(|it| it.state.is_listed()) else { return Err(missing) };
    let found = store::consultations::find(&mut conn, id).await?;
    let Some(consultation) = found else { return Err(missing) };
    let opinion = read(ctx, key, fields).map_err(PortalError::Invalid)?;
    if !consultation.is_open(ctx.today()) {
        return Err(PortalError::NotNow("Đợt lấy ý kiến này đã đóng hoặc chưa mở."));
    }
    let hour = try_of(ctx.now_us(), "opinion", source);
    let is_flood = tries::n(&mut conn, &hour).await? >= MOST_AN_HOUR;
    if store::consultations::add(&mut conn, id, &opinion).await? {
        if is_flood {
            // Not committed: what was added goes with the transaction.
            return Err(PortalError::NotNow(TOO_MANY));
        }
        tries::count(&mut conn, &hour, ctx.now_us()).await?;
        // Not the words: they are for the agency that asked.
        let data = json!({ "stance": opinion.stance.code() });
        let event = Event::new("PortalOpinionGiven", "portal", id, data);
        sauro_journal::append(&mut conn, ctx, event).await?;
        conn.commit().await?;
    }
    Ok(item)
}

fn read(ctx: &Ctx, key: Uuid, fields: &OpinionFields) -> Result<Opinion, Vec<(String, String)>> {
    let mut faults = Vec::new();
    let stance = Stance::of_code(&fields.stance);
    if stance.is_none() {
        faults.push(("y-kien".to_owned(), "Chọn một trong ba ý kiến.".to_owned()));
    }
    let giver = line("doi-tuong", "đối tượng góp ý", &fields.giver, (60, true), &mut faults);
    if !giver.is_empty() && !GIVERS.contains(&giver.as_str()) {
        let words = "Chọn đối tượng góp ý trong danh sách.";
        faults.push(("doi-tuong".to_owned(), words.to_owned()));
    }
    let body = prose("noi-dung", "nội dung góp ý", &fields.body, 10_000, &mut faults);
    if matches!(stance, Some(Stance::Against | Stance::Partly)) && body.is_empty() {
        let words = "Viết điều chưa tán thành và đề nghị sửa thế nào.";
        faults.push(("noi-dung".to_owned(), words.to_owned()));
    }
    match stance {
        Some(stance) if faults.is_empty() => {
            Ok(Opinion { id: key, stance, giver, body, at: ctx.now_us() })
        }
        _ => Err(faults),
    }
}

/// Opinions on the consultation `id` of the caller's agency before `before`, the newest first.
///
/// # Errors
///
/// [`PortalError::NotFound`] for another agency's.
pub async fn opinions(
    ctx: &Ctx,
    db: &Db,
    (id, before): (PortalItemId, Option<Uuid>),
) -> Result<Vec<Opinion>, PortalError> {
    let mut conn = db.read().await?;
    Hold::look(ctx, &mut conn, id, Act::Look).await?;
    let asked = (before.unwrap_or(Uuid::max()), PAGE);
    Ok(store::consultations::opinions(&mut conn, id, asked).await?)
}
