use std::error::Error;

/// The message of `err` and of every cause below it, from the outside in.
pub fn causes(err: &dyn Error) -> String {
    let mut words = err.to_string();
    let mut cause = err.source();
    while let Some(err) = cause {
        words.push_str(": ");
        words.push_str(&err.to_string());
        cause = err.source();
    }
    words
}
