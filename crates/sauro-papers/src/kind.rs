//! What an upload really is, told from its content and not from its name.

use crate::error::PaperError;
use crate::name;
use crate::package::Package;

/// A kind of file that is accepted as evidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FileKind {
    /// Media type to store and to send.
    pub mime: &'static str,
    /// Usual extension, without the dot.
    pub extension: &'static str,
    /// What a person calls it, in Vietnamese.
    pub label: &'static str,
}

macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident = $mime:literal, $extension:literal, $label:literal;)*) => {
        impl FileKind {
            $($(#[$doc])*
            pub const $name: Self = Self { mime: $mime, extension: $extension, label: $label };)*
            /// Every kind accepted, for the words beside an upload field.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];
        }
    };
}

kinds! {
    /// Portable document.
    PDF = "application/pdf", "pdf", "Tệp PDF";
    /// Word document.
    DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx", "Văn bản Word";
    /// Excel workbook.
    XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx", "Bảng tính Excel";
    /// PowerPoint presentation.
    PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation", "pptx", "Bản trình chiếu PowerPoint";
    /// OpenDocument text.
    ODT = "application/vnd.oasis.opendocument.text", "odt", "Văn bản OpenDocument";
    /// OpenDocument spreadsheet.
    ODS = "application/vnd.oasis.opendocument.spreadsheet", "ods", "Bảng tính OpenDocument";
    /// Word document before 2007.
    DOC = "application/msword", "doc", "Văn bản Word 97–2003";
    /// Excel workbook before 2007.
    XLS = "application/vnd.ms-excel", "xls", "Bảng tính Excel 97–2003";
    /// PNG picture.
    PNG = "image/png", "png", "Ảnh PNG";
    /// JPEG picture.
    JPG = "image/jpeg", "jpg", "Ảnh JPEG";
    /// WebP picture.
    WEBP = "image/webp", "webp", "Ảnh WebP";
    /// HEIC picture, as telephones take them.
    HEIC = "image/heic", "heic", "Ảnh HEIC";
    /// Plain text.
    TXT = "text/plain", "txt", "Tệp văn bản thuần";
    /// Comma-separated values.
    CSV = "text/csv", "csv", "Bảng CSV";
}

/// Why a file is not accepted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KindError {
    /// No bytes at all.
    #[error("the file is empty")]
    Empty,
    /// A program, whatever its name says.
    #[error("the file is a program")]
    Executable,
    /// A script, told by its first line or its extension.
    #[error("the file is a script")]
    Script,
    /// HTML, SVG or other XML that a browser may run.
    #[error("the file is markup that may carry scripts")]
    Markup,
    /// An office document with macros inside.
    #[error("the document carries macros")]
    Macros,
    /// A package of other files.
    #[error("the file is an archive")]
    Archive,
    /// The name ends otherwise than the content says.
    #[error("the name ends with .{claimed}, the content is {actual:?}")]
    Mismatch {
        /// Extension in the name.
        claimed: String,
        /// What the content is.
        actual: FileKind,
    },
    /// The name has no extension.
    #[error("the name has no extension")]
    NoExtension,
    /// Not a kind that is accepted.
    #[error("not an accepted kind (.{extension})")]
    Unknown {
        /// Extension in the name; may be empty.
        extension: String,
    },
    /// The package could not be looked into.
    #[error(transparent)]
    Package(Box<PaperError>),
}

impl From<PaperError> for KindError {
    fn from(error: PaperError) -> Self {
        Self::Package(Box::new(error))
    }
}

const ACCEPTED: &str = "Hãy dùng một trong các loại: pdf, docx, xlsx, pptx, odt, ods, doc, xls, png, jpg, webp, heic, txt, csv.";

