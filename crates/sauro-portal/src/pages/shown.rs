//! Pictures as HTML: each at every width and in every format that is drawn of it, so that a browser takes the
//! smallest that does.

use sauro_papers::PictureFormat;
use sauro_ui::escape;

use crate::model::{Picture, Rendition};

/// How a picture stands on its page.
pub(super) struct Frame<'a> {
    /// What a reader who does not see it has to know; empty where words beside it say the same.
    pub(super) alt: &'a str,
    /// How wide it is drawn, for the browser to choose by.
    pub(super) sizes: &'static str,
    /// It is fetched when somebody comes near.
    pub(super) is_lazy: bool,
    /// It is cut to three by two, around what has to stay in sight.
    pub(super) is_cut: bool,
    /// The word of the link to a preview, or empty.
    pub(super) pass: &'a str,
}

/// As wide as the words of an item.
pub(super) const COLUMN: &str = "(min-width: 48rem) 44rem, 92vw";

/// One of several in a grid.
pub(super) const TILE: &str = "(min-width: 48rem) 15rem, 92vw";

/// A card of a list.
pub(super) const CARD: &str = "(min-width: 62rem) 30rem, 92vw";

/// Beside a line of a list.
pub(super) const THUMB: &str = "10rem";

/// The HTML of `picture`.
pub(super) fn tag(picture: &Picture, frame: &Frame<'_>) -> String {
    let shot = &picture.shot;
    let [first, second, last] = shot.formats();
    let mut out = String::from("<picture>");
    for format in [first, second] {
        let files = set(picture, format, frame.pass);
        if !files.is_empty() {
            let mime = format.mime();
            let sizes = frame.sizes;
            out.push_str(&format!(r#"<source type="{mime}" srcset="{files}" sizes="{sizes}">"#));
        }
    }
    let mut more = String::new();
    if shot.width > 0 && shot.height > 0 {
        more.push_str(&format!(r#" width="{}" height="{}""#, shot.width, shot.height));
    }
    if frame.is_lazy {
        more.push_str(r#" loading="lazy""#);
    }
    if frame.is_cut {
        let percent = |n: i64| format!("{}.{}%", n / 10, n % 10);
        let (x, y) = picture.focal;
        let at = format!("{} {}", percent(x), percent(y));
        more.push_str(&format!(r#" class="cut" style="object-position:{at}""#));
    }
    out.push_str(&format!(
        r#"<img src="{}" srcset="{}" sizes="{}" alt="{}" decoding="async"{more}></picture>"#,
        address(picture, plain(picture, last), frame.pass),
        set(picture, last, frame.pass),
        frame.sizes,
        escape(frame.alt)
    ));
    out
}

/// The address of a picture for programs that read one file alone.
pub(super) fn one_file(picture: &Picture) -> String {
    let [.., last] = picture.shot.formats();
    let drawn = picture.shot.drawn_as(last);
    let widest = drawn.last().map_or(Rendition { width: 960, format: last }, |it| it.0);
    picture.path(widest)
}

/// What a browser takes that knows of no sizes.
fn plain(picture: &Picture, format: PictureFormat) -> Rendition {
    let drawn = picture.shot.drawn_as(format);
    let fits = drawn.iter().rev().find(|it| it.1 <= 960).or(drawn.first());
    fits.map_or(Rendition { width: 960, format }, |it| it.0)
}

fn set(picture: &Picture, format: PictureFormat, pass: &str) -> String {
    let drawn = picture.shot.drawn_as(format);
    let one = |(it, wide): &(Rendition, i64)| format!("{} {wide}w", address(picture, *it, pass));
    drawn.iter().map(one).collect::<Vec<_>>().join(", ")
}

fn address(picture: &Picture, of: Rendition, pass: &str) -> String {
    let path = picture.path(of);
    if pass.is_empty() { path } else { format!("{path}?xem={pass}") }
}
