//! From text to formula.

use super::{Edge, Formula, FormulaError, FormulaFault as Fault, Node, Sign};
use crate::model::read_figure;

/// Brackets within brackets at most.
const DEEPEST: usize = 32;

/// Characters at most: a formula is a tree as deep as it has terms, and is walked.
const LONGEST: usize = 2_000;

struct Parser {
    letters: Vec<char>,
    here: usize,
}

/// Understands `text`.
///
/// # Errors
///
/// [`FormulaError`] with the first character that cannot be understood.
pub fn parse(text: &str) -> Result<Formula, FormulaError> {
    let mut parser = Parser { letters: text.chars().collect(), here: 0 };
    if parser.peek().is_none() {
        return Err(FormulaError::new(1, Fault::Empty));
    }
    if parser.letters.len() > LONGEST {
        return Err(FormulaError::new(LONGEST + 1, Fault::TooLong(LONGEST)));
    }
    let node = parser.sum(0)?;
    match parser.peek() {
        Some(letter) => Err(parser.wrong(Fault::Unexpected(letter))),
        None => Ok(Formula(node)),
    }
}

impl Parser {
    /// The next character that is no space.
    fn peek(&mut self) -> Option<char> {
        while self.letters.get(self.here).is_some_and(|it| it.is_whitespace()) {
            self.here += 1;
        }
        self.letters.get(self.here).copied()
    }

    fn wrong(&self, fault: Fault) -> FormulaError {
        FormulaError::new(self.here + 1, fault)
    }

    /// Takes characters as long as they are `wanted`.
    fn take_while(&mut self, wanted: impl Fn(char) -> bool) -> String {
        let rest = self.letters.get(self.here..).unwrap_or_default();
        let taken: String = rest.iter().copied().take_while(|it| wanted(*it)).collect();
        self.here += taken.chars().count();
        taken
    }

    fn sum(&mut self, depth: usize) -> Result<Node, FormulaError> {
        let mut left = self.product(depth)?;
        loop {
            let sign = match self.peek() {
                Some('+') => Sign::Plus,
                Some('-' | '−') => Sign::Minus,
                _ => return Ok(left),
            };
            let at = self.here + 1;
            self.here += 1;
            left = Node::Two(sign, Box::new(left), Box::new(self.product(depth)?), at);
        }
    }

    fn product(&mut self, depth: usize) -> Result<Node, FormulaError> {
        let mut left = self.factor(depth)?;
        loop {
            let sign = match self.peek() {
                Some('*' | '×') => Sign::Times,
                Some('/' | ':' | '÷') => Sign::Over,
                _ => return Ok(left),
            };
            let at = self.here + 1;
            self.here += 1;
            left = Node::Two(sign, Box::new(left), Box::new(self.factor(depth)?), at);
        }
    }

    fn factor(&mut self, depth: usize) -> Result<Node, FormulaError> {
        if depth > DEEPEST {
            return Err(self.wrong(Fault::TooDeep));
        }
        match self.peek() {
            None => Err(self.wrong(Fault::Unfinished)),
            Some('-' | '−') => {
                self.here += 1;
                Ok(Node::Negative(Box::new(self.factor(depth + 1)?)))
            }
            Some('(') => self.bracket(depth),
            Some('[') => self.figure(),
            Some(it) if it.is_ascii_digit() => self.number(),
            Some(it) if it.is_alphabetic() => self.edge(depth),
            Some(it) => Err(self.wrong(Fault::Unexpected(it))),
        }
    }

    fn bracket(&mut self, depth: usize) -> Result<Node, FormulaError> {
        let opened = self.wrong(Fault::Unclosed('('));
        self.here += 1;
        let node = self.sum(depth + 1)?;
        match self.peek() {
            Some(')') => {
                self.here += 1;
                Ok(node)
            }
            Some(it) => Err(self.wrong(Fault::Unexpected(it))),
            None => Err(opened),
        }
    }

    fn figure(&mut self) -> Result<Node, FormulaError> {
        let at = self.here + 1;
        self.here += 1;
        let code = self.take_while(|it| it != ']').trim().to_owned();
        if self.letters.get(self.here).is_none() {
            return Err(FormulaError::new(at, Fault::Unclosed('[')));
        }
        self.here += 1;
        if code.is_empty() {
            return Err(FormulaError::new(at, Fault::UnknownCode("trống".to_owned())));
        }
        Ok(Node::Figure(code, at))
    }

    fn number(&mut self) -> Result<Node, FormulaError> {
        let at = self.here + 1;
        let text = self.take_while(|it| it.is_ascii_alphanumeric() || matches!(it, '.' | ','));
        let number = read_figure(&text);
        number.map(Node::Number).map_err(|_| FormulaError::new(at, Fault::BadNumber(text)))
    }

    fn edge(&mut self, depth: usize) -> Result<Node, FormulaError> {
        let at = self.here + 1;
        let word = self.take_while(|it| it.is_alphanumeric() || matches!(it, '-' | '_'));
        let edge = match word.to_lowercase().as_str() {
            "min" => Edge::Min,
            "max" => Edge::Max,
            _ => return Err(FormulaError::new(at, Fault::UnknownWord(word))),
        };
        match self.peek() {
            Some('(') => {}
            Some(it) => return Err(self.wrong(Fault::Unexpected(it))),
            None => return Err(self.wrong(Fault::Unfinished)),
        }
        let opened = self.wrong(Fault::Unclosed('('));
        let mut nodes = Vec::new();
        loop {
            self.here += 1;
            nodes.push(self.sum(depth + 1)?);
            match self.peek() {
                Some(';') => {}
                Some(')') => {
                    self.here += 1;
                    return Ok(Node::Edge(edge, nodes, at));
                }
                Some(it) => return Err(self.wrong(Fault::Unexpected(it))),
                None => return Err(opened),
            }
        }
    }
}
