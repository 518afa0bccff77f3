//! The form of the monthly report, and what it comes down to.

use chrono::{Datelike, NaiveDate};
use sauro_directory::Letterhead;
use sauro_papers::{Layout, PaperDate, PaperHead, Signer, Signing};
use sauro_ui::{Faults, words};
use serde::Deserialize;

use crate::model::{Area, PastDay};

/// Most letters of a line of the form.
const LONGEST: usize = 300;
/// Most receivers.
const MOST_RECIPIENTS: usize = 30;

/// The form as sent.
#[derive(Default, Clone, Deserialize)]
#[serde(default, rename_all = "kebab-case")]
pub(super) struct Sent {
    /// The month, as `2026-11`.
    pub(super) ky: String,
    /// The day whose end the figures show; empty for the end of the month, or now.
    pub(super) chot: String,
    pub(super) chuong_trinh: String,
    pub(super) mau: String,
    pub(super) cap_tren: String,
    pub(super) co_quan: String,
    pub(super) so: String,
    pub(super) ky_hieu: String,
    pub(super) dia_danh: String,
    pub(super) ngay_ky: String,
    pub(super) kinh_gui: String,
    pub(super) the_thuc_ky: String,
    pub(super) ky_cho: String,
    pub(super) chuc_vu: String,
    pub(super) ho_ten: String,
    pub(super) noi_nhan: String,
    /// The kind of file: `pdf`, or anything else for Word.
    pub(super) tep: String,
}

/// What is wanted.
pub(super) struct Order {
    /// Year and month.
    pub(super) period: (i32, u32),
    /// The past day whose end the figures show; none for now.
    pub(super) day: Option<PastDay>,
    pub(super) area: Area,
    pub(super) layout: Layout,
    pub(super) head: PaperHead,
    pub(super) addressee: String,
    pub(super) signer: Signer,
    pub(super) recipients: Vec<String>,
}

/// In whose stead a paper is signed: the word in the form and the words on screen.
pub(super) const STEADS: [(&str, &str); 4] = [
    ("", "Người đứng đầu ký"),
    ("tm", "Thay mặt tập thể (TM., T/M)"),
    ("kt", "Cấp phó ký thay (KT., K/T)"),
    ("tl", "Thừa lệnh (TL., T/L)"),
];

impl Sent {
    /// The form before anything is typed.
    pub(super) fn usual(letterhead: Letterhead, today: NaiveDate, programme: String) -> Self {
        let (stead, whom) = match letterhead.signer.signing {
            Signing::Head => ("", String::new()),
            Signing::Collective(it) => ("tm", it),
            Signing::Deputy(it) => ("kt", it),
            Signing::ByOrder(it) => ("tl", it),
        };
        Self {
            ky: today.format("%Y-%m").to_string(),
            chuong_trinh: programme,
            mau: letterhead.layout.code().to_owned(),
            cap_tren: letterhead.superior,
            co_quan: letterhead.issuer,
            ky_hieu: letterhead.code,
            dia_danh: letterhead.place,
            kinh_gui: "Ban Chỉ đạo".to_owned(),
            the_thuc_ky: stead.to_owned(),
            ky_cho: whom,
            chuc_vu: letterhead.signer.title,
            noi_nhan: "Như trên\nLưu: VT".to_owned(),
            ..Self::default()
        }
    }

    /// What the form comes down to on the day `today`, or every fault in it.
    pub(super) fn read(&self, today: NaiveDate) -> Result<Order, Faults> {
        let mut faults = Faults::none();
        self.check_lengths(&mut faults);
        let period = self.period(&mut faults, today);
        let day = period.and_then(|period| self.day(&mut faults, period, today));
        if self.co_quan.trim().is_empty() {
            faults.add("co-quan", "Nhập tên cơ quan ban hành.");
        }
        let number = number(&mut faults, &self.so);
        let date = date(&mut faults, &self.ngay_ky);
        let signing = self.signing(&mut faults);
        let layout = Layout::of_code(&self.mau);
        if layout.is_none() {
            faults.add("mau", "Chọn thể thức của Nhà nước hoặc của Đảng.");
        }
        let (Some(period), Some(layout), true) = (period, layout, faults.is_empty()) else {
            return Err(faults);
        };
        let own = |text: &str| text.trim().to_owned();
        let area = match self.chuong_trinh.trim() {
            "" => Area::Nation,
            code => Area::Programme(code.to_owned()),
        };
        let mut order = Order {
            period,
            day,
            area,
            layout,
            head: PaperHead {
                superior: own(&self.cap_tren),
                issuer: own(&self.co_quan),
                number,
                kind_code: "BC".to_owned(),
                issuer_code: own(&self.ky_hieu),
                place: own(&self.dia_danh),
                date,
                kind: "Báo cáo".to_owned(),
                subject: String::new(),
            },
            addressee: own(&self.kinh_gui),
            signer: Signer { signing, title: own(&self.chuc_vu), name: own(&self.ho_ten) },
            recipients: self.noi_nhan.lines().map(own).filter(|it| !it.is_empty()).collect(),
        };
        order.head.subject = format!("Tình hình thực hiện nhiệm vụ {}", order.period_words());
        Ok(order)
    }

