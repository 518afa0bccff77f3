use sauro_journal::Event;
use sauro_kernel::{Ctx, Period, RankingId, ScoreMethodId, WorkingCalendar};
use sauro_store::{Db, StoreError};
use serde_json::json;

use super::methods::own;
use crate::model::{MethodVersion, Ranking, State};
use crate::{ScoresError, store};

/// Opens the ranking by the method `id` of the period with this code: from now on it is computed live, by
/// the version in force for that period and by no other.
///
/// # Errors
///
/// [`ScoresError::NotFound`] and [`ScoresError::Denied`] to others than those who manage the method,
/// [`ScoresError::Invalid`] for a period that has not begun, is open already, or has no version in force.
pub async fn open_ranking(
    ctx: &Ctx,
    db: &Db,
    calendar: &WorkingCalendar,
    id: ScoreMethodId,
    period: &str,
) -> Result<Ranking, ScoresError> {
    let mut conn = db.write().await?;
    let method = own(ctx, &mut conn, id).await?;
    let fault = |words: String| ScoresError::of_field("ky-mo", words);
    let period = Period::parse(period.trim())
        .ok_or_else(|| fault("Chọn kỳ trong danh sách, ví dụ 2026-Q3.".to_owned()))?;
    let versions = store::versions::of_method(&mut conn, id, &method.roster).await?;
    let version = in_force(&versions, period).ok_or_else(|| {
        fault(format!(
            "{} chưa có bản cách chấm nào áp dụng. Ban hành một bản trước.",
            period.label()
        ))
    })?;
    if period.start > ctx.today() {
        return Err(fault(format!("{} chưa bắt đầu nên chưa mở được.", period.label())));
    }
    let ranking = Ranking {
        id: RankingId(ctx.ids.fresh()),
        method: id,
        method_version: version.n,
        agency: method.agency,
        period,
        self_until: calendar.add_working_days(period.end(), version.design.self_days),
        edition: 0,
        opened_at: ctx.now_us(),
        closed_at: None,
        published_at: None,
        stamp: 1,
    };
    match store::rankings::insert(&mut conn, &ranking, &method.roster.reach()).await {
        Err(StoreError::Conflict(_)) => {
            return Err(fault(format!("Xếp hạng {} đã mở rồi.", period.label())));
        }
        done => done?,
    }
    let data = json!({
        "method": id,
        "version": version.n,
        "period": period.code(),
        "period_label": period.label(),
        "agency": method.agency,
        "roster": method.roster.code(),
        "name": version.design.name,
        "self_until": ranking.self_until.to_string(),
    });
    let event = Event::new("RankingOpened", "ranking", ranking.id, data);
    sauro_journal::append(&mut conn, ctx, event).await?;
    conn.commit().await?;
    Ok(ranking)
}

/// The version that holds for `period`, among `versions`, newest first.
pub(super) fn in_force(versions: &[MethodVersion], period: Period) -> Option<&MethodVersion> {
    versions.iter().find(|it| {
        it.state == State::Published
            && it.design.rhythm == period.kind
            && it.from.start <= period.start
    })
}
