use std::sync::LazyLock;

use super::Prose;

/// Whom a guide is written for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reader {
    /// Whoever has no seat here.
    Anybody,
    /// People with a seat.
    Official,
    /// Whoever keeps the machine, or connects another program.
    Keeper,
}

/// One guide.
#[derive(Debug)]
pub struct Guide {
    /// The last part of its address.
    pub name: &'static str,
    /// Whom it is for.
    pub reader: Reader,
    /// Its text.
    pub prose: Prose,
}

/// The name of the guide that is for all seats.
const FIRST: &str = "bat-dau";

macro_rules! text {
    ($file:literal) => {
        include_str!(concat!("../../../../docs/", $file))
    };
}

/// Name, file in `docs/` and text, in the order in which they are listed.
const TEXTS: [(&str, &str, Reader, &str); 15] = [
    ("nguoi-dan", "guides/nguoi-dan.md", Reader::Anybody, text!("guides/nguoi-dan.md")),
    ("sang-kien", "guides/sang-kien.md", Reader::Anybody, text!("guides/sang-kien.md")),
    ("cach-tinh", "formula.md", Reader::Anybody, text!("formula.md")),
    (FIRST, "guides/README.md", Reader::Official, text!("guides/README.md")),
    ("chuyen-vien", "guides/chuyen-vien.md", Reader::Official, text!("guides/chuyen-vien.md")),
    ("lanh-dao", "guides/lanh-dao.md", Reader::Official, text!("guides/lanh-dao.md")),
    ("tham-dinh", "guides/tham-dinh.md", Reader::Official, text!("guides/tham-dinh.md")),
    (
        "co-quan-thuong-truc",
        "guides/co-quan-thuong-truc.md",
        Reader::Official,
        text!("guides/co-quan-thuong-truc.md"),
    ),
    ("phan-anh", "guides/phan-anh.md", Reader::Official, text!("guides/phan-anh.md")),
    ("bien-tap", "guides/bien-tap.md", Reader::Official, text!("guides/bien-tap.md")),
    ("xep-hang", "guides/xep-hang.md", Reader::Official, text!("guides/xep-hang.md")),
    (
        "kiem-tra-quan-tri",
        "guides/kiem-tra-quan-tri.md",
        Reader::Keeper,
        text!("guides/kiem-tra-quan-tri.md"),
    ),
    ("ket-noi", "guides/ket-noi.md", Reader::Keeper, text!("guides/ket-noi.md")),
    ("ma-loi", "errors.md", Reader::Keeper, text!("errors.md")),
    ("van-hanh", "operations.md", Reader::Keeper, text!("operations.md")),
];

static GUIDES: LazyLock<Vec<Guide>> = LazyLock::new(|| {
    let read = |(name, file, reader, text): &(&'static str, &str, Reader, &str)| Guide {
        name,
        reader: *reader,
        prose: Prose::read(text, file),
    };
    TEXTS.iter().map(read).collect()
});

/// All guides.
pub fn guides() -> &'static [Guide] {
    &GUIDES
}

/// The guide `name`.
pub fn guide(name: &str) -> Option<&'static Guide> {
    GUIDES.iter().find(|it| it.name == name)
}

/// The address of what stands in `docs/` as `file`, if it is a guide.
pub(super) fn address_of(file: &str) -> Option<String> {
    let (name, ..) = TEXTS.iter().find(|(_, it, ..)| *it == file)?;
    Some(format!("/tro-giup/{name}"))
}
