use sauro_journal::Event;
use sauro_kernel::{Ctx, Period, Right, ScoreMethodId};
use sauro_store::{Conn, Db, StoreError};
use serde_json::json;

use super::methods::{known, own};
use crate::model::{Audience, Design, DesignFields, Method, MethodVersion, State};
use crate::{ScoresError, store};

/// What becomes of a version that is not in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MethodChange {
    /// It says this, from the period with this code on. It is a draft again.
    Save(Box<DesignFields>, String),
    /// What the ranking would have been was looked at.
    Simulate,
    /// A second person is asked to publish it.
    Propose,
    /// It is a draft again.
    TakeBack,
    /// It is in force.
    Publish,
}

/// Changes the version `n` of the method `id`, which the caller has seen with `stamp`.
///
/// # Errors
///
/// [`ScoresError::NotFound`] and [`ScoresError::Denied`] to others than those who manage it,
/// [`ScoresError::Stale`] when someone else has changed it since, [`ScoresError::Invalid`] with every
/// fault: weights that do not come to 100, a step taken too early, a publisher who is the proposer.
pub async fn change_method(
    ctx: &Ctx,
    db: &Db,
    (id, n, stamp): (ScoreMethodId, i64, i64),
    change: MethodChange,
) -> Result<MethodVersion, ScoresError> {
    let mut conn = db.write().await?;
    let method = own(ctx, &mut conn, id).await?;
    let mut it = store::versions::find(&mut conn, id, n, &method.roster)
        .await?
        .ok_or(ScoresError::NotFound("version of a method"))?;
    if it.state == State::Published {
        let words = "Bản đã ban hành không sửa được. Lập bản mới rồi sửa.";
        return Err(ScoresError::of_field("viec", words));
    }
    if it.stamp != stamp {
        return Err(ScoresError::Stale);
    }
    let kind = match change {
        MethodChange::Save(fields, from) => {
            save(ctx, &method, &mut it, (*fields, &from))?;
            "ScoreMethodChanged"
        }
        MethodChange::Simulate => {
            step(&mut it, &[State::Draft, State::Simulated], State::Simulated)?;
            "ScoreMethodSimulated"
        }
        MethodChange::Propose => {
            step(&mut it, &[State::Simulated], State::Proposed)?;
            it.proposed_by = Some(ctx.actor.account);
            "ScoreMethodProposed"
        }
        MethodChange::TakeBack => {
            step(&mut it, &[State::Simulated, State::Proposed], State::Draft)?;
            it.proposed_by = None;
            "ScoreMethodTakenBack"
        }
        MethodChange::Publish => {
            publish(ctx, &mut conn, &mut it).await?;
            "ScoreMethodPublished"
        }
    };
    it.stamp += 1;
    it.changed_at = ctx.now_us();
    if !store::versions::update(&mut conn, &it).await? {
        return Err(ScoresError::Stale);
    }
    told(ctx, &mut conn, kind, &it).await?;
    conn.commit().await?;
    Ok(it)
}

/// Begins another version of the method `id`: a draft that says what the newest one says.
///
/// # Errors
///
/// [`ScoresError::Invalid`] while there is a version that is not in force yet.
pub async fn new_version(
    ctx: &Ctx,
    db: &Db,
    id: ScoreMethodId,
) -> Result<MethodVersion, ScoresError> {
    let mut conn = db.write().await?;
    let method = known(ctx, store::methods::find(&mut conn, id).await?)?;
    ctx.require(Right::ManageScores, method.over())?;
    let versions = store::versions::of_method(&mut conn, id, &method.roster).await?;
    let newest = versions.into_iter().next().ok_or(ScoresError::NotFound("version of a method"))?;
    if newest.state != State::Published {
        let words = "Đang có một bản chưa ban hành. Ban hành hoặc sửa tiếp bản đó.";
        return Err(ScoresError::of_field("viec", words));
    }
    let it = MethodVersion {
        n: newest.n + 1,
        state: State::Draft,
        from: Period::containing(newest.design.rhythm, ctx.today()),
        proposed_by: None,
        published_by: None,
        changed_at: ctx.now_us(),
        stamp: 1,
        ..newest
    };
    match store::versions::insert(&mut conn, &it).await {
        Err(StoreError::Conflict(_)) => return Err(ScoresError::Stale),
        done => done?,
    }
    told(ctx, &mut conn, "ScoreMethodChanged", &it).await?;
    conn.commit().await?;
    Ok(it)
}

async fn told(
    ctx: &Ctx,
    conn: &mut Conn,
    kind: &'static str,
    it: &MethodVersion,
) -> Result<(), ScoresError> {
    let data = json!({
        "version": it.n,
        "state": it.state.code(),
        "name": it.design.name,
        "from": it.from.code(),
        "components": it.design.components,
    });
    sauro_journal::append(conn, ctx, Event::new(kind, "score_method", it.method, data)).await?;
    Ok(())
}

fn save(
    ctx: &Ctx,
    method: &Method,
    it: &mut MethodVersion,
    (fields, from): (DesignFields, &str),
) -> Result<(), ScoresError> {
    let fields = DesignFields { roster: method.roster.code(), ..fields };
    let design = Design::read(&fields).map_err(ScoresError::Invalid)?;
    if design.audience == Audience::Inside && !ctx.actor.scope.covers(&method.roster.reach()) {
        // Over units that it does not oversee an agency has no more to go by than everybody.
        let words = "Cơ quan không phụ trách các đơn vị này nên chỉ chấm bằng số công khai.";
        return Err(ScoresError::of_field("pham-vi", words));
    }
    let from = Period::parse(from.trim()).filter(|it| it.kind == design.rhythm);
    let words = "Chọn kỳ bắt đầu áp dụng cùng loại với kỳ chấm, ví dụ 2026-Q4 hoặc 2026-11.";
    it.from = from.ok_or_else(|| ScoresError::of_field("tu-ky", words))?;
    it.design = design;
    it.state = State::Draft;
    it.proposed_by = None;
    Ok(())
}

fn step(it: &mut MethodVersion, from: &[State], to: State) -> Result<(), ScoresError> {
    if !from.contains(&it.state) {
        let words = match to {
            State::Proposed => "Mô phỏng bản này trước, rồi mới đề nghị ban hành.",
            _ => "Bước này không dùng được lúc này. Mở lại trang rồi chọn bước khác.",
        };
        return Err(ScoresError::of_field("viec", words));
    }
    it.state = to;
    Ok(())
}

async fn publish(ctx: &Ctx, conn: &mut Conn, it: &mut MethodVersion) -> Result<(), ScoresError> {
    step(it, &[State::Proposed], State::Published)?;
    if it.proposed_by == Some(ctx.actor.account) {
        let words = "Người đề nghị không tự ban hành. Nhờ một người khác của cơ quan ban hành.";
        return Err(ScoresError::of_field("viec", words));
    }
    let newest = store::rankings::of_method(conn, it.method, 1).await?;
    if let Some(ranking) = newest.first().filter(|ranking| ranking.period.end() >= it.from.start) {
        let words = format!(
            "Đã mở xếp hạng {} bằng bản trước. Sửa để áp dụng từ kỳ sau đó.",
            ranking.period.label()
        );
        return Err(ScoresError::of_field("tu-ky", words));
    }
    it.published_by = Some(ctx.actor.account);
    Ok(())
}
