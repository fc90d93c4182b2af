//! Decision trees: which distribution a label in context gets.
//!
//! A tree section lists questions (`QS name { "pattern", … }`), then one tree a state (`{*}[2]` and so on). A node is
//! `id question no yes`; an answer is another node's id or a leaf in quotes whose number, after the last underscore,
//! counts the distributions of that state from 1.

use std::collections::HashMap;

use super::reader::Defect;

/// A text pattern where `*` stands for anything and `?` for one character.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Pattern(Vec<u8>);

impl Pattern {
    pub fn new(text: &str) -> Self {
        Self(text.as_bytes().to_vec())
    }

    pub fn matches(&self, text: &str) -> bool {
        let (pattern, text) = (self.0.as_slice(), text.as_bytes());
        let (mut p, mut t) = (0, 0);
        // Where to go back to: after the last star, having given it one character more.
        let mut retry: Option<(usize, usize)> = None;
        while t < text.len() {
            match pattern.get(p) {
                Some(b'*') => {
                    p += 1;
                    retry = Some((p, t));
                }
                Some(c) if *c == b'?' || *c == text[t] => {
                    p += 1;
                    t += 1;
                }
                _ => match &mut retry {
                    Some((after_star, taken)) => {
                        *taken += 1;
                        (p, t) = (*after_star, *taken);
                    }
                    None => return false,
                },
            }
        }
        pattern[p..].iter().all(|c| *c == b'*')
    }
}

/// Splits a list of quoted patterns, `"a","b"`.
pub(super) fn patterns(list: &str) -> Vec<Pattern> {
    list.split(',').map(|p| p.trim().trim_matches('"')).filter(|p| !p.is_empty()).map(Pattern::new).collect()
}

/// Where an answer leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Branch {
    Node(usize),
    /// Counted from 0.
    Leaf(usize),
}

#[derive(Debug)]
struct Node {
    question: usize,
    no: Branch,
    yes: Branch,
}

/// The tree of one state. Every branch leads to a later node, so a walk ends.
#[derive(Debug)]
struct Tree {
    root: Branch,
    nodes: Vec<Node>,
}

/// The trees of all states and the questions they share.
#[derive(Debug)]
pub(super) struct Forest {
    questions: Vec<Vec<Pattern>>,
    trees: Vec<Tree>,
}

impl Forest {
    /// Reads a tree section that must hold one tree for each count in `leaves`, the distributions of that state.
    pub fn parse(text: &str, leaves: &[usize]) -> Result<Self, Defect> {
        let mut questions = Vec::new();
        let mut names = HashMap::new();
        let mut trees = Vec::new();
        let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
        while let Some(line) = lines.next() {
            if let Some(question) = line.strip_prefix("QS ") {
                let (name, list) = question.trim().split_once(char::is_whitespace).ok_or_else(|| broken(line))?;
                names.insert(name.to_owned(), questions.len());
                questions.push(patterns(list.trim().trim_start_matches('{').trim_end_matches('}')));
            } else if line.starts_with('{') {
                let state = trees.len();
                if line != format!("{{*}}[{}]", state + 2) {
                    return Err(Defect::Unsupported(format!("a tree is headed “{line}”")));
                }
                let count = *leaves.get(state).ok_or_else(|| broken(line))?;
                let body: Vec<&str> = lines.by_ref().take_while(|line| *line != "}").collect();
                trees.push(Tree::parse(&body, &names, count)?);
            } else {
                return Err(broken(line));
            }
        }
        if trees.len() != leaves.len() {
            return Err(Defect::Damaged(format!("{} decision trees instead of {}", trees.len(), leaves.len())));
        }
        Ok(Self { questions, trees })
    }

    /// The distribution of a state (counted from 0) for a label; `None` for a state without a tree.
    pub fn find(&self, state: usize, label: &str) -> Option<usize> {
        let tree = self.trees.get(state)?;
        let mut at = tree.root;
        loop {
            match at {
                Branch::Leaf(leaf) => return Some(leaf),
                Branch::Node(node) => {
                    let node = &tree.nodes[node];
                    let yes = self.questions[node.question].iter().any(|pattern| pattern.matches(label));
                    at = if yes { node.yes } else { node.no };
                }
            }
        }
    }
}

