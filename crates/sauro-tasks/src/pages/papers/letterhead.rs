//! What an agency's papers usually bear, as a suggestion to be changed.

use sauro_directory::model::{Agency, Directory, Level};
use sauro_kernel::Ctx;
use sauro_papers::{Layout, PaperHead, Signer, Signing};

use crate::model::{head_title, province};

/// The usual head and foot of the papers of the caller's agency.
pub(in crate::pages) struct Letterhead {
    pub(in crate::pages) layout: Layout,
    pub(in crate::pages) superior: String,
    pub(in crate::pages) issuer: String,
    /// The abbreviation in numbers.
    pub(in crate::pages) code: String,
    pub(in crate::pages) place: String,
    pub(in crate::pages) signer: Signer,
}

impl Letterhead {
    pub(in crate::pages) fn of(ctx: &Ctx, directory: &Directory) -> Self {
        let actor = &ctx.actor;
        let agency = directory.agency(actor.agency);
        let is_party = agency.is_some_and(is_party);
        let in_province = actor.agency_path.as_str().split('/').nth(1).and_then(province);
        // People's committees, provincial Party committees and bodies of the centre name nobody.
        let names_superior = |it: &&Agency| {
            it.level != Level::Centre && !it.kind.ends_with("_pc") && !it.kind.ends_with("_party")
        };
        let superior = agency
            .filter(names_superior)
            .and_then(|it| it.parent)
            .and_then(|id| directory.agency(id))
            .filter(|it| !it.is_group)
            .map(|it| it.name.clone());
        let code = agency
            .map_or(&actor.agency_code, |it| if it.abbr.is_empty() { &it.code } else { &it.abbr });
        Self {
            layout: if is_party { Layout::Party } else { Layout::State },
            superior: superior.unwrap_or_default(),
            issuer: actor.agency_name.clone(),
            code: code.clone(),
            place: in_province.map_or("Hà Nội", |it| it.name).to_owned(),
            signer: signer(&head_title(directory, actor.agency), &actor.agency_name),
        }
    }

    /// The head of a paper of `kind` and `subject`, with room for number and day.
    pub(in crate::pages) fn head(self, kind_code: &str, kind: &str, subject: String) -> PaperHead {
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
