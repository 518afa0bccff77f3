//! Collective addressees by a grammar: "các bộ, ngành và địa phương", "các cơ quan, đơn vị liên quan".

use crate::text::Doc;

/// One member of a collective.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Member {
    Ministry,
    Sector,
    Body,
    MinistryLevel,
    GovernmentAgency,
    Locality,
    Unit,
    PartyBoard,
    Department,
    Group,
    Corporation,
    Enterprise,
    Organization,
    Association,
    Level,
    Authorities,
    Side,
    PartyCommittee,
}

use Member::*;

const MEMBERS: [(&str, Member); 49] = [
    ("chi bộ", PartyCommittee),
    ("chi bộ trực thuộc", PartyCommittee),
    ("đảng bộ", PartyCommittee),
    ("đảng bộ trực thuộc", PartyCommittee),
    ("chi ủy", PartyCommittee),
    ("đảng ủy", PartyCommittee),
    ("đảng ủy trực thuộc", PartyCommittee),
    ("cơ quan ngang bộ", MinistryLevel),
    ("cơ quan thuộc chính phủ", GovernmentAgency),
    ("cơ quan trung ương", Body),
    ("cơ quan chức năng", Unit),
    ("cơ quan chuyên môn", Department),
    ("cơ quan", Body),
    ("cơ quan nhà nước", Body),
    ("bộ", Ministry),
    ("bộ ngành", Sector),
    ("ngành", Sector),
    ("địa phương", Locality),
    ("chính quyền địa phương", Authorities),
    ("chính quyền địa phương các cấp", Authorities),
    ("chính quyền các cấp", Authorities),
    ("chính quyền", Authorities),
    ("đơn vị", Unit),
    ("ban", PartyBoard),
    ("ban đảng", PartyBoard),
    ("ban đảng trung ương", PartyBoard),
    ("sở", Department),
    ("phòng", Department),
    ("tập đoàn", Group),
    ("tập đoàn kinh tế", Group),
    ("tổng công ty", Corporation),
    ("tổng công ty nhà nước", Corporation),
    ("doanh nghiệp", Enterprise),
    ("doanh nghiệp nhà nước", Group),
    ("tổ chức", Organization),
    ("tổ chức đảng", PartyCommittee),
    ("đoàn thể", Association),
    ("đoàn thể chính trị - xã hội", Association),
    ("tổ chức chính trị - xã hội", Association),
    ("hội", Association),
    ("cấp", Level),
    ("bên", Side),
    ("bên liên quan", Side),
    ("cấp ủy", PartyCommittee),
    ("cấp ủy đảng", PartyCommittee),
    ("cấp ủy đảng các cấp", PartyCommittee),
    ("cấp ủy các cấp", PartyCommittee),
    ("chủ đầu tư", Unit),
    ("nhà thầu", Unit),
];

/// A collective as found.
pub(super) struct Found {
    pub(super) end: usize,
    pub(super) codes: Vec<&'static str>,
    pub(super) vague: bool,
}

fn member(doc: &Doc, i: usize) -> Option<(usize, Member)> {
    MEMBERS
        .iter()
        .filter_map(|(name, m)| doc.at(i, name).map(|end| (end, *m)))
        .max_by_key(|(end, _)| *end)
}

/// A collective at `i`. `titled`: a head's title stands before it, so "các" may be missing.
pub(super) fn at(doc: &Doc, i: usize, titled: bool) -> Option<Found> {
    let mut j = doc.any(i, &["tất cả", "toàn bộ", "toàn thể", "từng"]).unwrap_or(i);
    let plural = doc.any(j, &["các", "những", "mọi"]);
    j = plural.unwrap_or(j);
    let first = j;
    let mut members: Vec<Member> = Vec::new();
    let mut end = i;
    while let Some((after, m)) = member(doc, j) {
        if m == Ministry && doc.upper(after) && members.is_empty() && doc.w(after) != "ngành" {
            break;
        }
        members.push(m);
        end = after;
        let mut next = end;
        while matches!(doc.w(next), "," | "và" | "/" | "&" | "-") {
            next += 1;
        }
        next = doc.any(next, &["các", "những"]).unwrap_or(next);
        j = next;
    }
    let begins_list = members.len() >= 2
        && matches!(members.first(), Some(Ministry | Sector | PartyBoard | Department | Body));
    let alone = members.len() == 1
        && matches!(members.first(), Some(Locality | MinistryLevel | GovernmentAgency))
        && (doc.upper(first) || titled);
    if members.is_empty() || (plural.is_none() && !titled && !begins_list && !alone) {
        return None;
    }
    let qualifier = qualifier(doc, end);
    let related = doc.has(end, qualifier, "liên quan") || members.contains(&Side);
    let (codes, vague) = codes(&members, related, titled)?;
    Some(Found { end: qualifier, codes, vague })
}

