//! Bodies that carry the name of a place are renamed when the place is.

use chrono::NaiveDate;

use super::{Agency, Atlas, PlaceName};

impl Agency {
    /// Its name on `day`, which follows the name of its place on that day.
    pub fn name_on(&self, atlas: &Atlas, day: NaiveDate) -> String {
        let Some(place) = self.place_code().and_then(|code| atlas.place(code)) else {
            return self.name.clone();
        };
        place.name_on(day).map_or_else(|| self.name.clone(), |name| self.named_after(name, atlas))
    }

    /// What it is called when its place is called `name`.
    pub(super) fn named_after(&self, name: &PlaceName, atlas: &Atlas) -> String {
        match self.kind.as_str() {
            "province_pc" | "commune_pc" => format!("Ủy ban nhân dân {}", name.full()),
            "province_party" if name.kind == "thành phố" => format!("Thành ủy {}", name.name),
            "province_party" => format!("Tỉnh ủy {}", name.name),
            _ => format!("{} {}", self.title(atlas), name.full()),
        }
    }

    /// The code of the place whose name it carries.
    pub(super) fn place_code(&self) -> Option<&str> {
        match self.kind.as_str() {
            // A department is numbered `SO-TC@44`.
            "department" => self.code.rsplit_once('@').map(|(_, place)| place),
            _ => self.place.as_deref(),
        }
    }

    /// The name of a department without that of its province.
    pub(super) fn title(&self, atlas: &Atlas) -> &str {
        let place = self.place_code().and_then(|code| atlas.place(code));
        let names = place.map(|it| it.names.as_slice()).unwrap_or_default();
        let without = |it: &PlaceName| self.name.strip_suffix(&it.full());
        names.iter().find_map(without).unwrap_or(&self.name).trim_end()
    }

    /// The words it is sorted by: those of a place without "Ủy ban nhân dân xã", so that a province
    /// lists its communes by their own names.
    pub fn sort_words(&self) -> &str {
        let mut words = self.name.as_str();
        if matches!(self.kind.as_str(), "province_pc" | "commune_pc") {
            for front in ["Ủy ban nhân dân ", "tỉnh ", "thành phố ", "xã ", "phường ", "đặc khu "]
            {
                words = words.strip_prefix(front).unwrap_or(words);
            }
        }
        words
    }
}
