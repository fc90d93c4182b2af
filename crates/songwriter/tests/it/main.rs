//! Integration tests of the songwriter.

mod tune;
mod words;
