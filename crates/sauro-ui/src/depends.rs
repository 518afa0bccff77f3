/// What a page that anybody may read was drawn from: it may be kept and given again until one of these changes.
///
/// A page puts it among the extensions of its answer. An answer without it is drawn anew for everybody who asks.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Depends {
    marks: Vec<String>,
    is_of_results: bool,
    ends_at: Option<i64>,
}

impl Depends {
    /// Nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Also on what `mark` names, such as `item/<id>`; whoever changes it tells the journal, and who reads the journal
    /// names it in the same word.
    #[must_use]
    pub fn on(mut self, mark: impl Into<String>) -> Self {
        self.marks.push(mark.into());
        self
    }

    /// Also on the counts of tasks.
    #[must_use]
    pub fn on_results(self) -> Self {
        Self { is_of_results: true, ..self }
    }

    /// No longer than until the instant `at`, in microseconds.
    #[must_use]
    pub fn until(self, at: i64) -> Self {
        let ends_at = self.ends_at.map_or(at, |it| it.min(at));
        Self { ends_at: Some(ends_at), ..self }
    }

    /// The names of everything it depends on.
    pub fn marks(&self) -> &[String] {
        &self.marks
    }

    /// Whether it shows counts of tasks.
    pub fn is_of_results(&self) -> bool {
        self.is_of_results
    }

    /// When it is old whatever happens, if ever.
    pub fn ends_at(&self) -> Option<i64> {
        self.ends_at
    }
}
