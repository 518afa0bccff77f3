use sauro_directory::model::Directory;
use sauro_kernel::Ctx;
use sauro_store::Db;

use crate::model::{Body, BuiltIn, Dashboard, Ground, Named, Place, Tile};
use crate::{DashboardsError, Stamp, TileSource, actions};

/// A dashboard that the viewer may open, whoever made it.
pub(super) struct Found {
    pub(super) named: Named,
    pub(super) name: String,
    /// Who made it, or that nobody did.
    pub(super) maker: String,
    pub(super) tiles: Vec<Tile>,
    /// One that an agency has made.
    pub(super) made: Option<Dashboard>,
}

impl Found {
    /// The dashboard that the address calls `name`, for `viewer`.
    pub(super) async fn find(
        viewer: Option<&Ctx>,
        db: &Db,
        source: &dyn TileSource,
        directory: &Directory,
        stamp: Stamp,
        name: &str,
    ) -> Result<Self, DashboardsError> {
        let absent = DashboardsError::NotFound("dashboard");
        let named: Named = name.parse().map_err(|()| DashboardsError::NotFound("dashboard"))?;
        match &named {
            Named::Made(id) => {
                let made = match viewer {
                    Some(ctx) => actions::dashboard(ctx, db, *id).await?,
                    None => actions::public_dashboard(db, *id).await?,
                };
                Ok(Self::made(made, directory))
            }
            Named::BuiltIn(built_in) => {
                let ground = source.ground(stamp).await?;
                let place = place_of(built_in, &ground).ok_or(absent)?;
                let mut tiles = Vec::new();
                for tile in built_in.tiles(&ground) {
                    // What others have figures of, this unit need not.
                    let content = source.fill(viewer, &tile.spec, stamp).await?;
                    if !matches!(content.body, Body::Absent(_)) {
                        tiles.push(tile);
                    }
                }
                Ok(Self {
                    name: built_in.title(place),
                    maker: "Có sẵn".to_owned(),
                    tiles,
                    made: None,
                    named,
                })
            }
        }
    }

    pub(super) fn made(made: Dashboard, directory: &Directory) -> Self {
        Self {
            named: Named::Made(made.id),
            name: made.name.clone(),
            maker: directory.name(made.agency).to_owned(),
            tiles: made.tiles.clone(),
            made: Some(made),
        }
    }

    /// Its version; 0 of those that nobody has made.
    pub(super) fn version(&self) -> i64 {
        self.made.as_ref().map_or(0, |it| it.version)
    }
}

/// The unit that `built_in` is about, if there is such a unit at that level.
fn place_of<'a>(built_in: &BuiltIn, ground: &'a Ground) -> Option<&'a Place> {
    let (code, rung) = built_in.unit();
    let place = ground.places.iter().find(|it| it.code == code)?;
    let fits = match rung {
        Some(rung) => place.rung == rung,
        None => ground.indicators.iter().any(|it| it.owner == code),
    };
    fits.then_some(place)
}
