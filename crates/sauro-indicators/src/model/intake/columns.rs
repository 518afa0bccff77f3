use sauro_kernel::fold;
use sauro_papers::Table;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    /// Code of the indicator.
    Indicator,
    /// Code of the unit.
    Unit,
    /// The period.
    Period,
    /// Version of the definition that the form was made for.
    Version,
    /// As of which day.
    AsOf,
    /// The figure.
    Value,
    /// The numerator.
    Numerator,
    /// The denominator.
    Denominator,
    /// Where it comes from.
    Source,
    /// A remark.
    Remark,
    /// What another program wants done with the row.
    Action,
}

/// The mark of forms of this making, above the headings; another number is another form.
pub const FORM: &str = "Mẫu SL-1";

/// What such marks begin with.
const FORMS: &str = "Mẫu SL-";

/// Rows looked at for headings.
const HEAD: usize = 30;

/// Which column holds what.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Columns {
    /// The row of the headings.
    pub header: usize,
    /// Written by a program: numbers have a point before their decimals.
    pub is_plain: bool,
    /// Columns that have a heading.
    pub width: usize,
    fields: Vec<(Field, usize)>,
}

/// What a heading means, and whether a program wrote it.
fn field_of(heading: &str) -> Option<(Field, bool)> {
    let key = fold(heading);
    let plain = |field| Some((field, true));
    let told = |field| Some((field, false));
    match key.as_str() {
        "indicator" => plain(Field::Indicator),
        "unit_code" | "ref_area" => plain(Field::Unit),
        "period" | "time_period" => plain(Field::Period),
        "as_of" => plain(Field::AsOf),
        "value" | "obs_value" => plain(Field::Value),
        "numerator" => plain(Field::Numerator),
        "denominator" => plain(Field::Denominator),
        "source" | "obs_source" => plain(Field::Source),
        "remark" | "obs_remark" => plain(Field::Remark),
        "action" => plain(Field::Action),
        "ma chi so" | "ma chi tieu" => told(Field::Indicator),
        "ma don vi" | "ma don vi bao cao" => told(Field::Unit),
        "ky" | "ky bao cao" => told(Field::Period),
        "ban" | "phien ban" => told(Field::Version),
        "ngay so lieu" | "ngay" => told(Field::AsOf),
        "so lieu" | "gia tri" | "so" => told(Field::Value),
        "tu so" => told(Field::Numerator),
        "mau so" => told(Field::Denominator),
        "nguon" | "nguon so lieu" => told(Field::Source),
        "ghi chu" => told(Field::Remark),
        _ => None,
    }
}

impl Columns {
    /// The columns of `table`; none when no row has the headings of an indicator and of a figure.
    pub fn of_table(table: &Table) -> Option<Self> {
        table.rows.iter().take(HEAD).enumerate().find_map(|(header, row)| {
            let mut fields = Vec::new();
            let mut is_plain = false;
            for (column, cell) in row.iter().enumerate() {
                let Some((field, plain)) = field_of(&cell.text) else { continue };
                if !fields.iter().any(|(known, _)| *known == field) {
                    fields.push((field, column));
                }
                is_plain |= plain && field == Field::Indicator;
            }
            let last = row.iter().rposition(|cell| !cell.text.is_empty());
            let columns = Self { header, is_plain, width: last.map_or(0, |it| it + 1), fields };
            let has_figure = [Field::Value, Field::Numerator].map(|it| columns.of(it).is_some());
            let is_heading = columns.of(Field::Indicator).is_some() && has_figure.contains(&true);
            is_heading.then_some(columns)
        })
    }

    /// The column that holds `field`.
    pub fn of(&self, field: Field) -> Option<usize> {
        self.fields.iter().find(|(known, _)| *known == field).map(|it| it.1)
    }

    /// The column that a fault of `field` is shown at: that of the figure where parts have none.
    pub(super) fn shown(&self, field: Field) -> Option<usize> {
        let is_part = matches!(field, Field::Numerator | Field::Denominator);
        self.of(field).or_else(|| self.of(Field::Value).filter(|_| is_part))
    }

    /// A mark of another form than today's above the headings: its row, its column and its words.
    pub(super) fn foreign_form<'a>(&self, table: &'a Table) -> Option<(usize, usize, &'a str)> {
        let above = table.rows.iter().take(self.header).enumerate();
        above
            .flat_map(|(row, cells)| cells.iter().enumerate().map(move |it| (row, it.0, it.1)))
            .find_map(|(row, column, cell)| {
                let mark = cell.text.split(['.', ',', ';', '\n']).next().unwrap_or_default().trim();
                (mark.starts_with(FORMS) && mark != FORM).then_some((row, column, mark))
            })
    }
}

#[cfg(test)]
mod tests {
    use sauro_papers::paste_table;

    use super::*;

    #[test]
    fn headings_are_found_below_a_title_and_with_or_without_marks() {
        let table =
            paste_table("Số liệu tháng 5\n\nmã chỉ số;KỲ;Số  liệu;Ghi chú\nA;2026-05;1;").unwrap();
        let columns = Columns::of_table(&table).unwrap();
        assert_eq!((columns.of(Field::Value), columns.of(Field::Unit)), (Some(2), None));
        assert!(!columns.is_plain);
        let plain = paste_table("indicator,unit_code,period,value\nA,96,2026-05,1.5").unwrap();
        assert!(Columns::of_table(&plain).unwrap().is_plain);
        assert_eq!(Columns::of_table(&paste_table("a,b\n1,2").unwrap()), None);
    }

    #[test]
    fn a_form_of_another_making_is_recognised() {
        let found = |mark: &str| {
            let table =
                paste_table(&format!("{mark};x;y\nMã chỉ số;Kỳ;Số liệu\nA;2026;1")).unwrap();
            let columns = Columns::of_table(&table).unwrap();
            columns.foreign_form(&table).map(|it| it.2.to_owned())
        };
        assert_eq!(found("Mẫu SL-1. Điền ô vàng."), None);
        assert_eq!(found("Mẫu SL-0"), Some("Mẫu SL-0".to_owned()));
        assert_eq!(found("Mẫu SL-12"), Some("Mẫu SL-12".to_owned()));
        assert_eq!(found("Tháng 5"), None);
    }
}
