//! Tolerant reading of answers.
