mod clocks;
mod code;
mod corpus;
mod flow;
mod privacy;
mod routing;
mod submission;