/// "có liên quan", "ở Trung ương và địa phương", "trong cả nước" after the members.
fn qualifier(doc: &Doc, mut end: usize) -> usize {
    const TAILS: [&str; 14] = [
        "có liên quan",
        "liên quan",
        "khác có liên quan",
        "khác",
        "trực thuộc trung ương",
        "trực thuộc",
        "ở trung ương",
        "trung ương",
        "trong cả nước",
        "cả nước",
        "trên cả nước",
        "các cấp",
        "của tỉnh",
        "cấp tỉnh",
    ];
    while let Some(after) = doc.any(end, &TAILS) {
        end = after;
    }
    end
}

fn codes(members: &[Member], related: bool, titled: bool) -> Option<(Vec<&'static str>, bool)> {
    let has = |m: Member| members.contains(&m);
    let mut out: Vec<&'static str> = Vec::new();
    let locality = has(Locality) || has(Authorities);
    let mut vague = false;
    if has(Department) {
        out.push("*SBN");
        if locality {
            out.push("*ĐP");
        }
    } else if has(PartyBoard) {
        out.push("*BAN");
    } else if has(MinistryLevel) || has(GovernmentAgency) {
        if has(MinistryLevel) || has(Ministry) {
            out.push("*BCQNB");
        }
        if has(GovernmentAgency) {
            out.push("*CQTCP");
        }
        if locality {
            out.push("*ĐP");
        }
    } else if has(Ministry) || has(Sector) {
        out.extend(ministries(has(Sector), has(Body), has(Unit), locality));
    } else if has(PartyCommittee) {
        out.push("*CẤPỦY");
        if locality {
            out.push("*ĐP");
        }
    } else if has(Group) || has(Corporation) {
        // "các tập đoàn, tổng công ty, đơn vị liên quan" is the groups.
        vague = false;
    } else if has(Body) || has(Unit) || has(Side) || has(Organization) {
        vague = !titled || related || !has(Body);
        out.push("*BLQ");
        if locality {
            out.push("*ĐP");
        }
    } else if locality {
        out.push("*ĐP");
    } else if has(Level) {
        return None;
    }
    if has(Group) || has(Corporation) {
        out.push("*TĐTCT");
    }
    if out.is_empty() {
        return None;
    }
    Some((out, vague))
}

fn ministries(sector: bool, body: bool, unit: bool, locality: bool) -> Vec<&'static str> {
    match (sector, body || unit, locality) {
        (true, _, true) => vec!["*BNĐP"],
        (true, _, false) => vec!["*BN"],
        (false, true, true) => vec!["*BCQ", "*ĐP"],
        (false, true, false) => vec!["*BCQ"],
        (false, false, true) => vec!["*BNĐP"],
        (false, false, false) => vec!["*B"],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn collectives_are_read_by_their_members() {
        let cases: [(&str, &[&str]); 14] = [
            ("các bộ, ngành, địa phương", &["*BNĐP"]),
            ("Các Bộ, ngành và địa phương", &["*BNĐP"]),
            ("các bộ ngành, địa phương", &["*BNĐP"]),
            ("các bộ, ngành có liên quan", &["*BN"]),
            ("các bộ", &["*B"]),
            ("Các Bộ, cơ quan liên quan", &["*BCQ"]),
            ("các Bộ, cơ quan, địa phương", &["*BCQ", "*ĐP"]),
            ("các bộ, cơ quan ngang bộ, cơ quan thuộc Chính phủ", &["*BCQNB", "*CQTCP"]),
            ("các cơ quan, đơn vị liên quan", &["*BLQ"]),
            ("các địa phương", &["*ĐP"]),
            ("các tập đoàn, tổng công ty", &["*TĐTCT"]),
            ("các cấp ủy, chính quyền địa phương", &["*CẤPỦY", "*ĐP"]),
            ("các sở, ban, ngành", &["*SBN"]),
            ("bộ, ngành, địa phương", &["*BNĐP"]),
        ];
        for (text, codes) in cases {
            let found = at(&Doc::new(text), 0, false);
            assert_eq!(found.map(|f| f.codes), Some(codes.to_vec()), "{text}");
        }
    }
}
