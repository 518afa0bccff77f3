use chrono::NaiveDate;
use rust_decimal::Decimal;
use sauro_kernel::{Line, Prose};

use crate::IndicatorsError;
use crate::model::{Definition, Figure, FigureError, Period, Shape, read_figure};

/// What a person says of a figure, as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FigureFields {
    /// Code of the period.
    pub period: String,
    /// The figure, where it is reported as it is.
    pub value: String,
    /// The numerator of a ratio.
    pub numerator: String,
    /// The denominator of a ratio.
    pub denominator: String,
    /// Where it comes from.
    pub source: String,
    /// Why it is right although it is unusual; of a correction, why.
    pub remark: String,
    /// The reporter has seen what is unusual and stands by it.
    pub is_confirmed: bool,
}

/// What a person says of a target, as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TargetFields {
    /// Code of the unit: `VN`, a province, a commune or an agency.
    pub unit: String,
    /// Code of the period; may be empty.
    pub period: String,
    /// `>=`, `>`, `<=`, `<` or `=`.
    pub comparison: String,
    /// The value.
    pub value: String,
    /// Where it starts; may be empty.
    pub baseline: String,
    /// As of which day, `YYYY-MM-DD`; with a baseline only.
    pub baseline_on: String,
    /// The document, or why the old one does not hold any more.
    pub reason: String,
}

/// Faults of a form, collected.
#[derive(Default)]
pub(super) struct Faulty(Vec<(&'static str, String)>);

impl Faulty {
    pub(super) fn add(&mut self, field: &'static str, words: impl Into<String>) {
        self.0.push((field, words.into()));
    }

    /// The figure in `field`, or a fault.
    pub(super) fn figure(&mut self, field: &'static str, text: &str) -> Option<Decimal> {
        match read_figure(text) {
            Ok(figure) => Some(figure),
            Err(err) => {
                self.add(field, err.sentence());
                None
            }
        }
    }

    /// The figure in `field`; nothing when it is blank.
    pub(super) fn optional(&mut self, field: &'static str, text: &str) -> Option<Decimal> {
        match read_figure(text) {
            Err(FigureError::Blank) => None,
            _ => self.figure(field, text),
        }
    }

    /// The line in `field`, called `label` on screen.
    pub(super) fn line(&mut self, field: &'static str, label: &str, text: &str) -> String {
        match Line::parse(text) {
            Ok(line) => line.as_str().to_owned(),
            Err(err) => {
                if let IndicatorsError::Invalid(faults) =
                    IndicatorsError::of_text(field, label, err)
                {
                    self.0.extend(faults);
                }
                String::new()
            }
        }
    }

    /// The text in `field`, called `label` on screen.
    pub(super) fn prose(&mut self, field: &'static str, label: &str, text: &str) -> String {
        match Prose::parse(text) {
            Ok(prose) => prose.as_str().to_owned(),
            Err(err) => {
                if let IndicatorsError::Invalid(faults) =
                    IndicatorsError::of_text(field, label, err)
                {
                    self.0.extend(faults);
                }
                String::new()
            }
        }
    }

    /// The period in `field`: one that this indicator is reported for, and that has begun.
    pub(super) fn period(
        &mut self,
        field: &'static str,
        text: &str,
        definition: &Definition,
        today: NaiveDate,
    ) -> Option<Period> {
        let found = Period::parse(text.trim());
        match found {
            Some(period) if period.kind != definition.rhythm => {
                let kind = definition.rhythm.label();
                self.add(field, format!("Chỉ số này báo theo {kind}; chọn một {kind}."));
                None
            }
            Some(period) if period.start > today => {
                self.add(field, "Kỳ này chưa đến, chưa thể có số liệu. Chọn kỳ đã bắt đầu.");
                None
            }
            Some(period) => Some(period),
            None => {
                self.add(field, "Chọn kỳ báo cáo.");
                None
            }
        }
    }

    /// What the fields of a figure come to under `definition`; calculated ones come to nothing here.
    pub(super) fn reported(
        &mut self,
        fields: &FigureFields,
        definition: &Definition,
    ) -> Option<Figure> {
        match definition.shape {
            Shape::Value => {
                let value = self.figure("so", &fields.value)?;
                Some(Figure { value, parts: None })
            }
            Shape::Ratio(factor) => {
                let numerator = self.figure("tu-so", &fields.numerator);
                let denominator = self.figure("mau-so", &fields.denominator);
                let (numerator, denominator) = (numerator?, denominator?);
                if denominator <= Decimal::ZERO {
                    self.add(
                        "mau-so",
                        "Mẫu số phải lớn hơn 0. Chưa có đối tượng nào thì chưa có số liệu.",
                    );
                    return None;
                }
                let figure = Figure::of_parts(numerator, denominator, factor);
                if figure.is_none() {
                    self.add("tu-so", "Số quá lớn. Kiểm tra đơn vị tính.");
                }
                figure
            }
            Shape::Formula(_) => None,
        }
    }

    /// `Ok` without faults.
    pub(super) fn settle(self) -> Result<(), IndicatorsError> {
        if self.0.is_empty() { Ok(()) } else { Err(IndicatorsError::Invalid(self.0)) }
    }
}
