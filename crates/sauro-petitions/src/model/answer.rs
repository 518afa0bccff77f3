//! Answers, files, cooperating agencies, wishes to hide.

use sauro_kernel::{AccountId, AgencyId, Line, PetitionFileId, Prose, TextError};

use super::{Closing, Fault};

/// An answer to the sender: a draft until a leader approves it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// Its place among the answers of the case, from 1.
    pub n: i64,
    /// Whose.
    pub agency: AgencyId,
    /// How it ends the case.
    pub closing: Closing,
    /// What it says.
    pub words: String,
    /// The same with personal data masked.
    pub public_words: String,
    /// Number of the document that shows what was done, or empty.
    pub proof: String,
    /// Who wrote it.
    pub drafted_by: AccountId,
    /// When, unix microseconds.
    pub drafted_at: i64,
    /// Who approved it, and when.
    pub approved: Option<(AccountId, i64)>,
    /// Who signed, as shown.
    pub signer: String,
}

/// What is typed for an answer.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Draft {
    /// Code of the closing.
    pub closing: String,
    /// What it says.
    pub words: String,
    /// Number of the document that shows what was done.
    pub proof: String,
}

/// Who added a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Side {
    /// The sender.
    Sender,
    /// An agency.
    Agency,
}

/// A file of a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseFile {
    /// The id.
    pub id: PetitionFileId,
    /// Who added it.
    pub side: Side,
    /// SHA-256 of the content.
    pub hash: [u8; 32],
    /// Its name.
    pub name: String,
    /// What it is.
    pub mime: String,
    /// How large, in bytes.
    pub n_bytes: i64,
    /// When it was added.
    pub added_at: i64,
}

/// An agency that cooperates.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Partner {
    /// Which.
    pub agency: AgencyId,
    /// What it thinks.
    pub opinion: String,
    /// Who said so, and when.
    pub given: Option<(AccountId, i64)>,
}

/// A wish to hide a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hiding {
    /// Its place, from 1.
    pub n: i64,
    /// Why.
    pub reason: String,
    /// Who wishes.
    pub asked_by: AccountId,
    /// When.
    pub asked_at: i64,
    /// Who decided, when, and whether it was granted.
    pub decided: Option<(AccountId, i64, bool)>,
}

impl Side {
    /// The word stored.
    pub fn code(self) -> &'static str {
        match self {
            Self::Sender => "sender",
            Self::Agency => "agency",
        }
    }

    /// The side stored as `code`.
    pub fn of_code(code: &str) -> Option<Self> {
        [Self::Sender, Self::Agency].into_iter().find(|it| it.code() == code)
    }
}

impl Draft {
    /// What holds of it: how it ends the case, what it says, what shows it.
    ///
    /// # Errors
    ///
    /// Every fault. A case is called solved only with something that shows it: a document, or a file
    /// (`has_file`).
    pub fn checked(&self, has_file: bool) -> Result<(Closing, String, String), Vec<Fault>> {
        let mut faults = Vec::new();
        let closing = Closing::OF_ANSWERS.into_iter().find(|it| it.code() == self.closing);
        if closing.is_none() {
            faults.push(("ket-qua".to_owned(), "Chọn kết quả giải quyết.".to_owned()));
        }
        let words = match Prose::parse(&self.words) {
            Ok(words) if words.as_str().chars().count() < 30 => {
                let words = "Câu trả lời còn quá ngắn. Nói rõ đã làm gì, ai làm, khi nào, hoặc vì sao không làm được.";
                faults.push(("tra-loi".to_owned(), words.to_owned()));
                String::new()
            }
            Ok(words) => words.as_str().to_owned(),
            Err(TextError::Empty) => {
                faults.push(("tra-loi".to_owned(), "Viết câu trả lời cho người gửi.".to_owned()));
                String::new()
            }
            Err(TextError::TooLong { len, most }) => {
                let words = format!("Câu trả lời dài {len} ký tự, tối đa {most}.");
                faults.push(("tra-loi".to_owned(), words));
                String::new()
            }
        };
        let proof = Line::parse(&self.proof).map(|it| it.as_str().to_owned()).unwrap_or_default();
        if closing == Some(Closing::Solved) && proof.is_empty() && !has_file {
            let words = "Chọn “Đã giải quyết” thì ghi số văn bản hoặc đính kèm ảnh, tệp cho thấy việc đã xong.";
            faults.push(("minh-chung".to_owned(), words.to_owned()));
        }
        match closing {
            Some(closing) if faults.is_empty() => Ok((closing, words, proof)),
            _ => Err(faults),
        }
    }
}
