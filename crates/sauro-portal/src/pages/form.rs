//! The editor's form: its blocks stand one after the other, each begun by its kind.

use sauro_ui::SentForm;

use crate::model::{BlockFields, DetailFields, Fields, blocks_of_paste};

/// What the form asks for beside keeping what is in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Wish {
    /// Keep what is typed as a draft, say nothing.
    Quietly,
    /// Keep what is typed as a draft, show it again; the place to show it at.
    Again(String),
    /// Keep what is typed as a draft, and choose a picture for this block.
    Pick(usize),
    /// Keep it as a version.
    Write,
    /// Keep it as a version above the one that somebody else wrote.
    WriteAbove,
    /// Drop the draft.
    Drop,
    /// Say that it is still open here.
    Hold,
    /// Write on in the place of whoever has it open.
    TakeOver,
}

/// Reads the words of the form.
pub(super) fn fields_of(sent: &SentForm) -> Fields {
    let one = |name: &str| sent.one(name).to_owned();
    let mut blocks: Vec<BlockFields> = Vec::new();
    for (name, value) in &sent.fields {
        if name == "k" {
            blocks.push(BlockFields { kind: value.clone(), ..BlockFields::default() });
        } else if let Some(block) = blocks.last_mut() {
            match name.as_str() {
                "t" => block.text = value.replace("\r\n", "\n"),
                "m" => block.more = value.clone(),
                "f" => block.file = value.clone(),
                "g" => block.is_tile = true,
                "b" => block.mark = value.clone(),
                _ => {}
            }
        }
    }
    let topics = sent.fields.iter().filter(|it| it.0 == "chu-de").map(|it| it.1.clone());
    Fields {
        title: one("tieu-de"),
        summary: one("tom-tat"),
        topics: topics.collect(),
        details: DetailFields {
            number: one("so"),
            kind: one("loai-van-ban"),
            issuer: one("noi-ban-hanh"),
            signer: one("nguoi-ky"),
            field: one("linh-vuc"),
            issued_on: one("ngay-ban-hanh"),
            effective_on: one("ngay-hieu-luc"),
            expires_on: one("ngay-het-hieu-luc"),
            replaces: one("thay-the"),
            directive: one("chi-dao"),
            starts_at: one("bat-dau"),
            ends_at: one("ket-thuc"),
            place: one("dia-diem"),
            opens_on: one("mo"),
            closes_on: one("dong"),
        },
        blocks,
    }
}

/// Does with the blocks what the pressed button says, and answers what is asked for beside that.
pub(super) fn pressed(sent: &SentForm, fields: &mut Fields) -> Wish {
    let mut words = sent.one("viec").split('.');
    let verb = words.next().unwrap_or_default();
    let n: usize = words.next().and_then(|it| it.parse().ok()).unwrap_or_default();
    let blocks = &mut fields.blocks;
    let at = match verb {
        "nhap" => return Wish::Quietly,
        "ghi" => return Wish::Write,
        "ghi-de" => return Wish::WriteAbove,
        "bo" => return Wish::Drop,
        "chon" => return Wish::Pick(n),
        "giu" => return Wish::Hold,
        "tiep-quan" => return Wish::TakeOver,
        "len" if n > 1 && n <= blocks.len() => {
            blocks.swap(n - 1, n - 2);
            n - 1
        }
        "xuong" if n >= 1 && n < blocks.len() => {
            blocks.swap(n - 1, n);
            n + 1
        }
        "xoa" if n >= 1 && n <= blocks.len() => {
            blocks.remove(n - 1);
            n.min(blocks.len())
        }
        // Below the block n; 0 is above all.
        "them" if n <= blocks.len() => {
            blocks.insert(n, BlockFields::of_kind(words.next().unwrap_or("doan")));
            n + 1
        }
        "dan" => {
            let first = n.min(blocks.len());
            paste(sent.one("dan"), fields, first);
            first + 1
        }
        _ => n,
    };
    Wish::Again(if at == 0 { "noi-dung".to_owned() } else { format!("khoi-{at}") })
}

/// Puts the blocks of what was pasted below the block `n`, in the place of it when it is empty.
fn paste(pasted: &str, fields: &mut Fields, n: usize) {
    let found: Vec<BlockFields> = blocks_of_paste(pasted).iter().map(BlockFields::of).collect();
    let is_blank =
        n.checked_sub(1).and_then(|it| fields.blocks.get(it)).is_some_and(BlockFields::is_blank);
    let from = if is_blank { n - 1 } else { n };
    fields.blocks.splice(from..n, found);
}
