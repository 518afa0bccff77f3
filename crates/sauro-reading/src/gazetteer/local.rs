//! Departments and organs of one province: `SO-TC@44`, `CA@44`.

use super::{Gazetteer, units::Unit};
use crate::text::Doc;

/// Departments that no ministry's short name gives.
const DEPARTMENTS: [(&str, &str, &str); 9] = [
    ("văn hóa và thể thao", "VHTT", "Văn hóa và Thể thao"),
    ("văn hóa , thể thao", "VHTT", "Văn hóa, Thể thao"),
    ("quy hoạch - kiến trúc", "QHKT", "Quy hoạch - Kiến trúc"),
    ("quy hoạch kiến trúc", "QHKT", "Quy hoạch - Kiến trúc"),
    ("an toàn thực phẩm", "ATTP", "An toàn thực phẩm"),
    ("ngoại vụ", "NgV", "Ngoại vụ"),
    ("du lịch", "DL", "Du lịch"),
    ("giao thông công chính", "GTCC", "Giao thông công chánh"),
    ("văn hóa thể thao và du lịch", "VHTTDL", "Văn hóa, Thể thao và Du lịch"),
];

/// Organs of a province that are not departments.
const ORGANS: [(&str, &str, &str); 32] = [
    ("công an tỉnh", "CA", "Công an"),
    ("công an thành phố", "CA", "Công an"),
    ("bộ chỉ huy quân sự tỉnh", "BCHQS", "Bộ Chỉ huy Quân sự"),
    ("bộ chỉ huy quân sự", "BCHQS", "Bộ Chỉ huy Quân sự"),
    ("bộ tư lệnh thành phố", "BCHQS", "Bộ Tư lệnh"),
    ("ban chỉ huy bộ đội biên phòng tỉnh", "BĐBP", "Ban Chỉ huy Bộ đội Biên phòng"),
    ("văn phòng ủy ban nhân dân tỉnh", "VPUBND", "Văn phòng Ủy ban nhân dân"),
    ("văn phòng ubnd tỉnh", "VPUBND", "Văn phòng Ủy ban nhân dân"),
    ("văn phòng ubnd thành phố", "VPUBND", "Văn phòng Ủy ban nhân dân"),
    ("văn phòng ủy ban nhân dân thành phố", "VPUBND", "Văn phòng Ủy ban nhân dân"),
    ("thanh tra tỉnh", "TTR", "Thanh tra"),
    ("thanh tra thành phố", "TTR", "Thanh tra"),
    ("văn phòng tỉnh ủy", "VPTU", "Văn phòng cấp ủy"),
    ("ban quản lý khu kinh tế tỉnh", "BQLKKT", "Ban Quản lý khu kinh tế"),
    ("ban quản lý khu kinh tế", "BQLKKT", "Ban Quản lý khu kinh tế"),
    ("ban tuyên giáo và dân vận tỉnh ủy", "BTGDV", "Ban Tuyên giáo và Dân vận"),
    ("ban tổ chức tỉnh ủy", "BTC", "Ban Tổ chức cấp ủy"),
    ("ủy ban kiểm tra tỉnh ủy", "UBKT", "Ủy ban Kiểm tra cấp ủy"),
    ("ban nội chính tỉnh ủy", "BNC", "Ban Nội chính cấp ủy"),
    ("ban tổ chức thành ủy", "BTC", "Ban Tổ chức cấp ủy"),
    ("ủy ban kiểm tra thành ủy", "UBKT", "Ủy ban Kiểm tra cấp ủy"),
    ("ban nội chính thành ủy", "BNC", "Ban Nội chính cấp ủy"),
    ("văn phòng thành ủy", "VPTU", "Văn phòng cấp ủy"),
    ("ban tuyên giáo và dân vận thành ủy", "BTGDV", "Ban Tuyên giáo và Dân vận"),
    ("đảng ủy các cơ quan đảng tỉnh", "ĐUCQĐ", "Đảng ủy các cơ quan Đảng"),
    ("đảng ủy công an tỉnh", "ĐUCA", "Đảng ủy Công an"),
    ("ủy ban mặt trận tổ quốc việt nam tỉnh", "MTTQ", "Ủy ban Mặt trận Tổ quốc Việt Nam"),
    ("hội đồng nhân dân tỉnh", "HĐND", "Hội đồng nhân dân"),
    ("đảng ủy các cơ quan đảng thành phố", "ĐUCQĐ", "Đảng ủy các cơ quan Đảng"),
    ("đảng ủy công an thành phố", "ĐUCA", "Đảng ủy Công an"),
    ("ủy ban mặt trận tổ quốc việt nam thành phố", "MTTQ", "Ủy ban Mặt trận Tổ quốc Việt Nam"),
    ("hội đồng nhân dân thành phố", "HĐND", "Hội đồng nhân dân"),
];

