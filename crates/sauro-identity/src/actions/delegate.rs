use chrono::{Days, NaiveDate};
use sauro_journal::{Event, append};
use sauro_kernel::{Ctx, PostId, Right};
use serde_json::json;

use crate::model::{Login, Seat, Term};
use crate::store::accounts;
use crate::store::posts::{self, NewPost};
use crate::{Fault, Identity, IdentityError};

/// To whom the caller lends the present seat, and for which days.
#[derive(Debug, Clone)]
pub struct Loan {
    /// Login of the person, as typed.
    pub to_login: String,
    /// The first day.
    pub from: Option<NaiveDate>,
    /// The last day.
    pub until: Option<NaiveDate>,
}

/// Longest loan, in days: who is away for longer gets a successor.
const LONGEST_DAYS: u64 = 92;

/// Lends the caller's present seat (ủy quyền). The other person then acts in the caller's agency and
/// role, shown as acting on the caller's behalf, until the last day. A lent seat is never lent on.
///
/// # Errors
///
/// [`IdentityError::Invalid`] names every field to mend.
pub async fn delegate(
    ctx: &Ctx,
    identity: &Identity,
    loan: &Loan,
) -> Result<PostId, IdentityError> {
    ctx.require(Right::Delegate, ctx.actor.own())?;
    let mut conn = identity.db.write().await?;
    let seat = posts::find(&mut conn, ctx.actor.post).await?;
    let seat = seat.filter(|it| it.account == ctx.actor.account && it.is_valid_on(ctx.today()));
    let seat = seat.ok_or(IdentityError::NotFound("seat"))?;
    if seat.lender.is_some() {
        return Err(IdentityError::Refused(
            "Chức danh đang dùng là được ủy quyền nên không ủy quyền tiếp được. Đổi sang chức danh của mình.",
        ));
    }
    let mut faults = Vec::new();
    let term = term_of(ctx, &seat, loan, &mut faults);
    let account = match Login::parse(&loan.to_login) {
        Some(login) => accounts::find_by_login(&mut conn, login.as_str()).await?,
        None => None,
    };
    let account = account.filter(|it| it.disabled_at.is_none());
    match &account {
        None => faults.insert(
            0,
            Fault::new(
                "nguoi-nhan",
                "Không có tài khoản đang dùng nào mang tên đăng nhập này. Kiểm tra lại.",
            ),
        ),
        Some(it) if it.account() == ctx.actor.account => {
            faults.insert(
                0,
                Fault::new(
                    "nguoi-nhan",
                    "Không ủy quyền cho chính mình. Nhập tên đăng nhập của người khác.",
                ),
            );
        }
        Some(_) => {}
    }
    let (Some(account), Some(term), true) = (account, term, faults.is_empty()) else {
        return Err(IdentityError::Invalid(faults));
    };
    let id = PostId(ctx.ids.fresh());
    let post = NewPost {
        id,
        account: account.account(),
        agency: seat.agency,
        role: seat.role,
        title: &seat.title,
        term,
        lent_from: Some(seat.id),
    };
    posts::insert(&mut conn, post).await?;
    let data = json!({ "post": id, "from_post": seat.id, "from": term.from, "to": term.to });
    append(&mut conn, ctx, Event::new("PostDelegated", "account", account.id, data)).await?;
    conn.commit().await?;
    identity.forget_all();
    Ok(id)
}

/// Takes back, at once, a seat that the caller lent.
///
/// # Errors
///
/// [`IdentityError::NotFound`] for a seat that the caller did not lend.
pub async fn take_back(ctx: &Ctx, identity: &Identity, post: PostId) -> Result<(), IdentityError> {
    let mut conn = identity.db.write().await?;
    let seat = posts::find(&mut conn, post).await?.ok_or(IdentityError::NotFound("seat"))?;
    let lender = seat.lender.as_ref().ok_or(IdentityError::NotFound("seat"))?;
    let own = posts::find(&mut conn, lender.post).await?;
    if own.is_none_or(|own| own.account != ctx.actor.account || own.lender.is_some()) {
        return Err(IdentityError::NotFound("seat"));
    }
    let yesterday = ctx.today().checked_sub_days(Days::new(1)).unwrap_or_else(|| ctx.today());
    posts::update_end(&mut conn, post, yesterday).await?;
    let data = json!({ "post": post, "last_day": yesterday });
    append(&mut conn, ctx, Event::new("PostEnded", "account", seat.account, data)).await?;
    conn.commit().await?;
    identity.forget_all();
    Ok(())
}

fn term_of(ctx: &Ctx, seat: &Seat, loan: &Loan, faults: &mut Vec<Fault>) -> Option<Term> {
    let from = loan.from.unwrap_or_else(|| ctx.today());
    if from < ctx.today() {
        faults.push(Fault::new("tu-ngay", "Ngày đầu phải từ hôm nay trở đi. Sửa lại ngày đầu."));
    }
    let Some(until) = loan.until else {
        faults.push(Fault::new("den-ngay", "Nhập ngày cuối của thời gian ủy quyền."));
        return None;
    };
    let last = from.checked_add_days(Days::new(LONGEST_DAYS - 1)).unwrap_or(from);
    if until < from {
        faults
            .push(Fault::new("den-ngay", "Ngày cuối phải từ ngày đầu trở đi. Sửa lại ngày cuối."));
    } else if until > last {
        faults.push(Fault::new(
            "den-ngay",
            "Mỗi lần ủy quyền tối đa 92 ngày. Chọn ngày cuối sớm hơn.",
        ));
    } else if seat.term.to.is_some_and(|to| until > to) {
        faults.push(Fault::new(
            "den-ngay",
            "Ngày cuối muộn hơn thời hạn giữ chức danh. Chọn ngày sớm hơn.",
        ));
    }
    Some(Term { from, to: Some(until) })
}
