//! Periodic reports: what is asked, by when, of whom, and how many become one.

mod design;
mod merge;
mod report;
mod round;
mod schedule;
mod sentences;

pub use design::{
    Design, Form, Item, ItemKind, MOST_ITEMS, TaskList, Topic, key_of, problems, with_extension,
};
pub use merge::{Folded, Said, fold_said};
pub use report::{Cell, Frozen, PeriodicReport, ReportState, ReportStep, StepTaken, Trace};
pub use round::{Audience, Exception, Round, Standing, due_words, receiver_of};
pub use schedule::{DayRule, Schedule};
pub use sentences::{Origin, likeness, origins, sentences, shingles};
