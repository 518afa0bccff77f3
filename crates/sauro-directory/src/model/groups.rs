//! Collective addressees: whom a group means.

use super::{Agency, Level};

/// True of a group that names nobody ("các bên liên quan") and of those whose members this system
/// does not know: it does not make "rõ người" clear.
pub fn is_vague_code(code: &str) -> bool {
    matches!(code, "*BLQ" | "*CẤPỦY" | "*BÁOCHÍ" | "*NHTM" | "*DNVT")
}

/// True when `agency` is a member of the group `code`.
///
/// Membership follows from kind and level, so that a new ministry or commune is in at once.
pub(super) fn is_member(code: &str, agency: &Agency) -> bool {
    if agency.is_group || agency.valid_to.is_some() {
        return false;
    }
    let kind = agency.kind.as_str();
    let is_ministry = matches!(kind, "ministry" | "ministry_level");
    let is_province = kind == "province_pc";
    match code {
        "*B" => kind == "ministry",
        "*BN" | "*BCQ" => is_ministry || kind == "gov_agency",
        "*BCQNB" => is_ministry,
        "*CQTCP" => kind == "gov_agency",
        "*BNĐP" => is_ministry || is_province,
        "*BAN" => is_ministry || kind == "party",
        "*ĐP" | "*UBNDT" => is_province,
        "*TU" => kind == "province_party",
        "*UBNDX" => agency.level == Level::Commune,
        "*TĐTCT" => kind == "enterprise",
        _ => false,
    }
}
