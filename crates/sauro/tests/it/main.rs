//! The product as a whole: its commands, its doors, and what is left when it is killed.

mod commands;
mod doors;
mod killing;
mod world;