const MINISTRY_OF: [(&str, &str); 14] = [
    ("BTC", "TC"),
    ("BXD", "XD"),
    ("BNNMT", "NNMT"),
    ("BKHCN", "KHCN"),
    ("BNV", "NV"),
    ("BGDĐT", "GDĐT"),
    ("BYT", "YT"),
    ("BCT", "CT"),
    ("BTP", "TP"),
    ("BVHTTDL", "VHTTDL"),
    ("BDTTG", "DTTG"),
    ("BNG", "NgV"),
    ("BQP", "QP"),
    ("BCA", "CA"),
];

fn at_province(stem: &str, province: Option<&str>) -> String {
    province.map_or_else(|| stem.to_owned(), |p| format!("{stem}@{p}"))
}

/// One department after the word "Sở" (or in a list after "các Sở:").
pub(super) fn department_at(
    g: &Gazetteer,
    doc: &Doc,
    i: usize,
    province: Option<&str>,
) -> Option<(usize, String)> {
    let own = DEPARTMENTS
        .iter()
        .filter_map(|(name, code, _)| doc.at(i, name).map(|end| (end, format!("SO-{code}"))))
        .max_by_key(|(end, _)| *end);
    let usual = g.ministries.at(doc, i).and_then(|(end, target)| {
        let (_, short) = MINISTRY_OF.iter().find(|(ministry, _)| *ministry == target.code)?;
        Some((end, format!("SO-{short}")))
    });
    let (end, stem) = own.into_iter().chain(usual).max_by_key(|(end, _)| *end)?;
    Some(with_province(g, doc, end, &stem, province))
}

/// An organ of the province at `i`.
pub(super) fn organ_at(g: &Gazetteer, doc: &Doc, i: usize, province: Option<&str>) -> Option<Unit> {
    if !doc.upper(i) {
        return None;
    }
    let (end, code) = ORGANS
        .iter()
        .filter_map(|(name, code, _)| doc.at(i, name).map(|end| (end, *code)))
        .max_by_key(|(end, _)| *end)?;
    let (end, code) = with_province(g, doc, end, code, province);
    Some(Unit::one(code, end))
}

fn with_province(
    g: &Gazetteer,
    doc: &Doc,
    end: usize,
    stem: &str,
    province: Option<&str>,
) -> (usize, String) {
    let after = doc.any(end, &["tỉnh", "thành phố", "tp"]).unwrap_or(end);
    let after = if doc.w(after) == "." { after + 1 } else { after };
    match g.province_at(doc, after) {
        Some((done, target)) => (done, at_province(stem, Some(&target.code))),
        None => (end, at_province(stem, province)),
    }
}

/// A name for a code the catalogue does not list.
pub(super) fn name_of(g: &Gazetteer, code: &str) -> String {
    let (stem, province) = code.split_once('@').unwrap_or((code, ""));
    let place = g.name_of_province(province).map(|p| format!(" {p}")).unwrap_or_default();
    if let Some(short) = stem.strip_prefix("SO-") {
        if let Some((_, _, name)) = DEPARTMENTS.iter().find(|(_, c, _)| *c == short) {
            return format!("Sở {name}{place}");
        }
        let ministry =
            MINISTRY_OF.iter().find(|(_, c)| *c == short).and_then(|(m, _)| g.names.get(*m));
        let field = ministry.map_or(short, |m| m.trim_start_matches("Bộ "));
        return format!("Sở {field}{place}");
    }
    if let Some((_, _, name)) = ORGANS.iter().find(|(_, c, _)| *c == stem) {
        return format!("{name}{place}");
    }
    if stem == "*SBN" {
        return "các sở, ban, ngành".to_owned();
    }
    code.to_owned()
}
