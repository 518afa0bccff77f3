use sauro_journal::Event;
use sauro_kernel::{Ctx, Line, Right, SavedViewId};
use sauro_store::{Conn, Db};
use serde_json::json;

use crate::TasksError;
use crate::error::Fault;
use crate::model::SavedView;
use crate::store::saved_views as store;

/// Most views that one person keeps, and most of others that are shown.
pub const MAX_VIEWS: u16 = 40;
/// Longest name of a view, in characters.
const MAX_NAME: usize = 80;
/// Longest query of a view.
const MAX_QUERY: usize = 2000;

/// What becomes of a view.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ViewChange {
    /// It gets this name, and is shared with the agency or not.
    Rename {
        /// The new name.
        name: String,
        /// Shown to everyone in the agency it was made in.
        is_shared: bool,
    },
    /// It changes places with the one before it, or after it.
    Move {
        /// Towards the front.
        is_up: bool,
    },
}

/// The views of this person, then those that others share with the agency.
///
/// # Errors
///
/// What the store says. A caller who may read no tasks has none.
pub async fn saved_views(ctx: &Ctx, db: &Db) -> Result<Vec<SavedView>, TasksError> {
    if !ctx.may(Right::ReadTasks, ctx.actor.own()) {
        return Ok(Vec::new());
    }
    let (account, mut conn) = (ctx.actor.account, db.read().await?);
    let mut views = store::of_account(&mut conn, account, MAX_VIEWS).await?;
    views.extend(store::shared_with(&mut conn, ctx.actor.agency, account, MAX_VIEWS).await?);
    Ok(views)
}

/// Keeps the list at `query` under `name`.
///
/// # Errors
///
/// [`TasksError::Invalid`] without a name, for the list as it always is, and with too many views.
pub async fn save_view(
    ctx: &Ctx,
    db: &Db,
    name: &str,
    query: &str,
    is_shared: bool,
) -> Result<SavedView, TasksError> {
    ctx.require(Right::ReadTasks, ctx.actor.own())?;
    let name = name_of(name)?;
    if query.is_empty() || query.len() > MAX_QUERY {
        let sentence = "Lọc hoặc xếp danh sách theo ý đồng chí trước, rồi lưu cách xem.";
        return Err(invalid("ten", sentence));
    }
    let mut conn = db.write().await?;
    let own = store::of_account(&mut conn, ctx.actor.account, MAX_VIEWS).await?;
    if own.len() >= usize::from(MAX_VIEWS) {
        let sentence = "Đồng chí đã lưu 40 cách xem. Bỏ bớt một cách xem rồi lưu.";
        return Err(invalid("ten", sentence));
    }
    let view = SavedView {
        id: SavedViewId(ctx.ids.fresh()),
        account: ctx.actor.account,
        agency: ctx.actor.agency,
        is_shared,
        name,
        query: query.to_owned(),
        ordinal: own.last().map_or(1, |it| it.ordinal + 1),
    };
    store::insert(&mut conn, &view, ctx.now_us()).await?;
    let data = json!({ "name": view.name, "query": view.query, "is_shared": is_shared });
    tell(ctx, &mut conn, "ViewSaved", view.id, data).await?;
    conn.commit().await?;
    Ok(view)
}

/// Changes a view of this person.
///
/// # Errors
///
/// [`TasksError::NotFound`] for another's; [`TasksError::Invalid`] without a name.
pub async fn change_view(
    ctx: &Ctx,
    db: &Db,
    id: SavedViewId,
    change: ViewChange,
) -> Result<(), TasksError> {
    ctx.require(Right::ReadTasks, ctx.actor.own())?;
    let mut conn = db.write().await?;
    let mut own = store::of_account(&mut conn, ctx.actor.account, MAX_VIEWS).await?;
    let at = own.iter().position(|it| it.id == id).ok_or(TasksError::NotFound("view"))?;
    let data = match change {
        ViewChange::Rename { name, is_shared } => {
            let name = name_of(&name)?;
            if let Some(view) = own.get_mut(at) {
                view.name = name;
                view.is_shared = is_shared;
                store::update(&mut conn, view).await?;
            }
            json!({ "is_shared": is_shared })
        }
        ViewChange::Move { is_up } => {
            let to = if is_up { at.saturating_sub(1) } else { (at + 1).min(own.len() - 1) };
            own.swap(at, to);
            for (view, ordinal) in own.iter_mut().zip(1..) {
                if view.ordinal != ordinal {
                    view.ordinal = ordinal;
                    store::update(&mut conn, view).await?;
                }
            }
            json!({ "is_up": is_up })
        }
    };
    tell(ctx, &mut conn, "ViewChanged", id, data).await?;
    conn.commit().await?;
    Ok(())
}

/// Removes a view: one's own, or one that is shared with an agency whose tasks one prepares.
///
/// # Errors
///
/// [`TasksError::NotFound`] for another's.
pub async fn remove_view(ctx: &Ctx, db: &Db, id: SavedViewId) -> Result<(), TasksError> {
    ctx.require(Right::ReadTasks, ctx.actor.own())?;
    let mut conn = db.write().await?;
    let view = store::find(&mut conn, id).await?.ok_or(TasksError::NotFound("view"))?;
    let keeps_order = view.is_shared
        && view.agency == ctx.actor.agency
        && ctx.may(Right::PrepareTasks, ctx.actor.own());
    if view.account != ctx.actor.account && !keeps_order {
        return Err(TasksError::NotFound("view"));
    }
    store::remove(&mut conn, id).await?;
    tell(ctx, &mut conn, "ViewRemoved", id, json!({ "name": view.name })).await?;
    conn.commit().await?;
    Ok(())
}

fn name_of(raw: &str) -> Result<String, TasksError> {
    let name = Line::parse(raw)
        .map_err(|err| TasksError::Invalid(vec![Fault::of_text("ten", "tên cách xem", err)]))?;
    match name.as_str().chars().count() {
        n if n > MAX_NAME => {
            let sentence =
                format!("Tên cách xem dài {n} ký tự, rút gọn còn tối đa {MAX_NAME} ký tự.");
            Err(TasksError::Invalid(vec![Fault::new("ten", sentence)]))
        }
        _ => Ok(name.as_str().to_owned()),
    }
}

fn invalid(field: &str, sentence: &str) -> TasksError {
    TasksError::Invalid(vec![Fault::new(field, sentence)])
}

async fn tell(
    ctx: &Ctx,
    conn: &mut Conn,
    kind: &'static str,
    id: SavedViewId,
    data: serde_json::Value,
) -> Result<(), TasksError> {
    sauro_journal::append(conn, ctx, Event::new(kind, "view", id, data)).await?;
    Ok(())
}
