//! What the address of a list asks for, and the address of what is asked for.

use std::convert::Infallible;

use axum::extract::{FromRequestParts, Query};
use axum::http::request::Parts;
use chrono::NaiveDate;
use sauro_kernel::{AgencyId, AgencyPath, Ctx, ProgrammeId};
use sauro_store::Db;
use sauro_ui::{AppState, Choice, Faults};

use super::acts::day;
use super::around::Around;
use crate::TasksError;
use crate::actions;
use crate::model::{
    Doubt, Side, Sort, Stage, Status, Task, TaskFilter, Waiting, province, province_path, provinces,
};

/// In the address: whatever has become of them.
const ALL: &str = "tat-ca";

macro_rules! asked {
    ($($(#[$doc:meta])* $field:ident = $name:literal;)*) => {
        /// The filters, as in the address.
        #[derive(Default, Clone)]
        pub(super) struct Asked {
            $($(#[$doc])* pub(super) $field: String,)*
        }

        impl Asked {
            fn set(&mut self, name: &str, value: String) {
                match name {
                    "cot" if !self.columns.is_empty() => {
                        self.columns.push(',');
                        self.columns.push_str(&value);
                    }
                    $($name => self.$field = value,)*
                    _ => {}
                }
            }

            /// All that is asked for, in the order of addresses.
            pub(super) fn pairs(&self) -> Vec<(&'static str, &str)> {
                vec![$(($name, self.$field.as_str()),)*]
            }
        }
    };
}

asked! {
    words = "q";
    side = "phia";
    /// A status, [`ALL`], or empty for what has not ended.
    status = "tt";
    stage = "chang";
    lead = "co-quan";
    issuer = "giao";
    authority = "tham-quyen";
    /// The code of a province, or of an agency that stands for all below it too.
    place = "dia-ban";
    programme = "chuong-trinh";
    /// The code of the task that they were handed down from.
    parent = "cha";
    doubt = "lech";
    waiting = "cho";
    due_from = "han-tu";
    due_to = "han-den";
    overdue = "qua";
    sort = "xep";
    columns = "cot";
    after = "sau";
    /// The scale of the timeline.
    scale = "muc";
    /// The first day of the timeline.
    first = "tu";
    /// The last day of the timeline.
    last = "den";
    /// What the timeline is grouped by.
    group = "nhom";
}

impl FromRequestParts<AppState> for Asked {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _state: &AppState) -> Result<Self, Infallible> {
        let pairs = Query::<Vec<(String, String)>>::try_from_uri(&parts.uri);
        Ok(Self::of(pairs.map(|it| it.0).unwrap_or_default()))
    }
}

impl Asked {
    /// What `pairs` of names and values ask for.
    pub(super) fn of(pairs: impl IntoIterator<Item = (String, String)>) -> Self {
        let mut asked = Self::default();
        for (name, value) in pairs {
            asked.set(&name, value.chars().take(300).collect());
        }
        asked
    }

    /// What the address query `text` asks for.
    pub(super) fn of_query(text: &str) -> Self {
        let uri = format!("/?{text}").parse::<axum::http::Uri>().unwrap_or_default();
        let pairs = Query::<Vec<(String, String)>>::try_from_uri(&uri);
        Self::of(pairs.map(|it| it.0).unwrap_or_default())
    }

    /// The query that asks for the same, without the place in the list.
    pub(super) fn query(&self) -> String {
        let is_said = |name: &str, value: &str| {
            !(value.is_empty()
                || name == "sau"
                || (name == "phia" && value == Side::default().code())
                || (name == "xep" && value == Sort::default().code()))
        };
        let all = self.pairs();
        let kept = all.iter().filter(|(name, value)| is_said(name, value));
        kept.map(|(name, value)| format!("{name}={}", percent(value))).collect::<Vec<_>>().join("&")
    }

    /// The address `path` with the same filters, from `after` on.
    pub(super) fn address(&self, path: &str, after: &str) -> String {
        let mut query = self.query();
        if !after.is_empty() {
            let and = if query.is_empty() { "" } else { "&" };
            query.push_str(&format!("{and}sau={}", percent(after)));
        }
        if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
    }

    /// The same with another value of `name`, from the start.
    pub(super) fn with(&self, name: &str, value: &str) -> Self {
        let mut other = self.clone();
        if name == "cot" {
            other.columns.clear();
        }
        other.set(name, value.to_owned());
        other.after.clear();
        other
    }

    /// True when more is asked for than words and a status.
    pub(super) fn is_narrow(&self) -> bool {
        let narrow = [
            &self.stage,
            &self.lead,
            &self.issuer,
            &self.authority,
            &self.place,
            &self.doubt,
            &self.waiting,
            &self.due_from,
            &self.due_to,
            &self.overdue,
        ];
        narrow.iter().any(|it| !it.is_empty())
    }
}

/// What an address comes down to.
pub(super) struct Read {
    pub(super) filter: TaskFilter,
    /// The task that they were handed down from.
    pub(super) parent: Option<Task>,
    /// What cannot be understood.
    pub(super) faults: Faults,
}

/// What `asked` comes down to for this caller.
pub(super) async fn read(
    ctx: &Ctx,
    db: &Db,
    asked: &Asked,
    around: &Around,
) -> Result<Read, TasksError> {
    let mut faults = Faults::none();
    let parent = match asked.parent.trim() {
        "" => None,
        code => match actions::find_task(ctx, db, code).await {
            Ok(task) => Some(task),
            Err(TasksError::NotFound(_)) => {
                faults
                    .add("cha", "Không có nhiệm vụ nào mang mã đó. Bỏ điều kiện này rồi lọc lại.");
                None
            }
            Err(err) => return Err(err),
        },
    };
    let mut agency = |field: &str, words: &str| agency(around, &mut faults, field, words);
    let lead = agency("co-quan", &asked.lead);
    let issuer = agency("giao", &asked.issuer);
    let authority = agency("tham-quyen", &asked.authority);
    let due_from = day_of(&mut faults, "han-tu", &asked.due_from);
    let due_to = day_of(&mut faults, "han-den", &asked.due_to);
    if let (Some(from), Some(to)) = (due_from, due_to)
        && from > to
    {
        faults.add("han-den", "Ngày cuối đứng trước ngày đầu. Chọn ngày cuối muộn hơn.");
    }
    let overdue_days = match asked.overdue.trim() {
        "" => None,
        text => {
            let n = text.parse::<u16>().ok().filter(|it| *it <= 3650);
            if n.is_none() {
                faults.add("qua", "Nhập số ngày quá hạn từ 0 đến 3650, chỉ dùng chữ số.");
            }
            n
        }
    };
    let place = place(around, asked.place.trim());
    if place.is_none() && !asked.place.trim().is_empty() {
        let sentence = "Không có tỉnh, thành phố hay cơ quan nào mang mã đó. Chọn trong danh sách.";
        faults.add("dia-ban", sentence);
    }
    let place = place.map(|it| it.path);
    let stage = Stage::of_code(&asked.stage);
    let words: String = asked.words.chars().take(200).collect();
    let status = match overdue_days {
        Some(_) => Some(Status::Overdue),
        None => Status::ALL.into_iter().find(|it| it.code() == asked.status),
    };
    let filter = TaskFilter {
        side: Side::of_code(&asked.side).unwrap_or_default(),
        status,
        // A stage that is named may be one of those that have ended.
        is_unfinished: asked.status.is_empty() && stage.is_none() && overdue_days.is_none(),
        stage,
        lead,
        issuer,
        authority,
        place,
        programme: asked.programme.parse::<ProgrammeId>().ok(),
        parent: parent.as_ref().map(|it| it.id),
        doubt: Doubt::of_code(&asked.doubt),
        waiting: Waiting::of_code(&asked.waiting),
        due_from,
        due_to,
        overdue_days,
        between: None,
        among: actions::few_with_words(db, &words).await?,
        words,
        sort: Sort::of_code(&asked.sort).unwrap_or_default(),
    };
    Ok(Read { filter, parent, faults })
}

/// A province, or an agency with all below it.
struct Place {
    name: String,
    path: AgencyPath,
}

fn place(around: &Around, code: &str) -> Option<Place> {
    match province(code) {
        Some(tile) => Some(Place { name: tile.name.to_owned(), path: province_path(code) }),
        None => around
            .directory()
            .by_code(code)
            .map(|it| Place {
                name: format!("{} và cấp dưới", it.name), path: it.path.clone()
            }),
    }
}

fn agency(around: &Around, faults: &mut Faults, field: &str, words: &str) -> Option<AgencyId> {
    let words = words.trim();
    if words.is_empty() {
        return None;
    }
    let found = around.named(words);
    if found.is_none() {
        let sentence = "Không có cơ quan nào tên như vậy. Nhập tên, viết tắt hoặc mã cơ quan.";
        faults.add(field, sentence);
    }
    found
}

pub(super) fn day_of(faults: &mut Faults, field: &str, text: &str) -> Option<NaiveDate> {
    if text.trim().is_empty() {
        return None;
    }
    let found = day(text);
    if found.is_none() {
        faults.add(field, "Không có ngày đó. Nhập ngày, tháng, năm, ví dụ 30/06/2026.");
    }
    found
}

/// What can be chosen in the filters.
pub(super) struct Choices {
    pub(super) sides: Vec<Choice>,
    pub(super) statuses: Vec<Choice>,
    pub(super) stages: Vec<Choice>,
    pub(super) doubts: Vec<Choice>,
    pub(super) waitings: Vec<Choice>,
    pub(super) sorts: Vec<Choice>,
    pub(super) programmes: Vec<Choice>,
    /// Provinces, for those who oversee more than one.
    pub(super) places: Vec<Choice>,
}

impl Choices {
    /// With what is `asked` for among them, although nobody would be offered it.
    pub(super) async fn of(
        ctx: &Ctx,
        db: &Db,
        asked: &Asked,
        around: &Around,
    ) -> Result<Self, TasksError> {
        let programmes = actions::programmes(ctx, db, "", 200).await?;
        let all = Choice::new(ALL, "Mọi tình trạng");
        let statuses = Status::ALL.iter().map(|it| Choice::new(it.code(), it.label()));
        let is_nation = ctx.actor.scope == AgencyPath::nation();
        let places = provinces().filter(|_| is_nation).map(|it| Choice::new(it.code, it.name));
        let is_offered = is_nation && province(asked.place.trim()).is_some();
        let other = place(around, asked.place.trim())
            .filter(|_| !is_offered)
            .map(|it| Choice::new(asked.place.trim(), it.name));
        Ok(Self {
            sides: Side::ALL.iter().map(|it| Choice::new(it.code(), it.label())).collect(),
            statuses: std::iter::once(all).chain(statuses).collect(),
            stages: Stage::ALL.iter().map(|it| Choice::new(it.code(), it.label())).collect(),
            doubts: Doubt::ALL.iter().map(|it| Choice::new(it.code(), it.label())).collect(),
            waitings: Waiting::ALL.iter().map(|it| Choice::new(it.code(), it.label())).collect(),
            sorts: Sort::ALL.iter().map(|it| Choice::new(it.code(), it.label())).collect(),
            programmes: programmes.iter().map(|it| Choice::new(it.id, &it.name)).collect(),
            places: places.chain(other).collect(),
        })
    }
}

fn percent(text: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~,".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_asks_for_what_its_own_address_asks_for() {
        let asked = Asked::of_query(
            "q=s%E1%BB%91+h%C3%B3a&tt=over&cot=han&cot=chang&sau=h.1&phia=pham-vi&la=1",
        );
        assert_eq!(asked.query(), "q=s%E1%BB%91%20h%C3%B3a&tt=over&cot=han,chang");
        assert_eq!(Asked::of_query(&asked.query()).query(), asked.query());
        assert_eq!(
            asked.address("/nhiem-vu", "h.2"),
            format!("/nhiem-vu?{}&sau=h.2", asked.query())
        );
        assert_eq!(Asked::default().address("/nhiem-vu", ""), "/nhiem-vu");
        assert_eq!(asked.with("cot", "").with("tt", "").query(), "q=s%E1%BB%91%20h%C3%B3a");
    }
}
