/// What is wrong with a form, in the order a reader meets it.
///
/// Each fault names the field it belongs to and says how to mend it. The same words stand in the
/// summary at the top and at the field.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Faults(Vec<Fault>);

/// One fault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Name (and id) of the field.
    pub field: String,
    /// How to mend it, such as "Nhập số thôn, chỉ dùng chữ số".
    pub words: String,
}

impl Faults {
    /// A form without faults.
    pub fn none() -> Self {
        Self::default()
    }

    /// Adds a fault of `field`.
    pub fn add(&mut self, field: impl Into<String>, words: impl Into<String>) {
        self.0.push(Fault { field: field.into(), words: words.into() });
    }

    /// Whether nothing is wrong.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many things are wrong.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// The faults, in order.
    pub fn iter(&self) -> std::slice::Iter<'_, Fault> {
        self.0.iter()
    }

    /// `Lỗi: ` for the front of the page title, or nothing.
    pub fn title_mark(&self) -> &'static str {
        if self.0.is_empty() { "" } else { "Lỗi: " }
    }

    /// The words of the first fault of `field`, or nothing.
    pub fn of(&self, field: impl AsRef<str>) -> &str {
        let field = field.as_ref();
        self.0.iter().find(|it| it.field == field).map_or("", |it| &it.words)
    }
}

impl<F: Into<String>, W: Into<String>> FromIterator<(F, W)> for Faults {
    fn from_iter<I: IntoIterator<Item = (F, W)>>(faults: I) -> Self {
        let mut all = Self::default();
        for (field, words) in faults {
            all.add(field, words);
        }
        all
    }
}

/// One entry of a select, a radio group or a set of check boxes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// What the form sends.
    pub value: String,
    /// What the reader sees.
    pub label: String,
}

impl Choice {
    /// An entry that sends `value` and shows `label`.
    pub fn new(value: impl ToString, label: impl Into<String>) -> Self {
        Self { value: value.to_string(), label: label.into() }
    }

    /// Whether this is the entry that `value` stands for.
    pub fn is(&self, value: impl AsRef<str>) -> bool {
        self.value == value.as_ref()
    }
}
