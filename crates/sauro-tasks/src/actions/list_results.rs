use std::collections::HashMap;

use chrono::NaiveDate;
use sauro_directory::model::Directory;
use sauro_kernel::{AgencyId, AgencyPath, ProgrammeId};
use sauro_store::{Conn, StoreError};
use uuid::Uuid;

use super::past_lists;
use super::read_results::Source;
use crate::TasksError;
use crate::model::{
    Audience, DayAsk, ListAsk, Listed, ListedTask, Moment, Stage, Standing, StatusFacts, province,
    province_path, status_of,
};
use crate::store::result_lists::{After, Branch, ListRow, Whose, accepted_of, page};
use crate::store::results;

/// Lines of one page.
const LINES: u16 = 50;

/// One page of the public list.
///
/// # Errors
///
/// [`TasksError::NotFound`] for a place, a programme or a continuation that does not exist.
pub async fn list_results(source: Source<'_>, ask: &ListAsk) -> Result<Listed, TasksError> {
    let absent = || TasksError::NotFound("list of results");
    let (path, place) = match (&ask.province, &ask.agency) {
        (_, Some(code)) => {
            let place = source.places.by_code(code).ok_or_else(absent)?;
            (place.path.clone(), Some(place.name.clone()))
        }
        (Some(code), None) => {
            let tile = province(code).ok_or_else(absent)?;
            (province_path(code), Some(tile.name.to_owned()))
        }
        (None, None) => (AgencyPath::nation(), None),
    };
    let mut conn = source.db.read().await?;
    let programme = match &ask.programme {
        None => None,
        Some(code) => {
            let row = results::programme(&mut conn, code).await?;
            Some(row.filter(|row| row.is_public).ok_or_else(absent)?)
        }
    };
    let id = programme.as_ref().map(|row| ProgrammeId(row.id));
    let whose = Whose::of(&path, id);
    let after = match ask.after.as_deref() {
        None => None,
        Some(text) => Some(After::read(text).ok_or_else(absent)?),
    };
    let as_of = source.as_of(&mut conn).await?;
    let programme_name = programme.map(|row| row.name);
    if let Some(day) = source.day {
        let board = source.live.day(source.db, day, source.now).await?;
        let asked = DayAsk {
            audience: Audience::Public,
            programme: id,
            path: &path,
            standing: ask.standing,
        };
        let after = after.map(After::into_line);
        let mut lines = board.page(&asked, after.as_ref(), usize::from(LINES) + 1);
        let has_more = lines.len() > usize::from(LINES);
        lines.truncate(usize::from(LINES));
        let next = lines.last().filter(|_| has_more).map(|it| After::of_line(it).written());
        return Ok(Listed {
            tasks: past_lists::listed(&mut conn, source.places, day, &lines).await?,
            next,
            counts: board.counts(Audience::Public, id, path.as_str()),
            place,
            programme: programme_name,
            as_of,
        });
    }
    let moment = source.moment();
    let branches = branches(ask.standing, Audience::Public, moment);
    let mut rows = merged(&mut conn, &branches, &whose, after.as_ref(), LINES + 1).await?;
    let has_more = rows.len() > usize::from(LINES);
    rows.truncate(usize::from(LINES));
    let last = rows.last().map(|row| whose.after(row).written());
    let counts = source.live.counts(Audience::Public, id, path.as_str(), moment).await;
    Ok(Listed {
        tasks: names(&mut conn, source.places, rows, moment).await?,
        next: last.filter(|_| has_more),
        counts,
        place,
        programme: programme_name,
        as_of,
    })
}

/// The first tasks of `standing`.
pub(super) async fn first(
    conn: &mut Conn,
    whose: &Whose,
    (standing, audience): (Standing, Audience),
    moment: Moment,
    limit: u16,
) -> Result<Vec<ListRow>, StoreError> {
    let branches = branches(Some(standing), audience, moment);
    merged(conn, &branches, whose, None, limit).await
}

