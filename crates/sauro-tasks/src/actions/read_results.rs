use chrono::{DateTime, Utc};
use sauro_directory::model::{Agency, Directory, Level};
use sauro_kernel::{AgencyId, AgencyPath, Ctx, Over, ProgrammeId, Right};
use sauro_store::{Conn, Db};
use uuid::Uuid;

use super::list_results::{first, names};
use super::past_lists;
use crate::TasksError;
use crate::jobs::LiveBoard;
use crate::model::{
    Area, AsOf, Audience, Counts, DayAsk, Line, Moment, OnTime, PastDay, Results, Standing,
    province, province_path, provinces, rank_ranges,
};
use crate::store::result_lists::Whose;
use crate::store::results::{self, ProgrammeRow};

/// Doubted tasks shown before the full list.
const FEW: u16 = 8;
/// Most programmes and units on a page.
const MOST: u16 = 200;

/// Where results come from, at one instant.
#[derive(Clone, Copy)]
pub struct Source<'a> {
    /// The rows.
    pub db: &'a Db,
    /// The counts.
    pub live: &'a LiveBoard,
    /// The agencies.
    pub places: &'a Directory,
    /// Now.
    pub now: DateTime<Utc>,
    /// The past day whose end is shown instead of the present.
    pub day: Option<PastDay>,
}

/// Who looks.
#[derive(Clone, Copy)]
pub enum Viewer<'a> {
    /// Anyone: public tasks of public programmes.
    Public,
    /// An official: all tasks of what the seat oversees.
    Inside(&'a Ctx),
}

/// What an area comes down to.
pub(super) struct Found {
    name: String,
    basis: String,
    pub(super) path: AgencyPath,
    pub(super) programme: Option<ProgrammeId>,
    /// Known only to those who have tasks of it.
    is_hidden: bool,
}

impl Viewer<'_> {
    /// Which tasks are counted.
    pub fn audience(&self) -> Audience {
        match self {
            Self::Public => Audience::Public,
            Self::Inside(_) => Audience::Everything,
        }
    }

    /// `Ok` when this viewer may see the figures of `path` and all below it.
    pub(super) fn may_see(&self, path: &AgencyPath) -> Result<(), TasksError> {
        let Self::Inside(ctx) = self else { return Ok(()) };
        // A subtree is asked about, so that the right over one's own agency alone is not enough.
        let over = Over { agency: AgencyId(Uuid::nil()), path };
        ctx.require(Right::ReadTasks, over).map_err(|_| TasksError::NotFound("area of results"))
    }

    /// True when this viewer may know all of the programme `row`.
    fn oversees(&self, row: &ProgrammeRow) -> bool {
        let (Self::Inside(ctx), Ok(path)) = (self, AgencyPath::parse(&row.owner_path)) else {
            return false;
        };
        ctx.may(Right::ReadTasks, Over { agency: AgencyId(row.owner_agency_id), path: &path })
    }

    /// The widest place this viewer may ask about.
    fn widest(&self) -> AgencyPath {
        match self {
            Self::Public => AgencyPath::nation(),
            Self::Inside(ctx) => ctx.actor.scope.clone(),
        }
    }
}

impl Source<'_> {
    /// The instant that is shown.
    pub fn at(&self) -> DateTime<Utc> {
        self.day.map_or(self.now, PastDay::end)
    }

    /// The moment of deadlines.
    pub fn moment(&self) -> Moment {
        Moment::of(self.at())
    }

    /// How true the figures are now.
    pub(super) async fn as_of(&self, conn: &mut Conn) -> Result<AsOf, TasksError> {
        let head = sauro_journal::last_head(conn).await?;
        Ok(AsOf {
            at: self.at(),
            day: self.day,
            position: self.live.position(),
            sealed: head.map(|head| (head.size, head.root)),
        })
    }
}

