//! The names of cookies really seen, declared or not; never a value.
