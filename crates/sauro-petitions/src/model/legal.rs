//! Tells complaints and denunciations, which have laws of their own, from petitions.

use super::Legal;

/// What `text` seems to be. A hint for the sender and the officer, who decide.
///
/// Law on Complaints 02/2011/QH13, Law on Denunciations 25/2018/QH14; petitions exclude both (Decree
/// 20/2008/NĐ-CP, article 2).
pub fn legal_of(text: &str) -> Legal {
    const DENOUNCES: [&str; 7] = [
        "to cao",
        "don to cao",
        "nhan hoi lo",
        "doi hoi lo",
        "tham o",
        "vu loi",
        "lam dung chuc vu",
    ];
    const COMPLAINS: [&str; 6] = [
        "khieu nai",
        "don khieu nai",
        "quyet dinh xu phat",
        "quyet dinh thu hoi dat",
        "khong dong y voi quyet dinh",
        "huy quyet dinh",
    ];
    let words = format!(" {} ", sauro_kernel::fold(text));
    let says = |marks: &[&str]| marks.iter().any(|mark| words.contains(&format!(" {mark} ")));
    if says(&DENOUNCES) {
        Legal::Denunciation
    } else if says(&COMPLAINS) {
        Legal::Complaint
    } else {
        Legal::None
    }
}

impl Legal {
    /// What the law says about it and where it goes, for the sender.
    pub fn guidance(self) -> &'static str {
        match self {
            Self::None => "",
            Self::Complaint => {
                "Khiếu nại một quyết định, hành vi hành chính được giải quyết theo Luật Khiếu nại, có thời hiệu và thủ tục riêng. Gửi đơn khiếu nại đến chính cơ quan đã ra quyết định hoặc có hành vi đó."
            }
            Self::Denunciation => {
                "Tố cáo hành vi vi phạm pháp luật được giải quyết theo Luật Tố cáo, người tố cáo được bảo vệ danh tính. Gửi đơn tố cáo đến người đứng đầu cơ quan quản lý người bị tố cáo, hoặc cơ quan thanh tra, công an."
            }
        }
    }
}