impl Tree {
    /// `body`: the lines after the heading, with the opening brace.
    fn parse(body: &[&str], names: &HashMap<String, usize>, leaves: usize) -> Result<Self, Defect> {
        let body =
            body.strip_prefix(&["{"]).ok_or_else(|| Defect::Damaged("a decision tree without a brace".into()))?;
        let rows: Vec<Vec<&str>> = body.iter().map(|line| line.split_whitespace().collect()).collect();
        if let [row] = rows.as_slice()
            && let [leaf] = row.as_slice()
        {
            return Ok(Self { root: parse_leaf(leaf, leaves)?, nodes: Vec::new() });
        }
        let ids: HashMap<&str, usize> =
            rows.iter().enumerate().filter_map(|(i, row)| Some((*row.first()?, i))).collect();
        let mut nodes = Vec::new();
        for (i, row) in rows.iter().enumerate() {
            let [_, question, no, yes] = row.as_slice() else { return Err(broken(&row.join(" "))) };
            let branch = |token: &str| {
                if token.starts_with('"') {
                    return parse_leaf(token, leaves);
                }
                ids.get(token).filter(|node| **node > i).map(|node| Branch::Node(*node)).ok_or_else(|| broken(token))
            };
            let question = *names.get(*question).ok_or_else(|| broken(question))?;
            nodes.push(Node { question, no: branch(no)?, yes: branch(yes)? });
        }
        if nodes.is_empty() {
            return Err(Defect::Damaged("an empty decision tree".into()));
        }
        Ok(Self { root: Branch::Node(0), nodes })
    }
}

fn parse_leaf(token: &str, leaves: usize) -> Result<Branch, Defect> {
    let number = token.trim_matches('"').rsplit('_').next().and_then(|n| n.parse::<usize>().ok());
    match number {
        Some(n) if (1..=leaves).contains(&n) => Ok(Branch::Leaf(n - 1)),
        _ => Err(broken(token)),
    }
}

fn broken(text: &str) -> Defect {
    let start: String = text.chars().take(40).collect();
    Defect::Damaged(format!("a decision tree has “{start}”"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_match_like_file_names() {
        let yes =
            [("*-a+*", "x^y-a+b=c"), ("aa^*", "aa^b-c"), ("*/J:?+*", "q/J:7+2-1"), ("*", ""), ("*ab*ab", "abxabab")];
        let no = [("*-a+*", "x^y-aa+b"), ("aa^*", "baa^c"), ("*/J:?+*", "q/J:17+2"), ("", "a"), ("?", "")];
        for (pattern, text) in yes {
            assert!(Pattern::new(pattern).matches(text), "{pattern} {text}");
        }
        for (pattern, text) in no {
            assert!(!Pattern::new(pattern).matches(text), "{pattern} {text}");
        }
    }

    const TEXT: &str = "QS C-a { \"*-a+*\" }\nQS L-b { \"b^*\",\"*^b-*\" }\n\n{*}[2]\n{\n 0 C-a -1 \"m_2\"\n -1 L-b \"m_1\" \"m_3\"\n}\n{*}[3]\n{\n \"m_1\"\n}\n";

    #[test]
    fn a_walk_ends_at_the_leaf_of_its_answers() {
        let forest = Forest::parse(TEXT, &[3, 1]).unwrap();
        assert_eq!(forest.find(0, "x^x-a+x"), Some(1));
        assert_eq!(forest.find(0, "x^b-c+x"), Some(2));
        assert_eq!(forest.find(0, "x^x-c+x"), Some(0));
        assert_eq!(forest.find(1, "anything"), Some(0));
        assert_eq!(forest.find(2, "anything"), None);
    }

    #[test]
    fn loops_missing_questions_and_missing_leaves_are_refused() {
        for (from, to) in
            [("-1 \"m_2\"", "0 \"m_2\""), ("0 C-a", "0 C-z"), ("m_3", "m_4"), ("m_3", "m_0"), ("{*}[3]", "{*}[4]")]
        {
            assert!(Forest::parse(&TEXT.replacen(from, to, 1), &[3, 1]).is_err(), "{from} -> {to}");
        }
        assert!(Forest::parse(TEXT, &[3]).is_err());
        assert!(Forest::parse(TEXT, &[3, 1, 1]).is_err());
    }
}
