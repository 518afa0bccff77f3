//! The shipped catalogue: central bodies, collectives, provinces, communes, and what they were before.

use super::{Commune, Entry, Gazetteer, Target};
use crate::text::Doc;

const AGENCIES: &str = include_str!("../../../../data/agencies.csv");
const ABOLISHED: &str = include_str!("../../../../data/agencies_abolished.csv");
const PROVINCES: &str = include_str!("../../../../data/province_agencies.csv");
const UNITS: &str = include_str!("../../../../data/units.csv");
const PREDECESSORS: &str = include_str!("../../../../data/province_predecessors.csv");

/// Names in daily use that the catalogue's columns do not carry.
const COMMON: [(&str, &str); 23] = [
    ("các cơ quan báo chí", "*BÁOCHÍ"),
    ("các cơ quan thông tấn, báo chí", "*BÁOCHÍ"),
    ("cơ quan thông tấn, báo chí", "*BÁOCHÍ"),
    ("các cơ quan báo chí, truyền thông", "*BÁOCHÍ"),
    ("các cơ quan thông tin, truyền thông", "*BÁOCHÍ"),
    ("các cơ quan thông tin đại chúng", "*BÁOCHÍ"),
    ("các doanh nghiệp bưu chính, viễn thông", "*DNVT"),
    ("các ngân hàng", "*NHTM"),
    ("hệ thống các tổ chức tín dụng", "*NHTM"),
    ("Văn phòng Ban Chỉ đạo phòng thủ dân sự quốc gia", "BCĐPTDS"),
    ("Ban Chỉ đạo quốc gia về phòng thủ dân sự", "BCĐPTDS"),
    ("Tập đoàn Viettel", "VIETTEL"),
    ("Tập đoàn VNPT", "VNPT"),
    ("Tập đoàn FPT", "FPT"),
    ("Tổng công ty MobiFone", "MOBIFONE"),
    ("Mặt trận Tổ quốc", "UBTWMTTQ"),
    ("Ủy ban Trung ương MTTQ Việt Nam", "UBTWMTTQ"),
    ("Toà án nhân dân tối cao", "TANDTC"),
    ("Bảo hiểm xã hội", "BHXH"),
    ("Ban Chỉ đạo Chính phủ", "BCĐCP57"),
    ("Tập đoàn Dầu khí Việt Nam", "PVN"),
    ("Liên đoàn Thương mại và Công nghiệp", "VCCI"),
    ("Đoàn Thanh niên Cộng sản Hồ Chí Minh", "TWĐTN"),
];

pub(super) fn build() -> Gazetteer {
    let mut all = Gazetteer::default();
    for row in rows(AGENCIES) {
        all.add(&Entry {
            code: cell(&row, 0),
            name: cell(&row, 2),
            aliases: aliases(&row, 3),
            kind: cell(&row, 4),
        });
    }
    for row in rows(PROVINCES) {
        all.add(&Entry {
            code: cell(&row, 0),
            name: cell(&row, 2),
            aliases: aliases(&row, 3),
            kind: cell(&row, 4),
        });
    }
    for (name, code) in COMMON {
        all.agencies.add(name, Target { code: code.to_owned(), abolished: false, caps: false });
    }
    for row in rows(ABOLISHED) {
        let target = Target { code: cell(&row, 3), abolished: true, caps: false };
        for name in std::iter::once(cell(&row, 1)).chain(aliases(&row, 2)) {
            all.agencies.add(&name, target.clone());
        }
    }
    for row in rows(PREDECESSORS) {
        let old = cell(&row, 3);
        let name =
            old.strip_prefix("Tỉnh ").or_else(|| old.strip_prefix("Thành phố ")).unwrap_or(&old);
        let is_same = cell(&row, 1).ends_with(name);
        all.add_province(name, &cell(&row, 0), !is_same);
    }
    for row in rows(UNITS) {
        if cell(&row, 2) == "2" {
            add_commune(&mut all, &row);
        }
    }
    all.seal();
    all
}

fn add_commune(all: &mut Gazetteer, row: &csv::StringRecord) {
    let name = cell(row, 4);
    let code = format!("UBND-{}", cell(row, 0));
    let doc = Doc::new(&name);
    let key = doc.tokens().iter().map(|t| t.key.as_str()).collect::<Vec<_>>().join(" ");
    all.names.insert(code.clone(), format!("Ủy ban nhân dân {} {name}", cell(row, 3)));
    all.communes.entry(key).or_default().push(Commune { code, province: cell(row, 1) });
}

fn rows(text: &'static str) -> impl Iterator<Item = csv::StringRecord> {
    csv::Reader::from_reader(text.as_bytes()).into_records().filter_map(Result::ok)
}

fn cell(row: &csv::StringRecord, i: usize) -> String {
    row.get(i).unwrap_or_default().trim().to_owned()
}

fn aliases(row: &csv::StringRecord, i: usize) -> Vec<String> {
    row.get(i)
        .unwrap_or_default()
        .split('|')
        .map(str::trim)
        .filter(|a| !a.is_empty())
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use crate::{Gazetteer, text::Doc};

    #[test]
    fn the_shipped_catalogue_knows_agencies_old_agencies_provinces_and_communes() {
        let all = Gazetteer::shipped();
        let code = |text: &str| {
            all.agency_at(&Doc::new(text), 0).map(|(end, t)| (end, t.code.clone(), t.abolished))
        };
        assert_eq!(code("Bộ Văn hoá, Thể thao và Du lịch"), Some((9, "BVHTTDL".into(), false)));
        assert_eq!(code("Bộ Giao thông vận tải"), Some((5, "BXD".into(), true)));
        assert_eq!(code("Bộ KH&CN"), Some((4, "BKHCN".into(), false)));
        let province = |text: &str| {
            all.province_at(&Doc::new(text), 0).map(|(_, t)| (t.code.clone(), t.abolished))
        };
        assert_eq!(province("Khánh Hoà"), Some(("56".into(), false)));
        assert_eq!(province("Quảng Bình"), Some(("44".into(), true)));
        assert_eq!(all.cities, ["01", "31", "46", "48", "79", "92"]);
        assert_eq!(
            all.commune_at(&Doc::new("Giảng Võ"), 0, None).map(|c| c.1),
            Some("UBND-00025".into())
        );
    }
}
