//! What every move has in common.

use sauro_journal::Event;
use sauro_kernel::{AgencyId, Ctx, Role};
use sauro_store::Conn;
use serde_json::{Value, json};

use super::Room;
use crate::model::{Initiative, Move, Stage, Step};
use crate::{InitiativesError, store};

/// The step that an initiative begins with.
pub(crate) fn first_step(it: &Initiative) -> Step {
    Step {
        n: 1,
        stage: it.stage,
        at: it.sent_at,
        since: it.since,
        due_on: it.due_on,
        agency: it.unit,
        reason: String::new(),
    }
}

/// What a move leaves behind: why, whose turn it is, and what the journal says besides.
pub(super) struct Done {
    /// What was done, in the past tense.
    pub(super) kind: &'static str,
    /// Why, or what was said; may be empty.
    pub(super) reason: String,
    /// Who has to act now.
    pub(super) desk: Option<AgencyId>,
    /// What the journal says besides; no person's words.
    pub(super) data: Value,
}

/// Moves `before` on: its row, a step with its day, and an entry, in the transaction of `conn`.
///
/// # Errors
///
/// [`InitiativesError::Stale`] when it cannot be done from where it is, or when someone was faster.
pub(super) async fn moved(
    ctx: &Ctx,
    (conn, room): (&mut Conn, &Room<'_>),
    (before, by): (&Initiative, Move),
    done: Done,
) -> Result<Initiative, InitiativesError> {
    let stage = before.stage.after(by).ok_or(InitiativesError::Stale)?;
    let today = ctx.today();
    let days = room.terms.days_of(stage);
    let after = Initiative {
        stage,
        since: today,
        due_on: days.map(|it| room.calendar.add_working_days(today, it)),
        recognised_on: if stage == Stage::Recognised { Some(today) } else { before.recognised_on },
        desk: done.desk,
        stamp: before.stamp + 1,
        ..before.clone()
    };
    if !store::initiatives::update(conn, &after).await? {
        return Err(InitiativesError::Stale);
    }
    let steps = store::steps::of_initiative(conn, after.id).await?;
    let step = Step {
        n: steps.last().map_or(1, |it| it.n + 1),
        stage,
        at: ctx.now_us(),
        since: today,
        due_on: after.due_on,
        agency: (ctx.actor.role != Role::Public).then_some(ctx.actor.agency),
        reason: done.reason,
    };
    store::steps::insert(conn, after.id, &step).await?;
    let mut data = json!({
        "code": after.code.as_str(),
        "from": before.stage.code(),
        "to": stage.code(),
        "desk": after.desk,
        "due_on": after.due_on.map(|it| it.to_string()),
    });
    if let (Some(data), Value::Object(more)) = (data.as_object_mut(), done.data) {
        data.extend(more);
    }
    let event = Event::new(done.kind, "initiative", after.id, data);
    sauro_journal::append(conn, ctx, event).await?;
    Ok(after)
}
