//! What a tile is asked to show: a kind, and typed parameters for it.

use sauro_kernel::Prose;
use serde::{Deserialize, Serialize};

/// A fault of a form: the field's name and the Vietnamese sentence for people.
pub type Fault = (&'static str, String);

/// A tile (ô) of a dashboard.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tile {
    /// Columns it takes, 1 to 4.
    pub width: u8,
    /// What it shows.
    pub spec: Spec,
}

/// What a tile shows.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Spec {
    /// One number with target and trend.
    Number {
        /// Code of the indicator.
        indicator: String,
        /// Whose: `VN`, or the code of an agency.
        place: String,
    },
    /// The line of an indicator, and its way to the target.
    Way {
        /// Code of the indicator.
        indicator: String,
        /// Whose.
        place: String,
        /// How many periods.
        periods: u8,
    },
    /// Units below a place, ranked by an indicator.
    Ranking {
        /// Code of the indicator.
        indicator: String,
        /// The nation ranks provinces, a province its communes.
        place: String,
        /// How many lines.
        most: u8,
    },
    /// The 34 provinces, coloured by an indicator, or by the share done on time.
    Map {
        /// Code of the indicator; none for the share done on time.
        indicator: Option<String>,
    },
    /// Units below a place beside several indicators.
    Heat {
        /// Codes of the indicators.
        indicators: Vec<String>,
        /// The nation shows provinces, a province its communes.
        place: String,
    },
    /// Done or not, in time or not; with the four shares of the headline.
    Four {
        /// Whose tasks: `VN`, or the code of an agency and all below it.
        place: String,
    },
    /// Overdue tasks, oldest deadline first.
    Late {
        /// Whose.
        place: String,
        /// How many.
        most: u8,
    },
    /// Words of the agency.
    Text {
        /// The words.
        text: String,
    },
}

/// The kind of a tile.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// One number.
    Number,
    /// A line to the target.
    Way,
    /// A ranking.
    Ranking,
    /// A map.
    Map,
    /// A heat map.
    Heat,
    /// The two-by-two.
    Four,
    /// Late tasks.
    Late,
    /// Words.
    Text,
}

/// A tile as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TileFields {
    /// Code of the kind.
    pub kind: String,
    /// Codes of indicators; empty ones are skipped.
    pub indicators: Vec<String>,
    /// Code of the place.
    pub place: String,
    /// Periods or lines.
    pub count: String,
    /// Words.
    pub text: String,
    /// Columns.
    pub width: String,
}

impl Kind {
    /// All, in the order of the form.
    pub const ALL: [Self; 8] = [
        Self::Number,
        Self::Way,
        Self::Ranking,
        Self::Map,
        Self::Heat,
        Self::Four,
        Self::Late,
        Self::Text,
    ];

    /// The word in addresses.
    pub fn code(self) -> &'static str {
        match self {
            Self::Number => "mot-so",
            Self::Way => "duong",
            Self::Ranking => "xep-hang",
            Self::Map => "ban-do",
            Self::Heat => "bang-nhiet",
            Self::Four => "bon-o",
            Self::Late => "viec-cham",
            Self::Text => "loi",
        }
    }

    /// The kind that addresses call `code`.
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.code() == code)
    }

    /// The words on screen.
    pub fn label(self) -> &'static str {
        match self {
            Self::Number => "Một con số",
            Self::Way => "Đường đến chỉ tiêu",
            Self::Ranking => "Xếp hạng đơn vị",
            Self::Map => "Bản đồ 34 tỉnh, thành phố",
            Self::Heat => "Bảng nhiệt đơn vị và chỉ số",
            Self::Four => "Hoàn thành và thời hạn",
            Self::Late => "Việc quá hạn",
            Self::Text => "Lời dẫn",
        }
    }

    /// What it is good for, in a sentence.
    pub fn hint(self) -> &'static str {
        match self {
            Self::Number => "Số mới nhất của một chỉ số, chỉ tiêu và xu hướng.",
            Self::Way => "Các kỳ của một chỉ số và đường thẳng từ số gốc đến chỉ tiêu.",
            Self::Ranking => "Tỉnh trong cả nước, hoặc xã trong một tỉnh, theo một chỉ số.",
            Self::Map => "Tô theo một chỉ số, hoặc theo tỷ lệ hoàn thành đúng hạn.",
            Self::Heat => "Mỗi hàng một đơn vị, mỗi cột một chỉ số, nhiều nhất bốn cột.",
            Self::Four => "Bao nhiêu việc xong và chưa xong, kịp và không kịp thời hạn.",
            Self::Late => "Danh sách việc chưa xong mà đã qua hạn.",
            Self::Text => "Vài câu của cơ quan để người xem hiểu bảng này.",
        }
    }

    /// Columns it takes when nobody says otherwise.
    pub fn usual_width(self) -> u8 {
        match self {
            Self::Number => 1,
            Self::Text | Self::Way | Self::Ranking | Self::Map | Self::Late => 2,
            Self::Heat | Self::Four => 4,
        }
    }

    /// Lines or periods when nobody says otherwise, and the most there may be; none where there are
    /// neither.
    pub fn counts(self) -> Option<(u8, u8)> {
        match self {
            Self::Way => Some((12, 36)),
            Self::Ranking => Some((10, 50)),
            Self::Late => Some((8, 30)),
            _ => None,
        }
    }

    /// Indicators that it takes: the fewest and the most.
    pub fn n_indicators(self) -> (usize, usize) {
        match self {
            Self::Number | Self::Way | Self::Ranking => (1, 1),
            Self::Map => (0, 1),
            Self::Heat => (1, 4),
            Self::Four | Self::Late | Self::Text => (0, 0),
        }
    }

    /// True when it is about a place that is chosen.
    pub fn has_place(self) -> bool {
        !matches!(self, Self::Map | Self::Text)
    }
}

