//! Opendatasoft.
