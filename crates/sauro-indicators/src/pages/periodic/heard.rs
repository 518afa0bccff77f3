//! Where nothing is heard of: the provinces on a map and in a table, by how many of their units have sent.

use std::collections::HashMap;

use chrono::DateTime;
use sauro_directory::model::{Directory, Maps};
use sauro_directory::nation_map;
use sauro_kernel::RoundId;
use sauro_ui::{MapLook, NationMap, words};

use crate::actions::periodic::{ProvinceHeard, RoundView};
use crate::model::UnitLevel;

/// The map and the table of a round.
pub(super) struct HeardView {
    /// What the map says to those who hear it.
    pub(super) sentence: String,
    /// What a unit of it is called.
    pub(super) what: &'static str,
    pub(super) map: Option<NationMap>,
    /// Each way of filling, and what it means.
    pub(super) legend: Vec<(&'static str, &'static str)>,
    pub(super) rows: Vec<HeardRow>,
}

/// One province.
pub(super) struct HeardRow {
    pub(super) name: String,
    pub(super) href: String,
    pub(super) n: i64,
    pub(super) of: i64,
    pub(super) share_bp: i64,
    /// How many are silent, and since when.
    pub(super) silent: String,
}

/// How a province is filled: by pattern where little is heard of it, by colour where much is, so that
/// whoever sees no colours sees the same.
const FILLS: [(&str, &str); 5] = [
    ("url(#dan)", "chưa nơi nào gửi"),
    ("url(#soc)", "dưới một nửa"),
    ("url(#cham)", "từ một nửa đến dưới 80%"),
    ("var(--h-4)", "từ 80% đến dưới 100%"),
    ("var(--h-5)", "đã gửi đủ"),
];

/// A province that has no part in the round.
const OUTSIDE: (&str, &str) = ("url(#gach)", "không thuộc đợt này");

impl HeardView {
    /// The view of `heard`; none where there are no provinces to show.
    pub(super) fn of(
        round: RoundId,
        mut heard: Vec<ProvinceHeard>,
        view: &RoundView,
        directory: &Directory,
        maps: &Maps,
    ) -> Option<Self> {
        if heard.is_empty() {
            return None;
        }
        let is_of_communes = view.form.design.levels.contains(&UnitLevel::Commune);
        let what = if is_of_communes { "xã" } else { "tỉnh" };
        heard.sort_by_key(|it| (share_bp(it), it.silent_since));
        let name = |code: &str| {
            let place = directory.atlas().place(code).and_then(|it| it.names.last());
            place.map_or_else(|| code.to_owned(), |it| it.name.clone())
        };
        let href = |code: &str| format!("/bao-cao-ky/{round}?tinh={code}");
        let by_code: HashMap<&str, &ProvinceHeard> =
            heard.iter().map(|it| (it.province.as_str(), it)).collect();
        let look = |code: &str, _: &str| {
            let it = by_code.get(code).copied();
            MapLook {
                name: name(code),
                words: it.map_or_else(|| OUTSIDE.1.to_owned(), |it| map_words(it, what)),
                fill: it.map_or(OUTSIDE.0, fill).to_owned(),
                href: it.map(|_| href(code)).unwrap_or_default(),
            }
        };
        let is_everywhere = maps.nation().is_some_and(|sheet| sheet.outlines.len() == heard.len());
        let outside = (!is_everywhere).then_some(OUTSIDE);
        let row = |it: &ProvinceHeard| HeardRow {
            name: name(&it.province),
            href: href(&it.province),
            n: it.n,
            of: it.of,
            share_bp: share_bp(it),
            silent: silent(it, what),
        };
        Some(Self {
            sentence: sentence(&heard, what),
            what,
            map: nation_map(maps, &look),
            legend: FILLS.into_iter().chain(outside).collect(),
            rows: heard.iter().map(row).collect(),
        })
    }
}

fn share_bp(it: &ProvinceHeard) -> i64 {
    it.n * 10_000 / it.of.max(1)
}

fn fill(it: &ProvinceHeard) -> &'static str {
    let [none, few, some, most, all] = FILLS;
    let found = match share_bp(it) {
        _ if it.n == 0 => none,
        _ if it.n == it.of => all,
        0..5_000 => few,
        5_000..8_000 => some,
        _ => most,
    };
    found.0
}

fn map_words(it: &ProvinceHeard, what: &str) -> String {
    format!("{}/{} {what} đã gửi", words::number(it.n), words::number(it.of))
}

/// `12 xã, lâu nhất từ 05/10/2026; 3 xã chưa gửi báo cáo nào`.
fn silent(it: &ProvinceHeard, what: &str) -> String {
    let n = it.of - it.n;
    if n == 0 {
        return "Không có".to_owned();
    }
    let since = it.silent_since.and_then(DateTime::from_timestamp_micros);
    let mut said = format!("{} {what}", words::number(n));
    if let Some(at) = since {
        said.push_str(&format!(", lâu nhất từ {}", words::date(at)));
    }
    match (it.n_never, since) {
        (0, _) => said,
        (never, None) if never == n => said + " chưa gửi báo cáo nào của biểu mẫu này",
        (never, _) => said + &format!("; {} {what} chưa gửi báo cáo nào", words::number(never)),
    }
}

fn sentence(heard: &[ProvinceHeard], what: &str) -> String {
    let (n, of) = heard.iter().fold((0, 0), |sum, it| (sum.0 + it.n, sum.1 + it.of));
    let n_none = heard.iter().filter(|it| it.n == 0).count();
    let of_all = format!("{}/{} {what} đã gửi", words::number(n), words::number(of));
    match n_none {
        _ if what == "tỉnh" => of_all,
        0 => format!("{of_all}, tỉnh nào cũng có {what} đã gửi"),
        _ => format!("{of_all}, {} tỉnh, thành phố chưa có {what} nào gửi", words::number(n_none)),
    }
}