/// The figures of `area` for `viewer`: headline, the doubted first, then tables.
///
/// # Errors
///
/// [`TasksError::NotFound`] when there is no such area, or the viewer may not know of it.
pub async fn read_results(
    source: Source<'_>,
    viewer: Viewer<'_>,
    area: &Area,
) -> Result<Results, TasksError> {
    let mut conn = source.db.read().await?;
    let found = find(&mut conn, source.places, viewer, area).await?;
    viewer.may_see(&found.path)?;
    let is_public = matches!(viewer, Viewer::Public);
    let programmes = match found.programme {
        Some(_) => Vec::new(),
        None => results::programmes(&mut conn, is_public, MOST).await?,
    };
    let (moment, audience) = (source.moment(), viewer.audience());
    let ask = |counts: &dyn Fn(Option<ProgrammeId>, &str) -> Counts| {
        Look { counts }.figures(source.places, area, &found, &programmes)
    };
    let (figures, doubted) = match source.day {
        None => {
            let look = source.live.look(|board| {
                ask(&|programme, path| board.counts(audience, programme, path, moment))
            });
            let figures = look.await;
            let whose = Whose::of(&found.path, found.programme);
            let rows = match figures.counts.doubted {
                0 => Vec::new(),
                _ => {
                    let doubted = (Standing::Doubted, audience);
                    first(&mut conn, &whose, doubted, moment, FEW).await?
                }
            };
            (figures, names(&mut conn, source.places, rows, moment).await?)
        }
        Some(day) => {
            let board = source.live.day(source.db, day, source.now).await?;
            let figures = ask(&|programme, path| board.counts(audience, programme, path));
            let wanted = DayAsk {
                audience,
                programme: found.programme,
                path: &found.path,
                standing: Some(Standing::Doubted),
            };
            let lines = board.page(&wanted, None, usize::from(FEW));
            (figures, past_lists::listed(&mut conn, source.places, day, &lines).await?)
        }
    };
    let Figures { counts, provinces, central, communes, units, programmes } = figures;
    if found.is_hidden && counts.total == 0 {
        return Err(TasksError::NotFound("programme"));
    }
    let province = match area {
        Area::Agency(_) => province_of(&found.path),
        _ => None,
    };
    let as_of = source.as_of(&mut conn).await?;
    let Found { name, basis, programme, .. } = found;
    Ok(Results {
        name,
        basis,
        counts,
        doubted,
        provinces,
        central,
        province,
        programme,
        communes,
        units,
        programmes,
        as_of,
    })
}

/// What `area` comes down to for `viewer`; whether the viewer may see it is asked elsewhere.
pub(super) async fn find(
    conn: &mut Conn,
    places: &Directory,
    viewer: Viewer<'_>,
    area: &Area,
) -> Result<Found, TasksError> {
    let absent = TasksError::NotFound("area of results");
    let found = |name: String, path| Found {
        name,
        basis: String::new(),
        path,
        programme: None,
        is_hidden: false,
    };
    Ok(match area {
        Area::Nation => match viewer {
            Viewer::Inside(ctx) if ctx.actor.scope != AgencyPath::nation() => {
                found(ctx.actor.agency_name.clone(), viewer.widest())
            }
            _ => found("Cả nước".to_owned(), AgencyPath::nation()),
        },
        Area::Province(code) => {
            let tile = province(code).ok_or(absent)?;
            found(tile.name.to_owned(), province_path(code))
        }
        Area::Agency(code) => {
            let place = places.by_code(code).ok_or(absent)?;
            found(place.name.clone(), place.path.clone())
        }
        Area::Programme(code) => {
            let row = results::programme(conn, code).await?.ok_or(absent)?;
            if matches!(viewer, Viewer::Public) && !row.is_public {
                return Err(TasksError::NotFound("programme"));
            }
            let is_hidden = !row.is_public && !viewer.oversees(&row);
            Found {
                name: row.name,
                basis: row.basis,
                path: viewer.widest(),
                programme: Some(ProgrammeId(row.id)),
                is_hidden,
            }
        }
    })
}

/// What is read from the board in one look.
struct Figures {
    counts: Counts,
    provinces: Vec<Line>,
    central: Vec<Line>,
    communes: Vec<Line>,
    units: Vec<Line>,
    programmes: Vec<Line>,
}

/// The province in which `path` lies, by code and name.
fn province_of(path: &AgencyPath) -> Option<(String, String)> {
    let tile = province(path.as_str().split('/').nth(1)?)?;
    Some((tile.code.to_owned(), tile.name.to_owned()))
}

