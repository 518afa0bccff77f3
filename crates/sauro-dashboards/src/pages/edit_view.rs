//! What the page that changes a dashboard shows.

use askama::Template;
use axum::response::Html;
use sauro_directory::model::Directory;
use sauro_kernel::Ctx;
use sauro_ui::{Choice, Chrome, Failure, Faults, page};

use crate::actions;
use crate::model::{Dashboard, Ground, Kind, MOST_TILES, Openness, Rung, Spec, Tile, TileFields};

/// What else the page shows beside the dashboard.
#[derive(Default)]
pub(super) struct Drawing {
    /// The form of a tile that is open.
    pub(super) form: Option<TileForm>,
    /// The name as typed; that of the dashboard when none is.
    pub(super) name: Option<String>,
    pub(super) faults: Faults,
    /// Someone else was faster.
    pub(super) is_stale: bool,
    /// What was just done.
    pub(super) just: String,
    pub(super) asks_to_remove: bool,
}

/// A tile as typed, at its place from 1; a new one has none.
pub(super) struct TileForm {
    pub(super) place: Option<usize>,
    pub(super) fields: TileFields,
}

#[derive(Template)]
#[template(path = "dashboards/edit.html")]
pub(super) struct EditView {
    chrome: Chrome,
    it: Dashboard,
    typed_name: String,
    faults: Faults,
    is_stale: bool,
    asks_to_remove: bool,
    may_publish: bool,
    done: &'static str,
    /// The button that was pressed, and the place of its tile.
    just: (String, usize),
    cards: Vec<Card>,
    kinds: &'static [Kind],
    openings: &'static [Openness],
    form: Option<FormView>,
    is_full: bool,
}

/// One tile among those that can be moved.
struct Card {
    n: usize,
    width: u8,
    kind: &'static str,
    about: String,
}

/// The form of one tile.
struct FormView {
    place: Option<usize>,
    kind: Kind,
    fields: TileFields,
    /// The name and the value of each field for an indicator.
    indicators: Vec<(String, String, String)>,
    known: Vec<Choice>,
    places: Vec<Choice>,
    widths: Vec<Choice>,
}

impl EditView {
    pub(super) fn draw(
        ctx: &Ctx,
        chrome: Chrome,
        ground: &Ground,
        directory: &Directory,
        it: Dashboard,
        drawing: Drawing,
    ) -> Result<Html<String>, Failure> {
        let (code, n) = drawing.just.split_once('.').unwrap_or(("", ""));
        let just = (code.to_owned(), n.parse().unwrap_or_default());
        let cards = it.tiles.iter().enumerate().map(|(n, tile)| Card::of(n + 1, tile, ground));
        page(&Self {
            chrome,
            typed_name: drawing.name.unwrap_or_else(|| it.name.clone()),
            faults: drawing.faults,
            is_stale: drawing.is_stale,
            asks_to_remove: drawing.asks_to_remove,
            may_publish: actions::may_publish(ctx, &it),
            done: done_words(&just.0),
            just,
            cards: cards.collect(),
            kinds: &Kind::ALL,
            openings: &Openness::ALL,
            form: drawing.form.and_then(|form| FormView::of(ctx, ground, directory, form)),
            is_full: it.tiles.len() >= MOST_TILES,
            it,
        })
    }

    /// Attributes of a button: the one that was pressed takes the focus again.
    fn held(&self, code: &str, n: &usize) -> &'static str {
        if self.just.0 == code && self.just.1 == *n { " autofocus" } else { "" }
    }

    fn n_cards(&self) -> usize {
        self.cards.len()
    }
}

impl Card {
    fn of(n: usize, tile: &Tile, ground: &Ground) -> Self {
        let name_of_place = |code: &str| {
            let place = ground.places.iter().find(|it| it.code == code);
            place.map_or_else(|| code.to_owned(), |it| it.name.clone())
        };
        let mut about: Vec<String> = Vec::new();
        for code in tile.spec.indicators() {
            about
                .push(ground.indicator(code).map_or_else(|| code.to_owned(), |it| it.name.clone()));
        }
        match &tile.spec {
            Spec::Map { indicator: None } => about.push("Tỷ lệ hoàn thành đúng hạn".to_owned()),
            Spec::Text { text } => about.push(text.chars().take(120).collect()),
            spec if spec.kind().has_place() => about.push(name_of_place(spec.place())),
            _ => {}
        }
        Self { n, width: tile.width, kind: tile.spec.kind().label(), about: about.join(" · ") }
    }
}