impl Tile {
    /// The fewest columns.
    pub const NARROWEST: u8 = 1;
    /// The most columns.
    pub const WIDEST: u8 = 4;

    /// The tile of `spec`, as wide as its kind usually is.
    pub fn of(spec: Spec) -> Self {
        Self { width: spec.kind().usual_width(), spec }
    }

    /// The tile that was typed.
    ///
    /// # Errors
    ///
    /// Every fault at once, each with a sentence that says how to mend it.
    pub fn read(fields: &TileFields) -> Result<Self, Vec<Fault>> {
        let Some(kind) = Kind::of_code(&fields.kind) else {
            return Err(vec![("loai", "Chọn một loại ô trong danh sách.".to_owned())]);
        };
        let mut faults = Vec::new();
        let width = read_width(fields, kind, &mut faults);
        let indicators = read_indicators(fields, kind, &mut faults);
        let count = read_count(fields, kind, &mut faults);
        let place = fields.place.trim().to_owned();
        if kind.has_place() && place.is_empty() {
            faults.push(("noi", "Chọn nơi mà ô này nói về.".to_owned()));
        }
        let text = match kind {
            Kind::Text => read_text(&fields.text, &mut faults),
            _ => String::new(),
        };
        if !faults.is_empty() {
            return Err(faults);
        }
        let mut indicators = indicators.into_iter();
        let mut indicator = || indicators.next().unwrap_or_default();
        let spec = match kind {
            Kind::Number => Spec::Number { indicator: indicator(), place },
            Kind::Way => Spec::Way { indicator: indicator(), place, periods: count },
            Kind::Ranking => Spec::Ranking { indicator: indicator(), place, most: count },
            Kind::Map => Spec::Map { indicator: indicators.next() },
            Kind::Heat => Spec::Heat { indicators: indicators.collect(), place },
            Kind::Four => Spec::Four { place },
            Kind::Late => Spec::Late { place, most: count },
            Kind::Text => Spec::Text { text },
        };
        Ok(Self { width, spec })
    }

    /// What would have to be typed to get this tile.
    pub fn fields(&self) -> TileFields {
        let (place, count) = match &self.spec {
            Spec::Number { place, .. } | Spec::Heat { place, .. } | Spec::Four { place } => {
                (place.clone(), String::new())
            }
            Spec::Way { place, periods: n, .. }
            | Spec::Ranking { place, most: n, .. }
            | Spec::Late { place, most: n } => (place.clone(), n.to_string()),
            Spec::Map { .. } | Spec::Text { .. } => Default::default(),
        };
        let text = match &self.spec {
            Spec::Text { text } => text.clone(),
            _ => String::new(),
        };
        TileFields {
            kind: self.spec.kind().code().to_owned(),
            indicators: self.spec.indicators().into_iter().map(str::to_owned).collect(),
            place,
            count,
            text,
            width: self.width.to_string(),
        }
    }

