//! Units named in a table, and what each of them is to hand over.

use std::collections::{BTreeMap, HashMap};

use sauro_kernel::{AgencyId, Line, fold};

use super::{Agencies, Product, name_of};
use crate::Fault;

/// Faults named one by one; the others are only counted.
const NAMED: usize = 20;

/// The kinds of communes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CommuneKind {
    /// Xã.
    Rural,
    /// Phường.
    Urban,
    /// Đặc khu.
    Zone,
}

impl CommuneKind {
    /// The kind of the people's committee called `name`.
    pub fn of_name(name: &str) -> Option<Self> {
        let place = name.strip_prefix("Ủy ban nhân dân ").unwrap_or(name);
        [("xã ", Self::Rural), ("phường ", Self::Urban), ("đặc khu ", Self::Zone)]
            .into_iter()
            .find(|(kind, _)| place.starts_with(kind))
            .map(|(_, kind)| kind)
    }

    /// The kind named `code` in a form.
    pub fn of_code(code: &str) -> Option<Self> {
        match code {
            "xa" => Some(Self::Rural),
            "phuong" => Some(Self::Urban),
            "dac-khu" => Some(Self::Zone),
            _ => None,
        }
    }
}

/// Some agencies by whatever they are called: code, whole name, name of the place with and without its
/// kind; with or without diacritics.
pub struct Units {
    keys: HashMap<String, Option<AgencyId>>,
    ids: std::collections::HashSet<AgencyId>,
}

/// Why words name no unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unmatched {
    /// No unit is called so.
    Unknown,
    /// Several are.
    Several,
}

impl Units {
    /// The agencies `ids`.
    pub fn of(agencies: &dyn Agencies, ids: &[AgencyId]) -> Self {
        let mut keys: HashMap<String, Option<AgencyId>> = HashMap::new();
        let mut put = |key: String, id: AgencyId| {
            keys.entry(key)
                .and_modify(|it| {
                    if *it != Some(id) {
                        *it = None;
                    }
                })
                .or_insert(Some(id));
        };
        for fact in ids.iter().filter_map(|id| agencies.fact(*id)) {
            let place = fact.name.strip_prefix("Ủy ban nhân dân ").unwrap_or(fact.name);
            let bare = ["xã ", "phường ", "đặc khu ", "tỉnh ", "thành phố "]
                .into_iter()
                .find_map(|kind| place.strip_prefix(kind))
                .unwrap_or(place);
            let code = fact.code.rsplit('-').next().unwrap_or(fact.code);
            let names = [fact.name, place, bare, fact.code, code].map(fold);
            let own: std::collections::BTreeSet<String> = names.into_iter().collect();
            for key in own {
                put(key, fact.id);
            }
        }
        Self { keys, ids: ids.iter().copied().collect() }
    }

    /// The unit that `words` name.
    ///
    /// # Errors
    ///
    /// [`Unmatched`] when it is none or several of them.
    pub fn find(&self, agencies: &dyn Agencies, words: &str) -> Result<AgencyId, Unmatched> {
        let folded = fold(words);
        let short = folded.strip_prefix("ubnd ").unwrap_or(&folded);
        for key in [folded.as_str(), short] {
            match self.keys.get(key) {
                Some(Some(id)) => return Ok(*id),
                Some(None) => return Err(Unmatched::Several),
                None => {}
            }
        }
        agencies.named(words).filter(|id| self.ids.contains(id)).ok_or(Unmatched::Unknown)
    }
}

/// What one unit is to hand over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct UnitPart {
    pub(crate) agency: AgencyId,
    pub(crate) products: Vec<Product>,
}

/// Which column of the table holds what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Columns {
    unit: usize,
    product: Option<usize>,
    measure: Option<usize>,
    /// Rows before the first unit.
    heading: usize,
}

