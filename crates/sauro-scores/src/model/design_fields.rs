use rust_decimal::Decimal;
use sauro_kernel::{Line, PeriodKind};

use super::{Audience, Component, Design, Fault, Measure, Roster, points_of, written};
use crate::error::text_fault;

/// A method as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DesignFields {
    /// The name.
    pub name: String,
    /// The code of a roster.
    pub roster: String,
    /// The code of an audience.
    pub audience: String,
    /// The code of a kind of period.
    pub rhythm: String,
    /// One for each measure; those without a weight are left out.
    pub components: Vec<ComponentFields>,
    /// The weight that must be rated.
    pub enough: String,
    /// Days for figures.
    pub figure_days: String,
    /// Working days to score oneself.
    pub self_days: String,
    /// Working days to answer an appeal.
    pub appeal_days: String,
}

/// A component as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ComponentFields {
    /// The code of its measure.
    pub measure: String,
    /// The weight; empty when it does not count.
    pub weight: String,
    /// The lower bound.
    pub low: String,
    /// The upper bound.
    pub high: String,
    /// The smallest count.
    pub least: String,
}

/// Kinds of periods that are scored.
const RHYTHMS: [PeriodKind; 4] =
    [PeriodKind::Month, PeriodKind::Quarter, PeriodKind::Half, PeriodKind::Year];

/// Longest name, in characters.
const LONGEST_NAME: usize = 120;

const NO_SHARE: &str = "là số từ 0 đến 100, tối đa hai chữ số thập phân, ví dụ 12,5.";

impl Design {
    /// Kinds of periods that are scored, short ones first.
    pub fn rhythms() -> [PeriodKind; 4] {
        RHYTHMS
    }

    /// Reads what was typed.
    ///
    /// # Errors
    ///
    /// Every fault, each with the field that it belongs to.
    pub fn read(fields: &DesignFields) -> Result<Self, Vec<Fault>> {
        let mut faults = Vec::new();
        let mut fault = |field: &str, words: String| faults.push((field.to_owned(), words));
        let name = match Line::parse(&fields.name) {
            Ok(name) if name.as_str().chars().count() <= LONGEST_NAME => name.as_str().to_owned(),
            Ok(_) => {
                fault("ten", format!("Rút gọn tên cách chấm còn tối đa {LONGEST_NAME} ký tự."));
                String::new()
            }
            Err(err) => {
                fault("ten", text_fault("tên cách chấm", err));
                String::new()
            }
        };
        let roster = Roster::of_code(&fields.roster);
        if roster.is_none() {
            fault("doi-tuong", "Chọn loại đơn vị được chấm trong danh sách.".to_owned());
        }
        let audience = Audience::of_code(&fields.audience);
        if audience.is_none() {
            fault("pham-vi", "Chọn số liệu nào được tính.".to_owned());
        }
        let rhythm = RHYTHMS.into_iter().find(|it| it.code() == fields.rhythm);
        if rhythm.is_none() {
            fault("ky", "Chọn kỳ chấm: tháng, quý, 6 tháng hoặc năm.".to_owned());
        }
        let enough = points_of(&fields.enough).filter(|it| *it > Decimal::ZERO);
        if enough.is_none() {
            let words = "Trọng số tối thiểu là số lớn hơn 0 và không quá 100, ví dụ 50.";
            fault("du", words.to_owned());
        }
        let days = [
            ("ngay-so-lieu", &fields.figure_days, 0),
            ("ngay-tu-cham", &fields.self_days, 0),
            ("ngay-tra-loi", &fields.appeal_days, 1),
        ];
        let mut read = Vec::new();
        for (field, raw, least) in days {
            let n = raw.trim().parse::<u32>().ok().filter(|it| (least..=60).contains(it));
            if n.is_none() {
                fault(field, format!("Số ngày là số nguyên từ {least} đến 60."));
            }
            read.push(n.unwrap_or_default());
        }
        let components = components(&fields.components, &mut faults);
        match (roster, audience, rhythm, enough, read.as_slice()) {
            (Some(roster), Some(audience), Some(rhythm), Some(enough), [figure, own, appeal])
                if faults.is_empty() =>
            {
                let days = (*figure, *own, *appeal);
                let (figure_days, self_days, appeal_days) = days;
                Ok(Self {
                    name,
                    roster,
                    audience,
                    rhythm,
                    components,
                    enough,
                    figure_days,
                    self_days,
                    appeal_days,
                })
            }
            _ => Err(faults),
        }
    }

