use sauro_kernel::Ctx;

use super::follow::held;
use super::handle::prose;
use super::hold::House;
use super::merge::take_out;
use crate::model::{Act, Kind, Petition, object_until};
use crate::{PetitionsError, store};

/// The sender says that a merged case is another matter (phản đối việc gộp). It is taken out at once and stands as
/// it stood; its clocks ran on. From then on only a leader merges it again, with a reason that the sender reads.
///
/// # Errors
///
/// [`PetitionsError::Invalid`] without a reason, once the days for it are over, and for the second time;
/// [`PetitionsError::NotOpen`] when it is not merged.
pub async fn object(
    ctx: &Ctx,
    house: &House<'_>,
    (typed, source): (&str, &str),
    reason: &str,
) -> Result<Petition, PetitionsError> {
    const FIELD: &str = "ly-do-phan-doi";
    let mut hold = held(ctx, house, (typed, source)).await?;
    let main = hold.case.merged_into.map(|it| it.0);
    // What is not merged is no longer to be argued about.
    hold.case.flow.after(Act::Unmerge)?;
    let limits = store::fields::limits(&mut hold.conn).await?;
    let happenings = store::events::of_case(&mut hold.conn, hold.case.id).await?;
    let fault = |words: &str| Err(PetitionsError::of_field(FIELD, words));
    match object_until(&hold.case, &happenings, limits.object) {
        None => {
            return fault(
                "Lãnh đạo đã xem phản đối của ông bà và quyết định gộp. Có điều mới thì gửi một phản ánh khác.",
            );
        }
        Some(day) if ctx.today() > day => {
            let words = format!(
                "Đã quá {} ngày kể từ khi gộp. Nếu là việc khác, ông bà gửi một phản ánh mới.",
                limits.object
            );
            return fault(&words);
        }
        Some(_) => {}
    }
    let reason = prose(reason, FIELD, "vì sao không phải cùng một việc")?;
    hold.note(Kind::Objected, main, (true, &reason)).await?;
    take_out(&mut hold).await?;
    hold.keep().await
}
