//! Agencies as forms name them.

use sauro_directory::model::{Agency, Directory, Level};
use sauro_kernel::{AgencyId, AgencyPath, Ctx};

use crate::model::{Fault, Guesses};

/// Names offered beside the fields of agencies.
const OFFERED: usize = 800;

/// A place to pass a case to, with the words that speak for it.
pub(super) struct Way {
    pub(super) code: String,
    pub(super) name: String,
    pub(super) because: String,
}

/// The agencies that a form offers: those of the centre, the provinces, and the neighbourhood of the caller.
pub(super) fn offered(ctx: &Ctx, directory: &Directory) -> Vec<String> {
    let own = directory.agency(ctx.actor.agency);
    let parent = own.and_then(|it| it.parent).and_then(|it| directory.agency(it));
    let near = match (own.map(|it| it.level), parent) {
        (Some(Level::Commune), Some(parent)) => parent.scope.clone(),
        (Some(Level::Centre), _) | (None, _) => AgencyPath::nation(),
        _ => ctx.actor.scope.clone(),
    };
    let today = ctx.today();
    let is_nation = near == AgencyPath::nation();
    let is_meant = |it: &&Agency| {
        it.is_valid_on(today)
            && !it.is_group
            && (it.level == Level::Centre
                || it.kind.starts_with("province_")
                || !is_nation && near.covers(&it.path))
    };
    let all = directory.all().iter().filter(is_meant).take(OFFERED);
    all.map(|it| format!("{} ({})", it.name, it.code)).collect()
}

/// The agency that `words` mean, or the fault at `field` when they mean none.
pub(super) fn meant(directory: &Directory, words: &str, field: &str) -> Result<AgencyId, Fault> {
    if let Some(hit) = directory.resolve(words) {
        return Ok(hit.agency.id);
    }
    let words: String = words.trim().chars().take(80).collect();
    let sentence = if words.is_empty() {
        "Chọn một cơ quan.".to_owned()
    } else {
        format!(
            "Không có cơ quan nào tên là “{words}”. Chọn trong danh sách gợi ý, có dấu hay không dấu đều được."
        )
    };
    Err((field.to_owned(), sentence))
}

/// Where a case may go: the own agency, those that past cases speak for, those of its likeliest fields.
pub(super) fn ways(ctx: &Ctx, directory: &Directory, guesses: &Guesses, it: &Said<'_>) -> Vec<Way> {
    let mut ways: Vec<Way> = Vec::new();
    let mut add = |agency: Option<&Agency>, because: String| {
        if let Some(agency) = agency.filter(|it| it.is_valid_on(ctx.today()))
            && ways.iter().all(|it| it.code != agency.code)
        {
            ways.push(Way { code: agency.code.clone(), name: agency.name.clone(), because });
        }
    };
    for guess in &guesses.agencies {
        let because = it.because(&guess.because);
        add(directory.by_code(&guess.code), format!("vì các vụ việc trước có: {because}"));
    }
    add(directory.agency(ctx.actor.agency), "cơ quan mình giải quyết".to_owned());
    for guess in &guesses.fields {
        let Some(field) = it.fields.iter().find(|field| field.code == guess.code) else { continue };
        let because = it.because(&guess.because);
        add(directory.by_code(&field.agency_code), format!("{}, vì có: {because}", field.name));
    }
    ways
}

/// A case as it was said, to say why something is suggested in its own words.
pub(super) struct Said<'a> {
    pub(super) text: String,
    pub(super) fields: &'a [crate::model::Field],
}

impl Said<'_> {
    /// The folded `words` as the text writes them.
    pub(super) fn because(&self, words: &[String]) -> String {
        let all: Vec<String> = words.iter().map(|it| self.as_written(it)).collect();
        all.join(", ")
    }

    fn as_written(&self, folded: &str) -> String {
        let words: Vec<&str> =
            self.text.split(|c: char| !c.is_alphanumeric()).filter(|it| !it.is_empty()).collect();
        let n = folded.split(' ').count();
        let found = words.windows(n.max(1)).map(|it| it.join(" "));
        let mut found = found.filter(|it| sauro_kernel::fold(it) == folded);
        found.next().map_or_else(|| folded.to_owned(), |it| it.to_lowercase())
    }
}
