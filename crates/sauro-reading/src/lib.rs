//! The directive reader.
