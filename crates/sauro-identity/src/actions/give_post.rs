use chrono::NaiveDate;
use sauro_journal::{Event, append};
use sauro_kernel::{AccountId, Ctx, Line, Over, PostId, Right, Role};
use sauro_store::Conn;
use serde_json::json;

use super::manage::managed_other;
use crate::model::Term;
use crate::store::agencies;
use crate::store::posts::{self, NewPost};
use crate::{Fault, Identity, IdentityError};

/// A seat to hand out.
#[derive(Debug, Clone)]
pub struct NewSeat {
    /// Official code of the agency.
    pub agency_code: String,
    /// What the seat is for.
    pub role: Role,
    /// The words on screen; empty means those of the role.
    pub title: String,
    /// The first day; today when there is none.
    pub from: Option<NaiveDate>,
    /// The last day, if there is one.
    pub to: Option<NaiveDate>,
}

/// Gives an account a seat in an agency that the caller manages. Nobody gives one to themselves.
///
/// # Errors
///
/// [`IdentityError::Invalid`] names the fields; [`IdentityError::NotFound`] for an account elsewhere.
pub async fn give_post(
    ctx: &Ctx,
    identity: &Identity,
    account: AccountId,
    seat: &NewSeat,
) -> Result<PostId, IdentityError> {
    let mut conn = identity.db.write().await?;
    managed_other(&mut conn, ctx, account).await?;
    let post = put(&mut conn, ctx, account, seat).await?;
    conn.commit().await?;
    identity.forget_all();
    Ok(post)
}

/// Writes the seat, when the caller manages its agency.
pub(super) async fn put(
    conn: &mut Conn,
    ctx: &Ctx,
    account: AccountId,
    seat: &NewSeat,
) -> Result<PostId, IdentityError> {
    ctx.require(Right::ManageAccounts, ctx.actor.own())?;
    let mut faults = Vec::new();
    let term = Term { from: seat.from.unwrap_or_else(|| ctx.today()), to: seat.to };
    if term.to.is_some_and(|to| to < term.from) {
        faults
            .push(Fault::new("den-ngay", "Ngày cuối phải từ ngày đầu trở đi. Sửa lại ngày cuối."));
    }
    if !Role::SEATS.contains(&seat.role) {
        faults.push(Fault::new("vai-tro", "Chọn vai trò của chức danh."));
    }
    let title = if seat.title.trim().is_empty() { seat.role.label() } else { &seat.title };
    let title = match Line::parse(title) {
        Ok(title) => Some(title),
        Err(err) => {
            faults.push(Fault::of_text("chuc-danh", "tên chức danh", err));
            None
        }
    };
    let agency = agencies::find_by_code(conn, seat.agency_code.trim(), ctx.today()).await?;
    let is_managed = |it: &agencies::Agency| {
        ctx.may(Right::ManageAccounts, Over { agency: it.id, path: &it.path })
    };
    let agency = agency.filter(is_managed);
    if agency.is_none() {
        let words = "Không có cơ quan mang mã này trong phạm vi quản trị. Kiểm tra lại mã cơ quan.";
        faults.push(Fault::new("co-quan", words));
    }
    let (Some(title), Some(agency), true) = (title, agency, faults.is_empty()) else {
        return Err(IdentityError::Invalid(faults));
    };
    let id = PostId(ctx.ids.fresh());
    let post = NewPost {
        id,
        account,
        agency: agency.id,
        role: seat.role,
        title: title.as_str(),
        term,
        lent_from: None,
    };
    posts::insert(conn, post).await?;
    let data = json!({
        "post": id, "role": seat.role.code(), "agency": agency.id, "agency_name": agency.name,
        "from": term.from, "to": term.to,
    });
    append(conn, ctx, Event::new("PostGiven", "account", account, data)).await?;
    Ok(id)
}
