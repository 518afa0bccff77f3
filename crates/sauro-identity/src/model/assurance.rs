/// One level of assurance (mức độ định danh) of a provider.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Level {
    /// As the provider says it in `acr`.
    pub acr: String,
    /// As people say it, such as "Mức độ 2".
    pub name: String,
}

/// The levels of one provider, the lowest first, and from which on an official needs no second factor.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Levels {
    /// All that it has.
    pub all: Vec<Level>,
    /// The `acr` that is enough, or empty: then none is.
    pub enough: String,
}

impl Levels {
    /// Whether `acr` is at least as high as what is enough. What the provider did not list is not.
    pub fn is_enough(&self, acr: &str) -> bool {
        match (self.rank(acr), self.rank(&self.enough)) {
            (Some(rank), Some(enough)) => rank >= enough,
            _ => false,
        }
    }

    /// What officials read of it, after the name of the provider.
    pub fn words(&self, provider: &str, acr: &str) -> String {
        match self.all.iter().find(|it| it.acr == acr) {
            Some(level) => format!("{provider}, {}", level.name),
            None => format!("{provider}, không rõ mức độ"),
        }
    }

    /// Whether what is enough is one of the levels, or nothing.
    pub fn is_sound(&self) -> bool {
        self.enough.is_empty() || self.rank(&self.enough).is_some()
    }

    fn rank(&self, acr: &str) -> Option<usize> {
        self.all.iter().position(|it| it.acr == acr)
    }
}

#[cfg(test)]
mod tests {
    use super::{Level, Levels};

    #[test]
    fn only_a_listed_level_as_high_as_the_configured_one_is_enough() {
        let level = |acr: &str, name: &str| Level { acr: acr.to_owned(), name: name.to_owned() };
        let all = vec![level("1", "Mức độ 1"), level("2", "Mức độ 2"), level("3", "Chữ ký số")];
        let levels = Levels { all, enough: "2".to_owned() };
        let enough = ["", "1", "2", "3", "4"].map(|acr| levels.is_enough(acr));
        assert_eq!(enough, [false, false, true, true, false]);
        let none = Levels { enough: String::new(), ..levels.clone() };
        assert!(!none.is_enough("3") && !none.is_enough("") && none.is_sound());
        assert!(!Levels { enough: "5".to_owned(), ..levels.clone() }.is_sound());
        assert_eq!(levels.words("VNeID", "2"), "VNeID, Mức độ 2");
        assert_eq!(levels.words("VNeID", ""), "VNeID, không rõ mức độ");
    }
}
