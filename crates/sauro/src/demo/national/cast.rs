//! The agencies of the nation and their seats.

use std::collections::HashMap;

use sauro_directory::model::{Agency, Directory};
use sauro_kernel::{AgencyId, AgencyPath, PostId, Role};
use sauro_tasks::jobs::past::By;

/// The seats of one agency.
#[derive(Clone, Copy)]
pub(super) struct Seats {
    agency: AgencyId,
    officer: PostId,
    leader: PostId,
    verifier: PostId,
    /// Who prepares what is issued: the standing agency, or the focal officer of a province.
    preparer: PostId,
}

impl Seats {
    fn of(agency: &Agency) -> Self {
        let seat = |role| super::super::cast::actor(role, agency).post;
        let is_central = agency.level == sauro_directory::model::Level::Centre;
        let preparer = if is_central { Role::StandingAgency } else { Role::FocalOfficer };
        Self {
            agency: agency.id,
            officer: seat(Role::Officer),
            leader: seat(Role::Leader),
            verifier: seat(Role::Verifier),
            preparer: seat(preparer),
        }
    }

    pub(super) fn officer(&self, at: i64) -> By {
        By { post: self.officer, agency: self.agency, at }
    }

    pub(super) fn leader(&self, at: i64) -> By {
        By { post: self.leader, agency: self.agency, at }
    }

    pub(super) fn verifier(&self, at: i64) -> By {
        By { post: self.verifier, agency: self.agency, at }
    }

    pub(super) fn preparer(&self, at: i64) -> By {
        By { post: self.preparer, agency: self.agency, at }
    }
}

/// Who is there.
pub(super) struct Cast {
    /// Ministries and other central bodies: sixty of them.
    pub(super) centre: Vec<AgencyId>,
    /// Those of them that have programmes of their own.
    pub(super) ministries: Vec<AgencyId>,
    /// The people's committees of the provinces, each with those of its communes.
    pub(super) provinces: Vec<(AgencyId, Vec<AgencyId>)>,
    pub(super) seats: HashMap<AgencyId, Seats>,
    pub(super) paths: HashMap<AgencyId, AgencyPath>,
}

/// The bodies of the centre that are given work.
const N_CENTRE: usize = 60;

impl Cast {
    pub(super) fn of(directory: &Directory) -> Self {
        let there = || directory.all().iter().filter(|it| it.valid_to.is_none() && !it.is_group);
        let of_kind = |kinds: &[&str]| -> Vec<&Agency> {
            let mut found: Vec<_> =
                there().filter(|it| kinds.contains(&it.kind.as_str())).collect();
            found.sort_by(|a, b| a.path.cmp(&b.path));
            found
        };
        let ids = |found: Vec<&Agency>| -> Vec<AgencyId> { found.iter().map(|it| it.id).collect() };
        let ministries = ids(of_kind(&["ministry", "ministry_level"]));
        let mut centre = ministries.clone();
        let others =
            ["gov_agency", "party", "party_committee", "mass_org", "state", "enterprise", "front"];
        for kind in others {
            centre.extend(ids(of_kind(&[kind])));
        }
        // These two issue and verify; they are given nothing by each other.
        let issuers = ["TTBCĐ57", "VPCP"].map(AgencyId::of_code);
        centre.retain(|id| !issuers.contains(id));
        centre.truncate(N_CENTRE);
        let communes = of_kind(&["commune_pc"]);
        let below = |province: &Agency| -> Vec<AgencyId> {
            let own = communes.iter().filter(|it| province.scope.covers(&it.path));
            own.map(|it| it.id).collect()
        };
        let provinces: Vec<_> =
            of_kind(&["province_pc"]).into_iter().map(|it| (it.id, below(it))).collect();
        let seats = there().map(|it| (it.id, Seats::of(it))).collect();
        let paths = there().map(|it| (it.id, it.path.clone())).collect();
        Self { centre, ministries, provinces, seats, paths }
    }

    /// The people's committees of all communes.
    pub(super) fn communes(&self) -> Vec<AgencyId> {
        self.provinces.iter().flat_map(|(_, communes)| communes).copied().collect()
    }

    pub(super) fn seats(&self, agency: AgencyId) -> anyhow::Result<&Seats> {
        self.seats.get(&agency).ok_or_else(|| anyhow::anyhow!("no agency {agency}"))
    }

    pub(super) fn path(&self, agency: AgencyId) -> anyhow::Result<&AgencyPath> {
        self.paths.get(&agency).ok_or_else(|| anyhow::anyhow!("no agency {agency}"))
    }
}
