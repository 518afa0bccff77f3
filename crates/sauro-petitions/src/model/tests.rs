mod clocks;
mod code;
mod flow;
mod privacy;
mod routing;
mod submission;
