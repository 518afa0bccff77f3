use tantivy::schema::{
    FAST, Field, INDEXED, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions,
};

/// Changes whenever documents are cut into words or kept in another way: an index of another version is made
/// anew.
pub(super) const VERSION: u32 = 1;

/// The fields of the index.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fields {
    /// The key of the thing.
    pub(super) key: Field,
    /// The code of its kind.
    pub(super) kind: Field,
    /// The ordinal of its kind, for counting.
    pub(super) kind_n: Field,
    /// Its title, folded.
    pub(super) title: Field,
    /// Its title with marks.
    pub(super) title_exact: Field,
    /// Title, summary and text, folded.
    pub(super) all: Field,
    /// The same with marks.
    pub(super) exact: Field,
    /// Neighbours in `all`, and with a `=` before them those in the title: a phrase is found as fast as a word.
    pub(super) pairs: Field,
    /// Codes of the agencies it belongs to.
    pub(super) within: Field,
    /// The code of its field.
    pub(super) field: Field,
    /// The year of its day.
    pub(super) year: Field,
    /// Its day.
    pub(super) at: Field,
    /// What is shown of it.
    pub(super) kept: Field,
}

/// The name of the field by which days are ordered.
pub(super) const AT: &str = "at";

/// The name of the field by which kinds are counted.
pub(super) const KIND_N: &str = "kind_n";

impl Fields {
    /// The schema with its fields.
    pub(super) fn schema() -> (Schema, Self) {
        let mut schema = Schema::builder();
        let text = |option: IndexRecordOption| {
            TextOptions::default().set_indexing_options(
                TextFieldIndexing::default()
                    .set_tokenizer("whitespace")
                    .set_index_option(option)
                    .set_fieldnorms(true),
            )
        };
        let counted = || text(IndexRecordOption::WithFreqs);
        let fields = Self {
            key: schema.add_text_field("key", STRING | STORED),
            kind: schema.add_text_field("kind", STRING),
            kind_n: schema.add_u64_field(KIND_N, FAST),
            title: schema.add_text_field("title", counted()),
            title_exact: schema.add_text_field("title_exact", counted()),
            all: schema.add_text_field("all", counted()),
            exact: schema.add_text_field("exact", counted()),
            pairs: schema.add_text_field("pairs", counted()),
            within: schema.add_text_field("within", STRING),
            field: schema.add_text_field("field", STRING),
            year: schema.add_i64_field("year", INDEXED),
            at: schema.add_i64_field(AT, FAST),
            kept: schema.add_text_field("kept", STORED),
        };
        (schema.build(), fields)
    }
}