    /// True when it could have been typed: what is stored is asked this as well.
    pub fn is_sound(&self) -> bool {
        Self::read(&self.fields()).as_ref() == Ok(self)
    }
}

impl Spec {
    /// Its kind.
    pub fn kind(&self) -> Kind {
        match self {
            Self::Number { .. } => Kind::Number,
            Self::Way { .. } => Kind::Way,
            Self::Ranking { .. } => Kind::Ranking,
            Self::Map { .. } => Kind::Map,
            Self::Heat { .. } => Kind::Heat,
            Self::Four { .. } => Kind::Four,
            Self::Late { .. } => Kind::Late,
            Self::Text { .. } => Kind::Text,
        }
    }

    /// Codes of the indicators that it shows.
    pub fn indicators(&self) -> Vec<&str> {
        match self {
            Self::Number { indicator, .. }
            | Self::Way { indicator, .. }
            | Self::Ranking { indicator, .. } => vec![indicator],
            Self::Map { indicator } => indicator.iter().map(String::as_str).collect(),
            Self::Heat { indicators, .. } => indicators.iter().map(String::as_str).collect(),
            Self::Four { .. } | Self::Late { .. } | Self::Text { .. } => Vec::new(),
        }
    }

    /// Code of the place that it is about; the nation when none is chosen.
    pub fn place(&self) -> &str {
        match self {
            Self::Number { place, .. }
            | Self::Way { place, .. }
            | Self::Ranking { place, .. }
            | Self::Heat { place, .. }
            | Self::Four { place }
            | Self::Late { place, .. } => place,
            Self::Map { .. } | Self::Text { .. } => "VN",
        }
    }
}

fn read_width(fields: &TileFields, kind: Kind, faults: &mut Vec<Fault>) -> u8 {
    if fields.width.trim().is_empty() {
        return kind.usual_width();
    }
    let width = fields.width.trim().parse().ok();
    width.filter(|it| (Tile::NARROWEST..=Tile::WIDEST).contains(it)).unwrap_or_else(|| {
        faults.push(("rong", "Bề rộng là từ 1 đến 4 cột.".to_owned()));
        Tile::NARROWEST
    })
}

fn read_indicators(fields: &TileFields, kind: Kind, faults: &mut Vec<Fault>) -> Vec<String> {
    let (fewest, most) = kind.n_indicators();
    let mut codes: Vec<String> = Vec::new();
    for code in fields.indicators.iter().map(|it| it.trim()).filter(|it| !it.is_empty()) {
        if codes.iter().any(|it| it == code) {
            faults.push(("chi-so", format!("Chỉ số {code} được chọn hai lần, bỏ bớt một.")));
        } else {
            codes.push(code.to_owned());
        }
    }
    if codes.len() < fewest {
        faults.push(("chi-so", "Chọn chỉ số.".to_owned()));
    }
    if codes.len() > most {
        let words = match most {
            0 => "Loại ô này không dùng chỉ số, để trống.".to_owned(),
            most => format!("Loại ô này nhận nhiều nhất {most} chỉ số, bỏ bớt."),
        };
        faults.push(("chi-so", words));
    }
    codes
}

fn read_count(fields: &TileFields, kind: Kind, faults: &mut Vec<Fault>) -> u8 {
    let Some((usual, most)) = kind.counts() else { return 0 };
    if fields.count.trim().is_empty() {
        return usual;
    }
    let count = fields.count.trim().parse().ok();
    count.filter(|it| (2..=most).contains(it)).unwrap_or_else(|| {
        let what = if kind == Kind::Way { "Số kỳ" } else { "Số dòng" };
        faults.push(("so-dong", format!("{what} là số nguyên từ 2 đến {most}.")));
        usual
    })
}

/// Longest words of a tile, in characters.
const LONGEST_TEXT: usize = 1_000;

fn read_text(raw: &str, faults: &mut Vec<Fault>) -> String {
    let Ok(text) = Prose::parse(raw) else {
        faults.push(("loi", "Viết lời dẫn, hoặc chọn loại ô khác.".to_owned()));
        return String::new();
    };
    let n = text.as_str().chars().count();
    if n > LONGEST_TEXT {
        let words = format!("Lời dẫn dài {n} ký tự, rút gọn còn tối đa {LONGEST_TEXT} ký tự.");
        faults.push(("loi", words));
    }
    text.as_str().to_owned()
}
