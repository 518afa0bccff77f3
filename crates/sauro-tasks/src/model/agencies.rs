use sauro_directory::model::{Agency, Directory, Level};
use sauro_kernel::{AgencyId, AgencyPath};

use super::{Clarity, DraftBody};

/// What this room asks of the catalogue of agencies.
pub trait Agencies: Send + Sync {
    /// The agency `id`.
    fn fact(&self, id: AgencyId) -> Option<AgencyFact<'_>>;

    /// Whom the group `id` stands for within `scope`; nobody for an agency that is no group, and for a
    /// group that names nobody ("các bên liên quan").
    fn members_of(&self, id: AgencyId, scope: &AgencyPath) -> Vec<AgencyId>;

    /// True for an agency that names nobody: unknown, or a group whose members nobody knows.
    fn is_vague(&self, id: AgencyId) -> bool;

    /// The agency that `words` name: a code, a name or an alias, with or without diacritics.
    fn named(&self, words: &str) -> Option<AgencyId>;

    /// The people's committees of the communes below `place`, in the order of their paths.
    fn communes_below(&self, place: &AgencyPath) -> Vec<AgencyId>;

    /// Names worth offering to someone who fills in a form from `place`: central bodies, provinces,
    /// collectives, and the bodies below `place`; at most `limit`.
    fn offered(&self, place: &AgencyPath, limit: usize) -> Vec<AgencyFact<'_>>;
}

/// What this room knows of one agency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AgencyFact<'a> {
    /// The id.
    pub id: AgencyId,
    /// Official code.
    pub code: &'a str,
    /// Name.
    pub name: &'a str,
    /// Where it stands.
    pub path: &'a AgencyPath,
    /// What it oversees.
    pub scope: &'a AgencyPath,
    /// A body of the centre: what it hands out may go anywhere.
    pub is_central: bool,
    /// A collective addressee, such as the people's committees of all provinces.
    pub is_group: bool,
}

/// The agencies that `leads` of a draft of `owner` come to once groups are replaced by those of their
/// members that `owner` may hand out to (a province: its own communes), each once, in order.
pub fn fan_out(agencies: &dyn Agencies, owner: AgencyId, leads: &[AgencyId]) -> Vec<AgencyId> {
    let nation = AgencyPath::nation();
    let scope = agencies.fact(owner).filter(|it| !it.is_central).map_or(&nation, |it| it.scope);
    let mut seen = std::collections::HashSet::new();
    let mut all = Vec::new();
    for lead in leads {
        let is_group = agencies.fact(*lead).is_some_and(|it| it.is_group);
        let members = if is_group { agencies.members_of(*lead, scope) } else { vec![*lead] };
        all.extend(members.into_iter().filter(|id| seen.insert(*id)));
    }
    all
}

/// The clarities that a draft of `owner` lacks once its groups have fallen apart: a group without
/// members is nobody, and nobody accepts its own work, not even as a member of a group.
pub fn lacks(agencies: &dyn Agencies, owner: AgencyId, body: &DraftBody) -> Vec<Clarity> {
    let mut missing = body.missing(|id| agencies.is_vague(id));
    let doers = fan_out(agencies, owner, &body.leads);
    if doers.is_empty() {
        missing.push(Clarity::Doer);
    }
    if body.authority.is_some_and(|id| doers.contains(&id)) {
        missing.push(Clarity::Authority);
    }
    missing.sort_unstable();
    missing.dedup();
    missing
}

/// The name of `id`, or words that say it is unknown.
pub fn name_of(agencies: &dyn Agencies, id: AgencyId) -> &str {
    agencies.fact(id).map_or("Cơ quan không còn trong danh mục", |it| it.name)
}

impl Agencies for Directory {
    fn fact(&self, id: AgencyId) -> Option<AgencyFact<'_>> {
        self.agency(id).map(fact_of)
    }

    fn members_of(&self, id: AgencyId, scope: &AgencyPath) -> Vec<AgencyId> {
        match self.agency(id) {
            Some(it) if it.is_group && !Self::is_vague(self, id) => {
                Self::members_of(self, id, scope)
            }
            _ => Vec::new(),
        }
    }

    fn is_vague(&self, id: AgencyId) -> bool {
        self.agency(id).is_none() || Self::is_vague(self, id)
    }

    fn named(&self, words: &str) -> Option<AgencyId> {
        self.resolve(words).map(|hit| hit.agency.id)
    }

    fn communes_below(&self, place: &AgencyPath) -> Vec<AgencyId> {
        let is_meant = |it: &&Agency| {
            it.kind == "commune_pc" && it.valid_to.is_none() && place.covers(&it.path)
        };
        let mut found: Vec<&Agency> = self.all().iter().filter(is_meant).collect();
        found.sort_by(|a, b| a.path.cmp(&b.path));
        found.into_iter().map(|it| it.id).collect()
    }

    fn offered(&self, place: &AgencyPath, limit: usize) -> Vec<AgencyFact<'_>> {
        let is_meant = |it: &&Agency| {
            it.valid_to.is_none()
                && (it.level == Level::Centre
                    || it.kind.starts_with("province_")
                    || place.covers(&it.path))
        };
        self.all().iter().filter(is_meant).take(limit).map(fact_of).collect()
    }
}

fn fact_of(it: &Agency) -> AgencyFact<'_> {
    AgencyFact {
        id: it.id,
        code: &it.code,
        name: &it.name,
        path: &it.path,
        scope: &it.scope,
        is_central: it.level == Level::Centre,
        is_group: it.is_group,
    }
}