impl KindError {
    /// One Vietnamese sentence or two: what is wrong and how to mend it.
    pub fn sentence(&self) -> String {
        match self {
            Self::Empty => "Tệp rỗng, không có nội dung. Hãy kiểm tra lại tệp trên máy rồi tải lên lần nữa.".to_owned(),
            Self::Executable => format!("Tệp này là chương trình chạy được nên bị từ chối, dù tên tệp ghi thế nào. {ACCEPTED}"),
            Self::Script => format!("Tệp này chứa mã lệnh nên bị từ chối. {ACCEPTED}"),
            Self::Markup => "Tệp dạng trang web hoặc ảnh SVG có thể chứa mã lệnh nên bị từ chối. Hãy in ra PDF hoặc chụp thành ảnh rồi tải lên.".to_owned(),
            Self::Macros => "Tài liệu có chứa macro nên bị từ chối. Hãy lưu lại thành dạng không có macro (.docx, .xlsx, .pptx) hoặc PDF rồi tải lên.".to_owned(),
            Self::Archive => "Chưa nhận tệp nén. Hãy giải nén rồi tải lên từng tệp bên trong.".to_owned(),
            Self::Mismatch { claimed, actual } => format!(
                "Tên tệp có đuôi .{claimed} nhưng nội dung là {}. Hãy đổi đuôi thành .{} hoặc chọn đúng tệp.",
                actual.label, actual.extension
            ),
            Self::NoExtension => "Tên tệp thiếu phần đuôi (ví dụ .pdf, .docx). Hãy đặt lại tên tệp rồi tải lên.".to_owned(),
            Self::Unknown { extension } if extension.is_empty() => format!("Chưa nhận loại tệp này. {ACCEPTED}"),
            Self::Unknown { extension } => format!("Chưa nhận loại tệp này (.{extension}). {ACCEPTED}"),
            Self::Package(paper) => paper.sentence(),
        }
    }
}

/// Tells what `bytes` are and whether `name` agrees; only kinds in [`FileKind::ALL`] pass.
///
/// # Errors
///
/// [`KindError`] says why the file is refused.
pub fn sniff(bytes: &[u8], name: &str) -> Result<FileKind, KindError> {
    let extension = name::extension(name).unwrap_or_default();
    let kind = by_content(bytes, &extension)?;
    if extension.is_empty() {
        return Err(KindError::NoExtension);
    }
    let agrees = extension == kind.extension
        || matches!(
            (extension.as_str(), kind.extension),
            ("jpeg" | "jpe", "jpg") | ("heif", "heic")
        );
    if agrees { Ok(kind) } else { Err(KindError::Mismatch { claimed: extension, actual: kind }) }
}

fn by_content(bytes: &[u8], extension: &str) -> Result<FileKind, KindError> {
    if bytes.is_empty() {
        return Err(KindError::Empty);
    }
    if let Some(error) = dangerous(bytes) {
        return Err(error);
    }
    match bytes {
        [b'P', b'K', 3 | 5, 4 | 6, ..] => package_kind(bytes),
        [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, ..] => compound_kind(bytes, extension),
        [0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, ..] => Ok(FileKind::PNG),
        [0xff, 0xd8, 0xff, ..] => Ok(FileKind::JPG),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Ok(FileKind::WEBP),
        [_, _, _, _, b'f', b't', b'y', b'p', brand @ ..] if is_heic(brand) => Ok(FileKind::HEIC),
        _ if is_pdf(bytes) => Ok(FileKind::PDF),
        [0x1f, 0x8b, ..]
        | [b'B', b'Z', b'h', ..]
        | [b'7', b'z', 0xbc, 0xaf, ..]
        | [0xfd, b'7', b'z', b'X', ..]
        | [b'R', b'a', b'r', b'!', ..] => Err(KindError::Archive),
        _ => text_kind(bytes, extension),
    }
}

/// Programs and scripts by their first bytes.
fn dangerous(bytes: &[u8]) -> Option<KindError> {
    match bytes {
        [b'M', b'Z', ..]
        | [0x7f, b'E', b'L', b'F', ..]
        | [0xca, 0xfe, 0xba, 0xbe, ..]
        | [0xfe, 0xed, 0xfa, 0xce | 0xcf, ..]
        | [0xce | 0xcf, 0xfa, 0xed, 0xfe, ..]
        | [b'd', b'e', b'x', b'\n', ..]
        | [0, b'a', b's', b'm', ..]
        | [0x4c, 0, 0, 0, 1, 0x14, 2, 0, ..] => Some(KindError::Executable),
        [b'#', b'!', ..] => Some(KindError::Script),
        _ => None,
    }
}

fn is_heic(brand: &[u8]) -> bool {
    matches!(brand.get(..4), Some(b"heic" | b"heix" | b"heim" | b"heis" | b"mif1" | b"hevc"))
}

