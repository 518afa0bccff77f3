//! What the world does to a server: a full disk, a database that goes away, a clock that is set back.

mod clock;
mod full;
mod gone;
