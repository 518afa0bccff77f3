//! What a list is filtered by, in words for papers.

use sauro_ui::words;

use super::around::Around;
use super::listing::{Asked, Read};
use crate::model::province;

/// The conditions of `read`, asked for as `asked`; `programme` is the name of the programme named.
pub(super) fn filter_words(
    asked: &Asked,
    read: &Read,
    around: &Around,
    programme: Option<&str>,
) -> String {
    let filter = &read.filter;
    let agency = |id| around.name(id);
    let status = match (filter.status, filter.is_unfinished) {
        (Some(it), _) => Some(it.label().to_owned()),
        (None, true) => Some("chưa kết thúc".to_owned()),
        (None, false) => None,
    };
    let said = |label: &str, value: Option<String>| value.map(|it| format!("{label}: {it}"));
    let place = match province(asked.place.trim()) {
        Some(tile) => Some(tile.name.to_owned()),
        None => around
            .directory()
            .by_code(asked.place.trim())
            .map(|it| format!("{} và cấp dưới", it.name)),
    };
    let overdue = filter.overdue_days.filter(|n| *n > 0);
    let text = Some(filter.words.trim()).filter(|it| !it.is_empty());
    let all = [
        said("phía nhìn", Some(filter.side.label().to_owned())),
        said("tình trạng", status),
        said("chặng", filter.stage.map(|it| it.label().to_owned())),
        said("cơ quan chủ trì", filter.lead.map(agency)),
        said("cơ quan giao", filter.issuer.map(agency)),
        said("cấp có thẩm quyền", filter.authority.map(agency)),
        said("địa bàn", place),
        said("chương trình", programme.map(str::to_owned)),
        said("giao xuống từ", read.parent.as_ref().map(|it| it.code.clone())),
        said("lệch", filter.doubt.map(|it| it.label().to_owned())),
        said("đang chờ", filter.waiting.map(|it| it.label().to_owned())),
        said("hạn từ", filter.due_from.map(words::date)),
        said("hạn đến", filter.due_to.map(words::date)),
        said("quá hạn hơn", overdue.map(|it| format!("{it} ngày"))),
        said("có chữ", text.map(|it| format!("“{it}”"))),
    ];
    all.into_iter().flatten().collect::<Vec<_>>().join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Status, TaskFilter};

    #[test]
    fn every_condition_is_said() {
        let asked = Asked::of_query("q=s%E1%BB%91+h%C3%B3a&tt=over&dia-ban=96&han-den=2026-06-30");
        let read = Read {
            filter: TaskFilter {
                status: Some(Status::Overdue),
                due_to: chrono::NaiveDate::from_ymd_opt(2026, 6, 30),
                words: "số hóa".to_owned(),
                ..TaskFilter::default()
            },
            parent: None,
            faults: sauro_ui::Faults::none(),
        };
        let said = filter_words(&asked, &read, &Around::default(), Some("Dữ liệu dùng chung"));
        for words in [
            "tình trạng: Quá hạn",
            "địa bàn: Cà Mau",
            "chương trình: Dữ liệu dùng chung",
            "hạn đến: 30/06/2026",
            "có chữ: “số hóa”",
        ] {
            assert!(said.contains(words), "{words} in {said}");
        }
        assert!(!said.contains("quá hạn hơn") && !said.contains("chặng"));
    }
}
