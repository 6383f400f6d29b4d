//! Whole calls of Alibaba Cloud over a transport that answers from a list.