    fn check_lengths(&self, faults: &mut Faults) {
        let lines = [
            ("cap-tren", &self.cap_tren),
            ("co-quan", &self.co_quan),
            ("ky-hieu", &self.ky_hieu),
            ("dia-danh", &self.dia_danh),
            ("kinh-gui", &self.kinh_gui),
            ("ky-cho", &self.ky_cho),
            ("chuc-vu", &self.chuc_vu),
            ("ho-ten", &self.ho_ten),
        ];
        for (field, text) in lines {
            if text.chars().count() > LONGEST {
                faults.add(field, format!("Rút gọn còn tối đa {LONGEST} ký tự."));
            }
        }
        let is_long = |it: &str| it.chars().count() > LONGEST;
        if self.noi_nhan.lines().count() > MOST_RECIPIENTS || self.noi_nhan.lines().any(is_long) {
            let words = format!("Ghi tối đa {MOST_RECIPIENTS} nơi nhận, mỗi dòng {LONGEST} ký tự.");
            faults.add("noi-nhan", words);
        }
    }

    fn period(&self, faults: &mut Faults, today: NaiveDate) -> Option<(i32, u32)> {
        let text = self.ky.trim();
        let (year, month) = match text.split_once('/') {
            Some((month, year)) => (year, month),
            None => text.split_once('-').unwrap_or_default(),
        };
        let first = NaiveDate::from_ymd_opt(
            year.parse().ok().filter(|it| (2000..=2200).contains(it)).unwrap_or(0),
            month.parse().unwrap_or(0),
            1,
        );
        let found = first.filter(|it| it.year() > 0);
        match found {
            None => faults.add("ky", "Nhập tháng báo cáo dạng 2026-11 hoặc 11/2026."),
            Some(first) if first > today => {
                faults.add("ky", "Tháng này chưa đến nên chưa có số liệu. Chọn tháng sớm hơn.");
            }
            Some(_) => {}
        }
        found.map(|it| (it.year(), it.month()))
    }

    fn day(
        &self,
        faults: &mut Faults,
        (year, month): (i32, u32),
        today: NaiveDate,
    ) -> Option<PastDay> {
        let first = NaiveDate::from_ymd_opt(year, month, 1)?;
        let last = first.checked_add_months(chrono::Months::new(1))?.pred_opt()?;
        let text = match self.chot.trim() {
            "" => last.min(today).to_string(),
            text => text.to_owned(),
        };
        match PastDay::read(&text, today) {
            Err(why) => faults.add("chot", why.to_string()),
            Ok(Some(day)) if day.day() < first => {
                faults
                    .add("chot", "Ngày chốt số liệu đứng trước tháng báo cáo. Chọn ngày muộn hơn.");
            }
            Ok(day) => return day,
        }
        None
    }

    fn signing(&self, faults: &mut Faults) -> Signing {
        let whom = self.ky_cho.trim().to_owned();
        let signing = match self.the_thuc_ky.as_str() {
            "tm" => Signing::Collective(whom),
            "kt" => Signing::Deputy(whom),
            "tl" => Signing::ByOrder(whom),
            _ => return Signing::Head,
        };
        if self.ky_cho.trim().is_empty() {
            faults.add(
                "ky-cho",
                "Nhập tập thể hoặc chức vụ mà người ký thay mặt, ký thay hoặc theo lệnh.",
            );
        }
        signing
    }
}

fn number(faults: &mut Faults, text: &str) -> Option<u32> {
    if text.trim().is_empty() {
        return None;
    }
    let found = text.trim().parse().ok().filter(|n| (1..=99_999).contains(n));
    if found.is_none() {
        faults.add("so", "Nhập số văn bản bằng chữ số, hoặc để trống để điền sau.");
    }
    found
}

fn date(faults: &mut Faults, text: &str) -> Option<PaperDate> {
    if text.trim().is_empty() {
        return None;
    }
    let day = NaiveDate::parse_from_str(text.trim(), "%Y-%m-%d")
        .or_else(|_| NaiveDate::parse_from_str(text.trim(), "%d/%m/%Y"));
    match day {
        Ok(day) => Some(PaperDate { year: day.year(), month: day.month(), day: day.day() }),
        Err(_) => {
            faults.add("ngay-ky", "Không có ngày đó. Nhập ngày, tháng, năm, ví dụ 30/11/2026.");
            None
        }
    }
}

impl Order {
    /// `tháng 02 năm 2026`: as in dates, months 1 and 2 with a leading zero.
    pub(super) fn period_words(&self) -> String {
        let (year, month) = self.period;
        if month <= 2 {
            format!("tháng {month:02} năm {year}")
        } else {
            format!("tháng {month} năm {year}")
        }
    }

    /// Which paper an annex goes with, once number and day are known.
    pub(super) fn annex_note(&self) -> String {
        let head = &self.head;
        let day = head.date.and_then(|it| NaiveDate::from_ymd_opt(it.year, it.month, it.day));
        match (head.number, day) {
            (Some(_), Some(day)) => format!(
                "(Kèm theo Báo cáo số {} ngày {} của {})",
                self.layout.number(head),
                words::date(day),
                head.issuer
            ),
            _ => format!("(Kèm theo Báo cáo {} của {})", self.period_words(), head.issuer),
        }
    }

    /// The name of the file, without its ending.
    pub(super) fn file_name(&self) -> String {
        let (year, month) = self.period;
        format!("bao-cao-thang-{year}-{month:02}")
    }
}
