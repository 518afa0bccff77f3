//! A picture of the library (kho ảnh): what it shows, whose it is, and at which widths it is drawn.

use sauro_kernel::{AgencyId, AgencyPath, Over};
use sauro_papers::PictureFormat;
use uuid::Uuid;

use super::{Fault, line};

/// The widths at which pictures are drawn, in pixels. Nothing else is drawn, whatever is asked for.
pub const WIDTHS: [u32; 4] = [320, 640, 960, 1600];

/// The widest that is drawn as AVIF, which takes much longer than the other formats.
const WIDEST_AVIF: u32 = 960;

/// Under which terms a picture may be shown: code and words.
pub const LICENCES: [(&str, &str); 7] = [
    ("co-quan", "Cơ quan tự chụp, tự vẽ"),
    ("cong-cong", "Phạm vi công cộng (CC0)"),
    ("cc-by", "CC BY: ghi tên tác giả"),
    ("cc-by-sa", "CC BY-SA: ghi tên, chia sẻ tương tự"),
    ("cho-phep", "Tác giả cho phép bằng văn bản"),
    ("bao-chi", "Báo chí cung cấp để đăng tin"),
    ("hop-dong", "Mua theo hợp đồng"),
];

/// A picture of the library.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// The id, which its addresses and the blocks of items name.
    pub id: Uuid,
    /// Whose it is.
    pub agency: AgencyId,
    /// Where that agency stands.
    pub agency_path: AgencyPath,
    /// Which of its versions is shown.
    pub n: i64,
    /// What it shows.
    pub shot: Shot,
    /// What a reader who does not see it has to know, or empty.
    pub alt: String,
    /// A code of [`LICENCES`], or empty.
    pub licence: String,
    /// Whose work it is, and where it comes from; or empty.
    pub source: String,
    /// What has to stay in sight where the picture is cut, in thousandths from the left and from above.
    pub focal: (i64, i64),
    /// The seat that added it.
    pub author: String,
    /// When it was added, in microseconds.
    pub added_at: i64,
    /// When anything of it changed last.
    pub changed_at: i64,
    /// When it was removed.
    pub removed_at: Option<i64>,
    /// Counts up with every change.
    pub stamp: i64,
}

/// One file that a picture shows or showed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Shot {
    /// Its content, by SHA-256.
    pub hash: String,
    /// How the file was called.
    pub name: String,
    /// Its media type.
    pub mime: String,
    /// How wide it is drawn at most, in pixels; 0 when nobody measured it.
    pub width: i64,
    /// How high.
    pub height: i64,
    /// Some of it lets through what is below.
    pub is_clear: bool,
    /// Its size.
    pub n_bytes: i64,
}

/// A file that a picture showed once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PastShot {
    /// Counts from 1 for each picture.
    pub n: i64,
    /// The file.
    pub shot: Shot,
    /// The seat that put it there.
    pub author: String,
    /// When, in microseconds.
    pub at: i64,
}

/// What people say about a picture, as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PictureFields {
    /// What it shows.
    pub alt: String,
    /// A code of [`LICENCES`].
    pub licence: String,
    /// Whose work it is.
    pub source: String,
}

/// One of the files that are drawn of a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rendition {
    /// One of [`WIDTHS`].
    pub width: u32,
    /// The format.
    pub format: PictureFormat,
}

impl Rendition {
    /// The rendition called `name`, such as `640.webp`; none for what is not drawn.
    pub fn of_name(name: &str) -> Option<Self> {
        let (width, extension) = name.split_once('.')?;
        let width = WIDTHS.into_iter().find(|it| it.to_string() == width)?;
        let format = PictureFormat::of_extension(extension)?;
        let is_drawn = format != PictureFormat::Avif || width <= WIDEST_AVIF;
        is_drawn.then_some(Self { width, format })
    }

    /// Its name in addresses.
    pub fn name(self) -> String {
        format!("{}.{}", self.width, self.format.extension())
    }
}

impl Shot {
    /// The widths at which it is drawn: the name of each, and how wide it comes out. None is wider than the picture.
    pub fn widths(&self) -> Vec<(u32, i64)> {
        let mut all = Vec::with_capacity(WIDTHS.len());
        for width in WIDTHS {
            let wide = i64::from(width);
            if self.width > 0 && self.width <= wide {
                all.push((width, self.width));
                break;
            }
            all.push((width, wide));
        }
        all
    }

    /// The rendition that is kept for `asked`: beyond the picture's own width all are the same file.
    pub fn kept_as(&self, asked: Rendition) -> Rendition {
        let widths = self.widths();
        let found = widths.iter().map(|it| it.0).find(|it| *it >= asked.width);
        let widest = widths.last().map_or(asked.width, |it| it.0);
        Rendition { width: found.unwrap_or(widest), ..asked }
    }

    /// The formats that pages offer, the smallest file first; the last is for every browser.
    pub fn formats(&self) -> [PictureFormat; 3] {
        let last = if self.is_clear { PictureFormat::Png } else { PictureFormat::Jpeg };
        [PictureFormat::Avif, PictureFormat::Webp, last]
    }

    /// Everything that pages ask for.
    pub fn renditions(&self) -> Vec<Rendition> {
        let mut all = Vec::new();
        for format in self.formats() {
            all.extend(self.drawn_as(format).into_iter().map(|it| it.0));
        }
        all
    }

    /// What is drawn of it in `format`, and how wide each comes out. What lets through has no AVIF.
    pub fn drawn_as(&self, format: PictureFormat) -> Vec<(Rendition, i64)> {
        let is_left_out = format == PictureFormat::Avif && self.is_clear;
        let widths = self.widths().into_iter().filter(|_| !is_left_out);
        let known = widths.filter(|it| format != PictureFormat::Avif || it.0 <= WIDEST_AVIF);
        known.map(|(width, wide)| (Rendition { width, format }, wide)).collect()
    }
}

impl Picture {
    /// Its agency, as a place to check rights over.
    pub fn over(&self) -> Over<'_> {
        Over { agency: self.agency, path: &self.agency_path }
    }

    /// The address of `rendition`, which stays whatever the picture shows.
    pub fn path(&self, rendition: Rendition) -> String {
        format!("/anh-cong/{}/{}", self.id, rendition.name())
    }

    /// What the filter of the library looks at.
    pub fn words(&self) -> String {
        sauro_kernel::fold(
            &[&self.alt, &self.source, &self.shot.name].map(String::as_str).join(" "),
        )
    }

    /// How it is called in lists: what it shows, or the name of its file.
    pub fn title(&self) -> &str {
        if self.alt.is_empty() { &self.shot.name } else { &self.alt }
    }
}

impl PictureFields {
    /// What is said about `picture`.
    pub fn of(picture: &Picture) -> Self {
        let it = picture.clone();
        Self { alt: it.alt, licence: it.licence, source: it.source }
    }

    /// Puts what was typed into `picture`.
    pub(crate) fn read(&self, faults: &mut Vec<Fault>, picture: &mut Picture) {
        picture.alt = line("mo-ta", "mô tả ảnh", &self.alt, (500, false), faults);
        picture.source = line("nguon", "nguồn ảnh", &self.source, (200, false), faults);
        let is_known = LICENCES.iter().any(|it| it.0 == self.licence);
        if !is_known && !self.licence.is_empty() {
            let words = "Chọn giấy phép có trong danh sách.";
            faults.push(("giay-phep".to_owned(), words.to_owned()));
        }
        self.licence.clone_into(&mut picture.licence);
    }
}