fn is_pdf(bytes: &[u8]) -> bool {
    let head = bytes.get(..1024).unwrap_or(bytes);
    head.windows(5).any(|w| w == b"%PDF-")
}

/// Office and OpenDocument packages, by the entries that make them.
fn package_kind(bytes: &[u8]) -> Result<FileKind, KindError> {
    let mut package = Package::peek(bytes, "Tệp")?;
    let names = package.names();
    let has_macros = names.iter().map(|n| n.to_lowercase()).any(|n| {
        n.ends_with("vbaproject.bin")
            || n.starts_with("basic/")
            || n.starts_with("scripts/")
            || n.contains("/macrosheets/")
    });
    let types = package.xml("[Content_Types].xml")?.unwrap_or_default();
    if has_macros || types.contains("macroEnabled") {
        return Err(KindError::Macros);
    }
    if names
        .iter()
        .any(|n| matches!(name::extension(n).as_deref(), Some(e) if PROGRAMS.contains(&e)))
    {
        return Err(KindError::Executable);
    }
    if names.contains("word/document.xml") {
        return Ok(FileKind::DOCX);
    }
    if names.contains("xl/workbook.xml") {
        return Ok(FileKind::XLSX);
    }
    if names.contains("ppt/presentation.xml") {
        return Ok(FileKind::PPTX);
    }
    let mime = package.entry("mimetype")?.unwrap_or_default();
    let mime = mime.trim_ascii();
    [FileKind::ODT, FileKind::ODS]
        .into_iter()
        .find(|k| k.mime.as_bytes() == mime)
        .ok_or(KindError::Archive)
}

/// Documents of Office before 2007: the names in the compound file's directory tell which.
fn compound_kind(bytes: &[u8], extension: &str) -> Result<FileKind, KindError> {
    let has = |name: &str| {
        let wide: Vec<u8> = name.encode_utf16().chain([0]).flat_map(u16::to_le_bytes).collect();
        bytes.windows(wide.len()).any(|w| w == wide)
    };
    if has("_VBA_PROJECT") || has("_VBA_PROJECT_CUR") {
        return Err(KindError::Macros);
    }
    if has("EncryptedPackage") {
        return Err(KindError::Package(Box::new(PaperError::Locked { what: "Tệp Office" })));
    }
    match (has("WordDocument"), has("Workbook") || has("Book")) {
        (true, false) => Ok(FileKind::DOC),
        (false, true) => Ok(FileKind::XLS),
        (true, true) if extension == "doc" => Ok(FileKind::DOC),
        (true, true) => Ok(FileKind::XLS),
        (false, false) => Err(KindError::Unknown { extension: extension.to_owned() }),
    }
}

const PROGRAMS: &[&str] = &[
    "exe", "dll", "scr", "com", "msi", "bat", "cmd", "ps1", "vbs", "vbe", "js", "jse", "wsf",
    "hta", "sh", "jar", "lnk", "apk",
];

/// Text, unless it is something a browser or a shell would run.
fn text_kind(bytes: &[u8], extension: &str) -> Result<FileKind, KindError> {
    let wide = matches!(bytes, [0xff, 0xfe, ..] | [0xfe, 0xff, ..]);
    let controls = bytes.iter().filter(|b| matches!(b, 0..=8 | 0x0e..=0x1a | 0x1c..=0x1f)).count();
    if !wide && controls > 0 {
        return Err(KindError::Unknown { extension: extension.to_owned() });
    }
    let head: String = bytes
        .iter()
        .take(2_048)
        .filter(|b| b.is_ascii_graphic())
        .map(|b| char::from(b.to_ascii_lowercase()))
        .collect();
    if head.starts_with('<')
        || matches!(extension, "html" | "htm" | "svg" | "xml" | "xhtml" | "mht")
    {
        return Err(KindError::Markup);
    }
    if PROGRAMS.contains(&extension) || head.starts_with("#!") || head.starts_with("<?php") {
        return Err(KindError::Script);
    }
    match extension {
        "csv" => Ok(FileKind::CSV),
        "txt" | "" => Ok(FileKind::TXT),
        other if FileKind::ALL.iter().any(|k| k.extension == other) || other == "jpeg" => {
            Ok(FileKind::TXT)
        }
        other => Err(KindError::Unknown { extension: other.to_owned() }),
    }
}
