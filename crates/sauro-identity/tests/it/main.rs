//! Tests against both engines. One binary.

mod accounts;
mod codes;
mod house;
mod pages;
mod seats;
mod sessions;
mod sign_in;
