use sauro_kernel::{AgencyId, AgencyPath};

/// What this room asks of the catalogue of agencies.
pub trait Agencies: Send + Sync {
    /// The agency `id`.
    fn fact(&self, id: AgencyId) -> Option<AgencyFact<'_>>;

    /// Whom the group `id` stands for; nobody for an agency that is no group, and for a group that
    /// names nobody ("các bên liên quan").
    fn members_of(&self, id: AgencyId) -> Vec<AgencyId>;

    /// The agency that `words` name: a code, a name or an alias, with or without diacritics.
    fn named(&self, words: &str) -> Option<AgencyId>;

    /// The people's committees of the communes below `place`, in the order of their paths.
    fn communes_below(&self, place: &AgencyPath) -> Vec<AgencyId>;
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
    /// A collective addressee, such as the people's committees of all provinces.
    pub is_group: bool,
}

/// True for an agency that names nobody: unknown, or a group without members.
pub fn is_vague(agencies: &dyn Agencies, id: AgencyId) -> bool {
    agencies.fact(id).is_none_or(|it| it.is_group && agencies.members_of(id).is_empty())
}

/// The agencies that `leads` come to once groups are replaced by their members, each once, in order.
pub fn fan_out(agencies: &dyn Agencies, leads: &[AgencyId]) -> Vec<AgencyId> {
    let mut seen = std::collections::HashSet::new();
    let mut all = Vec::new();
    for lead in leads {
        let is_group = agencies.fact(*lead).is_some_and(|it| it.is_group);
        let members = if is_group { agencies.members_of(*lead) } else { vec![*lead] };
        all.extend(members.into_iter().filter(|id| seen.insert(*id)));
    }
    all
}

/// The name of `id`, or words that say it is unknown.
pub fn name_of(agencies: &dyn Agencies, id: AgencyId) -> &str {
    agencies.fact(id).map_or("Cơ quan không còn trong danh mục", |it| it.name)
}
