use askama::Template;
use sauro_ui::{Chrome, Failure, Headline, filters};

use super::address::{Ask, Format, area_address, encoded, list_address};
use super::day::DayForm;
use super::map::MapView;
use super::tiles::{self, Class, TileView};
use crate::model::{Area, AsOf, Counts, Line, ListAsk, ListedTask, OnTime, Results, Standing};
use crate::pages::headline::headline;

#[derive(Template)]
#[template(path = "results/area.html")]
struct AreaPage<'a> {
    chrome: Chrome,
    it: AreaView<'a>,
}

#[derive(Template)]
#[template(path = "results/area_desk.html")]
struct AreaDeskPage<'a> {
    chrome: Chrome,
    it: AreaView<'a>,
}

/// What both frames show.
struct AreaView<'a> {
    title: String,
    is_nation: bool,
    is_inside: bool,
    writes_papers: bool,
    results: &'a Results,
    counts: Counts,
    headline: Headline,
    doubted: &'a [ListedTask],
    as_of: AsOfView,
    tiles: Vec<TileView>,
    legend: Vec<Class>,
    csv: String,
    json: String,
    area: &'a Area,
    ask: &'a Ask,
    day: DayForm,
    map: Option<MapView>,
}

/// The time, the position and the root, in words.
pub(super) struct AsOfView {
    pub(super) at: String,
    pub(super) day: String,
    pub(super) position: i64,
    pub(super) root: String,
    pub(super) sealed: i64,
}

impl AsOfView {
    pub(super) fn of(as_of: &AsOf) -> Self {
        let root = as_of.sealed.map(|(_, root)| root.map(|byte| format!("{byte:02x}")).concat());
        Self {
            at: match as_of.day {
                None => sauro_ui::words::time(as_of.at),
                Some(_) => "24:00".to_owned(),
            },
            day: match as_of.day {
                None => sauro_ui::words::date(as_of.at),
                Some(past) => sauro_ui::words::date(past.day()),
            },
            position: as_of.position,
            sealed: as_of.sealed.map_or(0, |(size, _)| size),
            root: root.unwrap_or_default(),
        }
    }
}

impl AreaView<'_> {
    /// The list of `standing` within this area. Of the past there is none for those inside.
    fn list(&self, standing: Standing) -> Option<String> {
        match self.is_inside {
            false => Some(list_address(&self.list_ask(Some(standing)), self.ask.day)),
            true if self.day.is_past() => None,
            true => self.desk_list(standing),
        }
    }

    /// The same list at the desk, where it holds what is not public too.
    fn desk_list(&self, standing: Standing) -> Option<String> {
        let what = match standing {
            Standing::Overdue => "tt=over",
            Standing::Doubted => "lech=lech",
            _ => return None,
        };
        let place = match self.area {
            Area::Nation => String::new(),
            Area::Province(code) | Area::Agency(code) => format!("&dia-ban={}", encoded(code)),
            Area::Programme(_) => {
                self.results.programme.map(|it| format!("&chuong-trinh={it}")).unwrap_or_default()
            }
        };
        Some(format!("/nhiem-vu?{what}{place}"))
    }

    fn list_ask(&self, standing: Option<Standing>) -> ListAsk {
        let mut ask = ListAsk { standing, ..ListAsk::default() };
        match self.area {
            Area::Nation => {}
            Area::Province(code) => ask.province = Some(code.clone()),
            Area::Agency(code) => ask.agency = Some(code.clone()),
            Area::Programme(code) => ask.programme = Some(code.clone()),
        }
        ask
    }

    /// Where the monthly report of this area is made, for those who write papers.
    fn monthly(&self) -> Option<String> {
        let offers = self.is_inside && self.writes_papers && !self.day.is_past();
        match self.area {
            Area::Nation if offers => Some("/bao-cao-thang".to_owned()),
            Area::Programme(code) if offers => {
                Some(format!("/bao-cao-thang?chuong-trinh={}", encoded(code)))
            }
            _ => None,
        }
    }

    /// Every task of this area.
    fn all(&self) -> String {
        list_address(&self.list_ask(None), self.ask.day)
    }

    /// The way from the nation to this page.
    fn steps(&self) -> Vec<(String, String)> {
        let suffix = self.suffix();
        let mut steps = vec![(format!("/ket-qua{suffix}"), "Kết quả thực hiện".to_owned())];
        if let Some((code, name)) = &self.results.province {
            steps.push((area_address(&Area::Province(code.clone())) + &suffix, name.clone()));
        }
        steps
    }

    /// The name of a people's committee without the words that all of them share.
    fn short(&self, line: &Line) -> String {
        let name = line.name.strip_prefix("Ủy ban nhân dân ").unwrap_or(&line.name);
        let mut letters = name.chars();
        letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
    }

    /// `45–82%`, in whole percent.
    fn bounds(&self, share: &OnTime) -> String {
        format!("{}–{}%", (share.low_bp + 50) / 100, (share.high_bp + 50) / 100)
    }

    /// `12/30`.
    fn part(&self, part: &i64, of: &i64) -> String {
        format!("{}/{}", sauro_ui::words::number(part), sauro_ui::words::number(of))
    }

    fn suffix(&self) -> String {
        self.ask.suffix()
    }

    fn province(&self, line: &Line) -> String {
        area_address(&Area::Province(line.code.clone())) + &self.suffix()
    }

    fn agency(&self, line: &Line) -> String {
        area_address(&Area::Agency(line.code.clone())) + &self.suffix()
    }

    fn programme(&self, line: &Line) -> String {
        area_address(&Area::Programme(line.code.clone())) + &self.suffix()
    }

    fn ranked(&self) -> impl Iterator<Item = RankView<'_>> {
        self.results.central.iter().filter_map(|line| {
            let (on_time, rank) = line.on_time.zip(line.rank)?;
            Some(RankView {
                line,
                pos: rank.to_string(),
                share_bp: on_time.share_bp,
                low_bp: on_time.low_bp,
                high_bp: on_time.high_bp,
                count: format!("{}/{}", on_time.hits, on_time.due),
            })
        })
    }

    fn unranked(&self) -> Vec<&Line> {
        self.results.central.iter().filter(|line| line.on_time.is_none()).collect()
    }
}

struct RankView<'a> {
    line: &'a Line,
    pos: String,
    share_bp: i64,
    low_bp: i64,
    high_bp: i64,
    count: String,
}

/// Renders the page of `area`.
pub(super) fn html(
    chrome: Chrome,
    ask: &Ask,
    area: &Area,
    results: &Results,
    day: DayForm,
    map: Option<MapView>,
) -> Result<String, Failure> {
    let title = match area {
        Area::Nation => "Kết quả thực hiện".to_owned(),
        _ => results.name.clone(),
    };
    let it = AreaView {
        title,
        is_nation: *area == Area::Nation,
        is_inside: ask.is_inside,
        writes_papers: chrome.writes_papers(),
        counts: results.counts,
        headline: headline(&results.counts),
        doubted: &results.doubted,
        as_of: AsOfView::of(&results.as_of),
        tiles: if results.provinces.is_empty() {
            Vec::new()
        } else {
            tiles::map(&results.provinces)
        },
        legend: tiles::legend(),
        csv: ask.address(Format::Csv),
        json: ask.address(Format::Json),
        results,
        area,
        ask,
        day,
        map,
    };
    Ok(if ask.is_inside {
        AreaDeskPage { chrome, it }.render()?
    } else {
        AreaPage { chrome, it }.render()?
    })
}
