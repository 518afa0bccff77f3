//! What an agency's papers usually bear, as a suggestion to be changed.

use sauro_kernel::Ctx;
use sauro_papers::{Layout, PaperHead, Signer, Signing};

use crate::model::{Agency, Directory, Level, title_of_head};

/// Where the papers of central bodies are dated from.
const CAPITAL: &str = "Hà Nội";

/// The usual head and foot of the papers of an agency.
pub struct Letterhead {
    /// The layout of the State or of the Party.
    pub layout: Layout,
    /// The body above the issuer, or empty.
    pub superior: String,
    /// Who issues.
    pub issuer: String,
    /// The abbreviation in numbers.
    pub code: String,
    /// Where papers are dated from.
    pub place: String,
    /// Who signs.
    pub signer: Signer,
}

impl Letterhead {
    /// That of the caller's agency.
    pub fn of(ctx: &Ctx, directory: &Directory) -> Self {
        let actor = &ctx.actor;
        match directory.agency(actor.agency) {
            Some(agency) => Self::of_agency(directory, agency),
            None => Self {
                layout: Layout::State,
                superior: String::new(),
                issuer: actor.agency_name.clone(),
                code: actor.agency_code.clone(),
                place: CAPITAL.to_owned(),
                signer: signer("", &actor.agency_name),
            },
        }
    }

    /// That of `agency`.
    pub fn of_agency(directory: &Directory, agency: &Agency) -> Self {
        let place = agency.path.as_str().split('/').nth(1).and_then(|it| place(directory, it));
        // People's committees, provincial Party committees and bodies of the centre name nobody.
        let names_superior = agency.level != Level::Centre
            && !agency.kind.ends_with("_pc")
            && !agency.kind.ends_with("_party");
        let superior = agency
            .parent
            .filter(|_| names_superior)
            .and_then(|id| directory.agency(id))
            .filter(|it| !it.is_group)
            .map(|it| it.name.clone());
        let code = if agency.abbr.is_empty() { &agency.code } else { &agency.abbr };
        Self {
            layout: if is_party(agency) { Layout::Party } else { Layout::State },
            superior: superior.unwrap_or_default(),
            issuer: agency.name.clone(),
            code: code.clone(),
            place: place.unwrap_or_else(|| CAPITAL.to_owned()),
            signer: signer(&title_of_head(&agency.code, &agency.name), &agency.name),
        }
    }

    /// The head of a paper of `kind` and `subject`, with room for number and day.
    pub fn head(self, kind_code: &str, kind: &str, subject: String) -> PaperHead {
        PaperHead {
            superior: self.superior,
            issuer: self.issuer,
            number: None,
            kind_code: kind_code.to_owned(),
            issuer_code: self.code,
            place: self.place,
            date: None,
            kind: kind.to_owned(),
            subject,
        }
    }
}

/// The name of the province `code` as papers are dated from it: places named after a person in full.
fn place(directory: &Directory, code: &str) -> Option<String> {
    let name = directory.atlas().place(code)?.names.last()?;
    let is_person = name.name == "Hồ Chí Minh";
    Some(if is_person { format!("TP. {}", name.name) } else { name.name.clone() })
}

/// Bodies of the Party, the Central Steering Committee among them.
fn is_party(agency: &Agency) -> bool {
    agency.kind.contains("party")
        || (agency.kind == "steering" && agency.name.contains("Trung ương"))
}

/// Who usually signs: of a people's committee the chair on its behalf, else the head.
fn signer(title: &str, agency: &str) -> Signer {
    let (signing, title) = match title.strip_prefix("Chủ tịch UBND ") {
        Some(_) => (Signing::Collective("Ủy ban nhân dân".to_owned()), "Chủ tịch"),
        None if agency.starts_with("Sở ") || agency.starts_with("Bộ ") => {
            (Signing::Head, title.strip_suffix(agency).unwrap_or(title).trim_end())
        }
        None => (Signing::Head, title),
    };
    Signer { signing, title: title.to_owned(), name: String::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_title_of_a_signer_does_not_repeat_the_agency() {
        let sign = |title: &str, agency: &str| {
            let it = signer(title, agency);
            (it.signing, it.title)
        };
        let committee = Signing::Collective("Ủy ban nhân dân".to_owned());
        assert_eq!(
            sign("Chủ tịch UBND tỉnh Cà Mau", "Ủy ban nhân dân tỉnh Cà Mau"),
            (committee, "Chủ tịch".to_owned())
        );
        assert_eq!(sign("Giám đốc Sở Y tế", "Sở Y tế"), (Signing::Head, "Giám đốc".to_owned()));
        assert_eq!(sign("Bộ trưởng Bộ Y tế", "Bộ Y tế"), (Signing::Head, "Bộ trưởng".to_owned()));
        let own = "Chánh Văn phòng Tỉnh ủy Cà Mau";
        assert_eq!(sign(own, "Văn phòng Tỉnh ủy Cà Mau"), (Signing::Head, own.to_owned()));
    }
}