impl FormView {
    /// The form of `form`; none of a kind that there is not.
    fn of(ctx: &Ctx, ground: &Ground, directory: &Directory, form: TileForm) -> Option<Self> {
        let kind = Kind::of_code(&form.fields.kind)?;
        let mut fields = form.fields;
        if fields.width.is_empty() {
            fields.width = kind.usual_width().to_string();
        }
        if let (true, Some((usual, _))) = (fields.count.is_empty(), kind.counts()) {
            fields.count = usual.to_string();
        }
        let (_, most) = kind.n_indicators();
        let typed = |n: usize| fields.indicators.get(n).cloned().unwrap_or_default();
        let field = |n: usize| {
            let name = if n == 0 { "chi-so".to_owned() } else { format!("chi-so-{}", n + 1) };
            let label = match (most, n) {
                (1, _) => "Chỉ số".to_owned(),
                (_, n) => format!("Chỉ số {}", n + 1),
            };
            (name, label, typed(n))
        };
        let known = ground.indicators.iter().map(|it| {
            let hint = if it.has_figures.is_empty() { " (chưa có số)" } else { "" };
            Choice::new(&it.code, format!("{}: {}{hint}", it.code, it.name))
        });
        Some(Self {
            place: form.place,
            kind,
            indicators: (0..most).map(field).collect(),
            known: known.collect(),
            places: places(ctx, ground, directory, kind, &fields.place),
            widths: (Tile::NARROWEST..=Tile::WIDEST)
                .map(|it| Choice::new(it, format!("{it} trên 4 cột")))
                .collect(),
            fields,
        })
    }

    fn known(&self) -> &[Choice] {
        &self.known
    }

    fn places(&self) -> &[Choice] {
        &self.places
    }

    fn widths(&self) -> &[Choice] {
        &self.widths
    }

    /// What the field of lines or periods is called.
    fn count_label(&self) -> &'static str {
        if self.kind == Kind::Way { "Số kỳ" } else { "Số dòng" }
    }
}

/// The places that a tile of `kind` may be about: communes only those below the caller, and the one that
/// was chosen before.
fn places(
    ctx: &Ctx,
    ground: &Ground,
    directory: &Directory,
    kind: Kind,
    chosen: &str,
) -> Vec<Choice> {
    let is_compared = matches!(kind, Kind::Ranking | Kind::Heat);
    let is_near = |code: &str| {
        let path = directory.by_code(code).map(|it| &it.path);
        // Of those who oversee the nation every commune is below: far too many for a list.
        path.is_some_and(|it| ctx.actor.agency_path.covers(it))
    };
    let fits = |rung: Rung, code: &str| match rung {
        Rung::Nation | Rung::Province => true,
        Rung::Ministry => !is_compared,
        Rung::Commune => !is_compared && (code == chosen || is_near(code)),
    };
    let found = ground.places.iter().filter(|it| fits(it.rung, &it.code));
    found.map(|it| Choice::new(&it.code, it.name.clone())).collect()
}

/// What was just done, in words.
fn done_words(code: &str) -> &'static str {
    match code {
        "ten" => "Đã đổi tên bảng.",
        "mo" => "Đã đổi người được xem.",
        "them" => "Đã thêm ô vào cuối bảng.",
        "thay" => "Đã sửa ô.",
        "len" => "Đã đưa ô lên trước.",
        "xuong" => "Đã đưa ô ra sau.",
        "dat" => "Đã đặt ô vào chỗ mới.",
        "hep" => "Đã thu hẹp ô.",
        "rong" => "Đã mở rộng ô.",
        "bo" => "Đã bỏ ô.",
        _ => "",
    }
}
