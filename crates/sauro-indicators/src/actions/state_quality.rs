use std::collections::HashMap;

use sauro_directory::Fault;
use sauro_directory::model::Sheet;
use sauro_journal::Event;
use sauro_kernel::{Ctx, Denied, IndicatorId, Prose, Right, TextError};
use sauro_store::{Conn, Db, StoreError};
use serde_json::{Value, json};

use super::authority::owner;
use super::fields::Faulty;
use super::read::all;
use crate::model::{Indicator, MOST_LETTERS, Quality, Statement};
use crate::{IndicatorsError, store};

/// The shipped statements: `indicator`, and a column for each point.
pub(super) const STATEMENTS: &str = include_str!("../../../../data/quality_statements.csv");

/// Statements read at once: as many as there are indicators.
const ALL: u32 = 20_000;

/// Says how good the figures of the indicator `code` are, as read at `version` (thuyết minh chất lượng; 0
/// where nothing was said). A point may be left blank; that it is lacking is then shown to everybody.
///
/// # Errors
///
/// [`IndicatorsError::Invalid`] names every point that is too long; [`IndicatorsError::Stale`] when
/// somebody else said something since; [`IndicatorsError::Denied`] for whoever does not answer for it.
pub async fn state_quality(
    ctx: &Ctx,
    db: &Db,
    code: &str,
    version: i64,
    said: &Quality,
) -> Result<(), IndicatorsError> {
    let mut conn = db.write().await?;
    let indicator = store::indicators::find_by_code(&mut conn, code)
        .await?
        .ok_or(IndicatorsError::NotFound("indicator"))?;
    may_state(ctx, &indicator)?;
    let old = newest_of(&mut conn, &indicator).await?;
    if old.as_ref().map_or(0, |it| it.version) != version {
        return Err(IndicatorsError::Stale);
    }
    let mut faulty = Faulty::default();
    let new = Quality::from_points(|point| match short(said.of(point)) {
        Ok(text) => text,
        Err(words) => {
            faulty.add(point.field(), words);
            String::new()
        }
    });
    faulty.settle()?;
    if old.map(|it| it.quality).unwrap_or_default() == new {
        return Ok(());
    }
    let done = put(ctx, &mut conn, &indicator, version + 1, &new).await;
    let event = done.map_err(|err| match err {
        StoreError::Conflict(_) => IndicatorsError::Stale,
        err => err.into(),
    })?;
    sauro_journal::append(&mut conn, ctx, event).await?;
    conn.commit().await?;
    Ok(())
}

/// `Ok` when the caller answers for `indicator`, and so for what is said of its quality.
///
/// # Errors
///
/// [`Denied`] for everybody else.
pub fn may_state(ctx: &Ctx, indicator: &Indicator) -> Result<(), Denied> {
    ctx.require(Right::ManageIndicators, owner(indicator))
}

/// What is said of `indicator`, newest first.
///
/// # Errors
///
/// The store's.
pub async fn statements(db: &Db, indicator: &Indicator) -> Result<Vec<Statement>, IndicatorsError> {
    Ok(store::quality::of_indicator(&mut db.read().await?, indicator.id, None).await?)
}

/// What is said of each indicator now; nothing of those left out.
///
/// # Errors
///
/// The store's.
pub async fn statements_said(db: &Db) -> Result<HashMap<IndicatorId, Quality>, IndicatorsError> {
    Ok(store::quality::newest(&mut db.read().await?, ALL).await?)
}

/// How many of the five points are said of each indicator; none is said of those left out.
///
/// # Errors
///
/// The store's.
pub async fn points_said(db: &Db) -> Result<HashMap<IndicatorId, usize>, IndicatorsError> {
    let newest = statements_said(db).await?;
    Ok(newest.into_iter().map(|(id, it)| (id, it.n_said())).collect())
}

async fn newest_of(
    conn: &mut Conn,
    indicator: &Indicator,
) -> Result<Option<Statement>, StoreError> {
    let newest = store::quality::of_indicator(conn, indicator.id, Some(1)).await?;
    Ok(newest.into_iter().next())
}

async fn put(
    ctx: &Ctx,
    conn: &mut Conn,
    indicator: &Indicator,
    version: i64,
    said: &Quality,
) -> Result<Event, StoreError> {
    store::quality::insert(conn, ctx, (indicator.id, version), said).await?;
    Ok(Event::new("QualityStated", "indicator", indicator.id, told(indicator, version, said)))
}

fn told(indicator: &Indicator, version: i64, said: &Quality) -> Value {
    json!({
        "code": indicator.code,
        "version": version,
        "said": said.n_said(),
        "verification": said.verification,
        "source": said.source,
        "accuracy": said.accuracy,
        "limits": said.limits,
        "compensation": said.compensation,
    })
}

/// `text` as one short point; blank stays blank.
fn short(text: &str) -> Result<String, String> {
    let too_long =
        |len: usize| format!("Dài {len} ký tự, rút gọn còn tối đa {MOST_LETTERS} ký tự.");
    match Prose::parse(text) {
        Ok(prose) => {
            let len = prose.as_str().chars().count();
            if len > MOST_LETTERS { Err(too_long(len)) } else { Ok(prose.as_str().to_owned()) }
        }
        Err(TextError::Empty) => Ok(String::new()),
        Err(TextError::TooLong { len, .. }) => Err(too_long(len)),
    }
}

/// Adds the shipped statements about indicators of which nothing was said yet, within something larger.
pub(super) async fn add_shipped_statements(
    ctx: &Ctx,
    conn: &mut Conn,
) -> Result<(), IndicatorsError> {
    let sheet = Sheet::read(STATEMENTS, &["indicator"]).map_err(IndicatorsError::Faults)?;
    let known = all(conn).await?;
    let known: HashMap<&str, &Indicator> = known.iter().map(|it| (it.code.as_str(), it)).collect();
    let said = store::quality::newest(conn, ALL).await?;
    let mut events = Vec::new();
    for row in sheet.rows() {
        let Some(indicator) = known.get(row.text("indicator")) else {
            let fault = row.fault("indicator", "không có chỉ số mang mã này.");
            return Err(IndicatorsError::Faults(vec![fault]));
        };
        if said.contains_key(&indicator.id) {
            continue;
        }
        let mut faults: Vec<Fault> = Vec::new();
        let quality = Quality::from_points(|point| {
            let found = short(row.text(point.column()));
            found.unwrap_or_else(|words| {
                faults.push(row.fault(point.column(), &words));
                String::new()
            })
        });
        if !faults.is_empty() {
            return Err(IndicatorsError::Faults(faults));
        }
        events.push(put(ctx, conn, indicator, 1, &quality).await?);
    }
    sauro_journal::append_many(conn, ctx, events).await?;
    Ok(())
}