fn columns(rows: &[Vec<String>]) -> Columns {
    let heads: Vec<String> =
        rows.first().map(|row| row.iter().map(|cell| fold(cell)).collect()).unwrap_or_default();
    let find =
        |words: &[&str]| heads.iter().position(|head| words.iter().any(|it| head.contains(it)));
    let unit = find(&["don vi", "co quan", "ten xa", "xa, phuong", "dia phuong", "dia ban"]);
    let measure = find(&["so do", "chi tieu", "so luong", "muc tieu", "ke hoach", "khoi luong"]);
    let product = find(&["san pham", "noi dung", "nhiem vu", "cong viec"]);
    match unit {
        Some(unit) => Columns {
            unit,
            product: product.filter(|it| *it != unit),
            measure: measure.filter(|it| *it != unit),
            heading: 1,
        },
        // Without a heading: the unit, what it hands over, how much.
        None => Columns { unit: 0, product: Some(1), measure: Some(2), heading: 0 },
    }
}

/// What the rows of a table say each of `units` is to hand over. Several rows of one unit are several
/// deliverables; a row that gives a measure only takes its name from `shared`.
///
/// # Errors
///
/// A fault for each row that names no unit, or nothing to hand over.
pub(crate) fn unit_parts(
    agencies: &dyn Agencies,
    units: &Units,
    rows: &[Vec<String>],
    first_row: usize,
    shared: &[Line],
) -> Result<Vec<UnitPart>, Vec<Fault>> {
    let columns = columns(rows);
    let mut parts: BTreeMap<AgencyId, Vec<Product>> = BTreeMap::new();
    let mut order = Vec::new();
    let mut faults = Vec::new();
    let cell = |row: &[String], at: Option<usize>| {
        at.and_then(|at| row.get(at)).map(|it| it.split_whitespace().collect::<Vec<_>>().join(" "))
    };
    for (n, row) in rows.iter().enumerate().skip(columns.heading) {
        let words = cell(row, Some(columns.unit)).unwrap_or_default();
        if row.iter().all(|it| it.trim().is_empty()) {
            continue;
        }
        let shown: String = words.chars().take(60).collect();
        let mut fault = |words: String| {
            faults.push(Fault::new("bang", format!("Dòng {}: {words}", first_row + n)));
        };
        let agency = match units.find(agencies, &words) {
            Ok(agency) => agency,
            Err(Unmatched::Unknown) => {
                fault(format!("không có đơn vị nhận nào tên “{shown}”."));
                continue;
            }
            Err(Unmatched::Several) => {
                fault(format!("có nhiều đơn vị tên “{shown}”, ghi mã hoặc ghi cả loại đơn vị."));
                continue;
            }
        };
        let measure = cell(row, columns.measure).unwrap_or_default();
        let name = cell(row, columns.product).filter(|it| !it.is_empty());
        let name = name.or_else(|| shared.first().map(|it| it.as_str().to_owned()));
        match name.as_deref().map(Line::parse) {
            Some(Ok(name)) if measure.chars().count() <= 500 => {
                if !parts.contains_key(&agency) {
                    order.push(agency);
                }
                let product = Product { name: name.as_str().to_owned(), measure };
                parts.entry(agency).or_default().push(product);
            }
            None => fault(format!("chưa ghi sản phẩm của {shown}.")),
            Some(_) => {
                fault(format!("sản phẩm hoặc số đo của {shown} quá dài, rút gọn còn 500 ký tự."))
            }
        }
    }
    for (agency, products) in &parts {
        if products.len() > 50 {
            let name = name_of(agencies, *agency);
            let sentence = format!("{name} có {} sản phẩm, ghi tối đa 50.", products.len());
            faults.push(Fault::new("bang", sentence));
        }
    }
    if faults.len() > NAMED {
        let rest = faults.len() - NAMED;
        faults.truncate(NAMED);
        faults.push(Fault::new("bang", format!("Và {rest} dòng khác cũng sai như vậy.")));
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    let part = |agency| UnitPart { agency, products: parts.remove(&agency).unwrap_or_default() };
    Ok(order.into_iter().map(part).collect())
}