    /// What is typed to say the same; every measure has a line.
    pub fn fields(&self) -> DesignFields {
        let line = |measure: Measure| match self.component(measure) {
            Some(it) => ComponentFields {
                measure: measure.code().to_owned(),
                weight: written(it.weight),
                low: written(it.low),
                high: written(it.high),
                least: it.least.to_string(),
            },
            None => ComponentFields {
                measure: measure.code().to_owned(),
                weight: String::new(),
                low: "0".to_owned(),
                high: "100".to_owned(),
                least: "5".to_owned(),
            },
        };
        DesignFields {
            name: self.name.clone(),
            roster: self.roster.code(),
            audience: self.audience.code().to_owned(),
            rhythm: self.rhythm.code().to_owned(),
            components: Measure::ALL.into_iter().map(line).collect(),
            enough: written(self.enough),
            figure_days: self.figure_days.to_string(),
            self_days: self.self_days.to_string(),
            appeal_days: self.appeal_days.to_string(),
        }
    }
}

/// The components that have a weight; their weights come to exactly 100.
fn components(typed: &[ComponentFields], faults: &mut Vec<Fault>) -> Vec<Component> {
    let mut read: Vec<Component> = Vec::new();
    let n_before = faults.len();
    for it in typed {
        let Some(measure) = Measure::of_code(&it.measure) else {
            faults
                .push(("tong".to_owned(), "Có tiêu chí lạ. Mở lại trang rồi nhập lại.".to_owned()));
            continue;
        };
        if matches!(it.weight.trim(), "" | "0") {
            continue;
        }
        if read.iter().any(|one| one.measure == measure) {
            let words = format!("Tiêu chí “{}” chỉ được có một dòng.", measure.label());
            faults.push(("tong".to_owned(), words));
            continue;
        }
        read.extend(component(measure, it, faults));
    }
    let total: Decimal = read.iter().map(|it| it.weight).sum();
    if faults.len() == n_before && total != Decimal::ONE_HUNDRED {
        let words = format!(
            "Tổng trọng số là {}, phải đúng 100. Sửa trọng số của các tiêu chí.",
            written(total)
        );
        faults.push(("tong".to_owned(), words));
    }
    read
}

fn component(
    measure: Measure,
    typed: &ComponentFields,
    faults: &mut Vec<Fault>,
) -> Option<Component> {
    let (code, label) = (measure.code(), measure.label());
    let mut fault = |field: &str, words: String| faults.push((format!("{field}-{code}"), words));
    let mut share = |field: &str, name: &str, raw: &str| {
        let found = points_of(raw);
        if found.is_none() {
            fault(field, format!("{label}: {name} {NO_SHARE}"));
        }
        found
    };
    let weight = share("ts", "trọng số", &typed.weight);
    let low = share("duoi", "mốc 0 điểm", &typed.low);
    let high = share("tren", "mốc 100 điểm", &typed.high);
    let least = typed.least.trim().parse::<i64>().ok().filter(|it| (1..=1_000).contains(it));
    if least.is_none() {
        let words = format!("{label}: số lượng tối thiểu là số nguyên từ 1 đến 1.000.");
        faults.push((format!("it-{code}"), words));
    }
    let (weight, low, high, least) = (weight?, low?, high?, least?);
    if low >= high {
        let words = format!("{label}: mốc 0 điểm phải nhỏ hơn mốc 100 điểm.");
        faults.push((format!("duoi-{code}"), words));
        return None;
    }
    Some(Component { measure, weight, low, high, least })
}