/// Asks one board, of the present or of a past day.
pub(super) struct Look<'a> {
    pub(super) counts: &'a dyn Fn(Option<ProgrammeId>, &str) -> Counts,
}

impl Look<'_> {
    fn counts(&self, programme: Option<ProgrammeId>, path: &str) -> Counts {
        (self.counts)(programme, path)
    }

    fn figures(
        &self,
        places: &Directory,
        area: &Area,
        found: &Found,
        programmes: &[ProgrammeRow],
    ) -> Figures {
        let is_wide = found.path == AgencyPath::nation();
        let mut figures = Figures {
            counts: self.counts(found.programme, found.path.as_str()),
            provinces: Vec::new(),
            central: Vec::new(),
            communes: Vec::new(),
            units: Vec::new(),
            programmes: self.programmes(found, programmes),
        };
        if is_wide {
            figures.provinces = self.provinces(found.programme);
            figures.central = ranked(self.lines(central(places), found.programme));
        } else if !matches!(area, Area::Programme(_)) {
            figures.communes = self.communes(places, found);
            figures.units = self.units(places, found);
        }
        figures
    }

    fn lines<'p>(
        &self,
        places: impl Iterator<Item = &'p Agency>,
        programme: Option<ProgrammeId>,
    ) -> Vec<Line> {
        places
            .map(|it| Line::new(&it.code, &it.name, self.counts(programme, it.path.as_str())))
            .filter(|line| line.counts.total > 0)
            .collect()
    }

    pub(super) fn provinces(&self, programme: Option<ProgrammeId>) -> Vec<Line> {
        let line = |tile: &'static crate::model::Tile| {
            let path = province_path(tile.code);
            Line::new(tile.code, tile.name, self.counts(programme, path.as_str()))
        };
        ranked(provinces().map(line).collect())
    }

    /// Those first of which most is said that the data do not show, then those with most overdue.
    fn communes(&self, places: &Directory, found: &Found) -> Vec<Line> {
        let communes = below(places, &found.path).filter(|it| it.level == Level::Commune);
        let mut lines = self.lines(communes, found.programme);
        lines.sort_by_key(|line| {
            let counts = &line.counts;
            (-counts.doubted, -counts.open_overdue, -counts.total, line.name.clone())
        });
        lines.truncate(usize::from(MOST));
        lines
    }

    /// Those with most tasks overdue first.
    fn units(&self, places: &Directory, found: &Found) -> Vec<Line> {
        let others = below(places, &found.path).filter(|it| it.level != Level::Commune);
        let mut lines = self.lines(others, found.programme);
        lines
            .sort_by_key(|line| (-line.counts.open_overdue, -line.counts.total, line.name.clone()));
        lines.truncate(usize::from(MOST));
        lines
    }

    fn programmes(&self, found: &Found, rows: &[ProgrammeRow]) -> Vec<Line> {
        rows.iter()
            .map(|row| {
                let counts = self.counts(Some(ProgrammeId(row.id)), found.path.as_str());
                Line::new(&row.code, &row.name, counts)
            })
            .filter(|line| line.counts.total > 0)
            .collect()
    }
}

/// The bodies of the centre that stand directly below the nation.
fn central(places: &Directory) -> impl Iterator<Item = &Agency> {
    places.all().iter().filter(|it| {
        it.level == Level::Centre && !it.is_group && it.path.as_str().matches('/').count() == 1
    })
}

/// The agencies strictly below `path`.
fn below<'a>(places: &'a Directory, path: &'a AgencyPath) -> impl Iterator<Item = &'a Agency> {
    places.all().iter().filter(move |it| !it.is_group && it.path != *path && path.covers(&it.path))
}

/// Best share first, with rank ranges; what cannot be assessed comes last, without a rank.
fn ranked(mut lines: Vec<Line>) -> Vec<Line> {
    lines.sort_by_key(|line| {
        let share = line.on_time.map_or((1, 0, 0), |it| (0, -it.share_bp, -it.due));
        (share, line.name.clone())
    });
    let shares: Vec<OnTime> = lines.iter().filter_map(|line| line.on_time).collect();
    for (line, rank) in lines.iter_mut().zip(rank_ranges(&shares)) {
        line.rank = Some(rank);
    }
    lines
}