/// The ranges of the indexes that hold what is asked for.
fn branches(standing: Option<Standing>, audience: Audience, moment: Moment) -> Vec<Branch> {
    let day = moment.open_day;
    let after_soon = day.checked_add_days(StatusFacts::DUE_SOON).and_then(|day| day.succ_opt());
    let word = |it| Some(("standing", it));
    type Range = (Option<(&'static str, &'static str)>, Option<NaiveDate>, Option<NaiveDate>);
    let ranges: Vec<Range> = match standing {
        None => vec![(None, None, None)],
        Some(Standing::Overdue) => vec![(word("open"), None, Some(day))],
        Some(Standing::DueSoon) => vec![(word("open"), Some(day), after_soon)],
        Some(Standing::InTime) => {
            vec![(word("open"), Some(day), None), (word("wait"), None, None)]
        }
        Some(Standing::DoneOnTime) => vec![(word("done"), None, None)],
        Some(Standing::DoneLate) => vec![(word("late"), None, None)],
        Some(Standing::NotAssessable) => vec![(word("none"), None, None)],
        Some(Standing::Recurring) => vec![(word("recurring"), None, None)],
        Some(Standing::Doubted) => vec![
            (Some(("claim", "done")), None, None),
            (Some(("claim", "on_track")), None, Some(day)),
        ],
    };
    let shown: &[bool] = if audience == Audience::Public { &[true] } else { &[true, false] };
    let branch = |(word, from, until): &Range, is_public: &bool| Branch {
        is_public: *is_public,
        in_shown_programme: audience == Audience::Public,
        word: *word,
        from: *from,
        until: *until,
    };
    ranges.iter().flat_map(|range| shown.iter().map(move |it| branch(range, it))).collect()
}

/// The first `limit` rows of all branches, in the order of the list.
async fn merged(
    conn: &mut Conn,
    branches: &[Branch],
    whose: &Whose,
    after: Option<&After>,
    limit: u16,
) -> Result<Vec<ListRow>, StoreError> {
    let mut rows = Vec::new();
    for branch in branches {
        rows.extend(page(conn, branch, whose, after, limit).await?);
    }
    rows.sort_by_key(|row| whose.after(row));
    rows.truncate(usize::from(limit));
    Ok(rows)
}

/// Gives the rows their names, status and how many deliverables were accepted.
pub(super) async fn names(
    conn: &mut Conn,
    places: &Directory,
    rows: Vec<ListRow>,
    moment: Moment,
) -> Result<Vec<ListedTask>, TasksError> {
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    let accepted = accepted_of(conn, &ids).await?;
    named(places, rows, accepted, moment)
}

/// [`names`], with what was accepted of each task: its id, all deliverables, those accepted.
pub(super) fn named(
    places: &Directory,
    rows: Vec<ListRow>,
    accepted: Vec<(Uuid, i64, i64)>,
    moment: Moment,
) -> Result<Vec<ListedTask>, TasksError> {
    let accepted: HashMap<Uuid, (i64, i64)> =
        accepted.into_iter().map(|(id, all, accepted)| (id, (all, accepted))).collect();
    let listed = |row: ListRow| -> Result<ListedTask, TasksError> {
        let stage = stage_of(row.id, &row.stage)?;
        let (n_deliverables, n_accepted) = accepted.get(&row.id).copied().unwrap_or_default();
        Ok(ListedTask {
            code: row.code,
            work: row.work,
            lead: places.name(AgencyId(row.lead_agency_id)).to_owned(),
            lead_id: AgencyId(row.lead_agency_id),
            due_on: row.due_on,
            status: status_of(stage, row.due_on, row.reported_at, moment),
            stage,
            is_recurring: !row.recurs.is_empty(),
            self_rating: row.self_rating,
            last_report_at: row.last_report_at,
            n_accepted,
            n_deliverables,
            is_public: row.is_public,
        })
    };
    rows.into_iter().map(listed).collect()
}

/// The stage stored as `code` in the task `id`.
pub(super) fn stage_of(id: Uuid, code: &str) -> Result<Stage, StoreError> {
    Stage::of_code(code).ok_or_else(|| StoreError::Corrupt {
        table: "tasks",
        row: id.to_string(),
        reason: format!("stage {code}"),
    })
}
