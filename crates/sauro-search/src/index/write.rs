use std::sync::PoisonError;

use tantivy::query::AllQuery;
use tantivy::{IndexWriter, Term};

use super::document::document;
use super::schema::VERSION;
use super::{IndexError, Payload, Place, SearchIndex};
use crate::model::{Doc, DocKey};

/// Memory in which documents gather before they go to the disk. It is the least the engine takes with room to
/// spare.
const MEMORY: usize = 24 << 20;

impl SearchIndex {
    /// Puts `docs` in place of what it held of the same things. Seen after [`SearchIndex::commit`].
    ///
    /// # Errors
    ///
    /// [`IndexError::Locked`] when another process writes it, others when it cannot be written.
    pub fn put(&self, docs: &[Doc]) -> Result<(), IndexError> {
        let fields = self.0.fields;
        self.write(|writer| {
            for doc in docs {
                writer.delete_term(Term::from_field_text(fields.key, &doc.key.to_string()));
                writer.add_document(document(&fields, doc)?)?;
            }
            Ok(())
        })
    }

    /// Takes `keys` out. Seen after [`SearchIndex::commit`].
    ///
    /// # Errors
    ///
    /// As [`SearchIndex::put`].
    pub fn remove(&self, keys: &[DocKey]) -> Result<(), IndexError> {
        let key = self.0.fields.key;
        self.write(|writer| {
            for it in keys {
                writer.delete_term(Term::from_field_text(key, &it.to_string()));
            }
            Ok(())
        })
    }

    /// Takes everything out, to be put in again before the next [`SearchIndex::commit`]: until then all is found
    /// as it was.
    ///
    /// # Errors
    ///
    /// As [`SearchIndex::put`].
    pub fn clear(&self) -> Result<(), IndexError> {
        self.write(|writer| {
            writer.delete_query(Box::new(AllQuery))?;
            Ok(())
        })
    }

    /// Makes what was put and removed durable and seen by all, together with how far the index is.
    ///
    /// # Errors
    ///
    /// As [`SearchIndex::put`]; then it is as it was at the last commit.
    pub fn commit(&self, place: Place) -> Result<(), IndexError> {
        let payload = serde_json::to_string(&Payload { version: VERSION, place })
            .map_err(|err| IndexError::Broken(err.to_string()))?;
        self.write(|writer| {
            let mut commit = writer.prepare_commit()?;
            commit.set_payload(&payload);
            commit.commit()?;
            Ok(())
        })?;
        let mut opened = self.0.opened.write().unwrap_or_else(PoisonError::into_inner);
        opened.reader.reload()?;
        opened.place = place;
        Ok(())
    }

    /// Lets another process write it.
    pub fn let_go(&self) {
        *self.0.writer.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    /// Does `work`. What fails leaves nothing behind: a writer that is half way is given up.
    fn write(
        &self,
        work: impl FnOnce(&mut IndexWriter) -> Result<(), IndexError>,
    ) -> Result<(), IndexError> {
        let mut held = self.0.writer.lock().unwrap_or_else(PoisonError::into_inner);
        if held.is_none() {
            let opened = self.0.opened.read().unwrap_or_else(PoisonError::into_inner);
            *held = Some(opened.index.writer_with_num_threads(1, MEMORY)?);
        }
        let Some(writer) = held.as_mut() else { return Err(IndexError::Locked) };
        let done = work(writer);
        if done.is_err() {
            *held = None;
        }
        done
    }
}
