//! Paragraphs → draft tasks.

mod acting;
mod action;
mod content;
mod fields;
mod finish;
mod group;
mod item;
mod lexicon;
mod outline;
mod press;
mod product;
mod segment;
mod speech;
mod subject;
mod walk;

pub(crate) use fields::agencies_of;
pub(crate) use finish::{Draft, finish};
pub(crate) use walk::walk;

use chrono::NaiveDate;

use crate::{
    Gazetteer, Rule,
    deadline::Hit,
    gazetteer::{Actors, Naming},
    model::{AgencyRef, Strength},
    text::Doc,
};

/// What holds for the whole text while it is walked.
pub(crate) struct Reader<'a> {
    pub(crate) g: &'a Gazetteer,
    pub(crate) doc: &'a Doc,
    pub(crate) issued: Option<NaiveDate>,
    pub(crate) province: Option<String>,
    pub(crate) government_committee: bool,
    /// Code of the issuing agency.
    pub(crate) issuer: Option<String>,
}

impl Reader<'_> {
    pub(crate) fn naming<'n>(&'n self, listed: &'n [String]) -> Naming<'n> {
        Naming {
            province: self.province.as_deref(),
            listed,
            bare: false,
            government_committee: self.government_committee,
        }
    }
}

/// A task before its details are read.
#[derive(Clone, Debug)]
pub(crate) struct Raw {
    /// Tokens of the task.
    pub(crate) from: usize,
    pub(crate) to: usize,
    /// First token of the work itself, after the one who acts.
    pub(crate) work: usize,
    pub(crate) actors: Option<Actors>,
    pub(crate) coordinating: Vec<AgencyRef>,
    pub(crate) strength: Option<Strength>,
    pub(crate) rules: Vec<Rule>,
    pub(crate) hits: Vec<Hit>,
    pub(crate) label: Option<String>,
    /// Fields said on lines of their own.
    pub(crate) products: Vec<String>,
}
