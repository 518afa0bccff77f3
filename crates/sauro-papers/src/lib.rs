//! Hostile uploads in, clean text and tables out; spreadsheets out.
