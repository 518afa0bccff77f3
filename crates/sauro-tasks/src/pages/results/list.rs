use askama::Template;
use sauro_ui::{Choice, Chrome, Failure, Faults, filters};

use super::address::{Ask, Format, list_address};
use super::area::AsOfView;
use super::day::DayForm;
use crate::model::{ListAsk, Listed, Standing};

#[derive(Template)]
#[template(path = "results/list.html")]
struct ListPage<'a> {
    chrome: Chrome,
    title: String,
    ask: &'a ListAsk,
    listed: &'a Listed,
    standing: &'static str,
    standings: Vec<Choice>,
    provinces: Vec<Choice>,
    faults: Faults,
    count: i64,
    first: String,
    next: String,
    as_of: AsOfView,
    csv: String,
    json: String,
    day: DayForm,
}

impl ListPage<'_> {
    fn province(&self) -> &str {
        self.ask.province.as_deref().unwrap_or_default()
    }
}

/// Renders a page of the list.
pub(super) fn html(
    chrome: Chrome,
    ask: &Ask,
    it: &ListAsk,
    listed: &Listed,
    day: DayForm,
) -> Result<String, Failure> {
    let title = it.standing.map_or("Danh sách nhiệm vụ", Standing::label);
    let title = [listed.place.as_deref(), listed.programme.as_deref()]
        .into_iter()
        .flatten()
        .fold(title.to_owned(), |title, part| format!("{title} – {part}"));
    let next = listed.next.clone().map(|next| ListAsk { after: Some(next), ..it.clone() });
    let mut provinces: Vec<_> = crate::model::provinces().collect();
    provinces.sort_by_key(|tile| sauro_kernel::sort_key(tile.name));
    let page = ListPage {
        title,
        standing: it.standing.map_or("", Standing::code),
        standings: Standing::ALL.map(|it| Choice::new(it.code(), it.label())).into(),
        provinces: provinces.into_iter().map(|it| Choice::new(it.code, it.name)).collect(),
        faults: Faults::default(),
        count: it.standing.map_or(listed.counts.total, |it| it.count(&listed.counts)),
        first: match &it.after {
            Some(_) => list_address(&ListAsk { after: None, ..it.clone() }, ask.day),
            None => String::new(),
        },
        next: next.as_ref().map(|it| list_address(it, ask.day)).unwrap_or_default(),
        as_of: AsOfView::of(&listed.as_of),
        csv: ask.address(Format::Csv),
        json: ask.address(Format::Json),
        ask: it,
        listed,
        day,
        chrome,
    };
    Ok(page.render()?)
}
