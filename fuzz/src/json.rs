//! A flat reading of a JSON object (RFC 8259), written out by hand: what `serde_json` accepts is held against it.

/// What stands after a key.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Said {
    True,
    /// `false`, `null` or a string.
    Plain,
    Number(f64),
    /// An object, an array or half a surrogate pair: no part of what a banner writes.
    Nested,
}

/// The entries of an object, duplicates included, in order; `None` if the text is no JSON object.
pub fn object(json: &[u8]) -> Option<Vec<(String, Said)>> {
    let mut reader = Reader { text: std::str::from_utf8(json).ok()? };
    reader.space();
    let entries = reader.entries()?;
    reader.space();
    reader.text.is_empty().then_some(entries)
}

struct Reader<'a> {
    text: &'a str,
}

impl Reader<'_> {
    fn space(&mut self) {
        self.text = self.text.trim_start_matches([' ', '\t', '\n', '\r']);
    }

    fn take(&mut self, token: &str) -> Option<()> {
        self.text = self.text.strip_prefix(token)?;
        Some(())
    }

    fn entries(&mut self) -> Option<Vec<(String, Said)>> {
        let mut entries = Vec::new();
        self.list('{', '}', |reader| {
            let key = reader.string()?;
            reader.space();
            reader.take(":")?;
            entries.push((key, reader.value()?));
            Some(())
        })?;
        Some(entries)
    }

    fn list(&mut self, open: char, close: char, mut element: impl FnMut(&mut Self) -> Option<()>) -> Option<()> {
        self.text = self.text.strip_prefix(open)?;
        self.space();
        let mut first = true;
        while !self.text.starts_with(close) {
            if !first {
                self.take(",")?;
                self.space();
            }
            first = false;
            element(self)?;
            self.space();
        }
        self.text = &self.text[1..];
        Some(())
    }

    fn value(&mut self) -> Option<Said> {
        self.space();
        match self.text.chars().next()? {
            '{' => self.entries().map(|_| Said::Nested),
            '[' => self.list('[', ']', |reader| reader.value().map(drop)).map(|()| Said::Nested),
            '"' => self.string().map(|text| if text.contains('\u{fffd}') { Said::Nested } else { Said::Plain }),
            't' => self.take("true").map(|()| Said::True),
            'f' => self.take("false").map(|()| Said::Plain),
            'n' => self.take("null").map(|()| Said::Plain),
            _ => self.number(),
        }
    }

    fn number(&mut self) -> Option<Said> {
        let end =
            self.text.find(|c: char| !matches!(c, '0'..='9' | '+' | '-' | '.' | 'e' | 'E')).unwrap_or(self.text.len());
        let (number, rest) = self.text.split_at(end);
        self.text = rest;
        let unsigned = number.strip_prefix('-').unwrap_or(number);
        let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, exponent.strip_prefix(['+', '-']).unwrap_or(exponent)),
            None => (unsigned, "0"),
        };
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, "0"));
        let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        let sound = digits(whole) && digits(fraction) && digits(exponent) && (whole == "0" || !whole.starts_with('0'));
        if sound { number.parse().ok().map(Said::Number) } else { None }
    }

    /// Half of a surrogate pair is grammatical, and stands for U+FFFD.
    fn string(&mut self) -> Option<String> {
        self.take("\"")?;
        let mut units: Vec<u16> = Vec::new();
        loop {
            let next = self.text.chars().next()?;
            self.text = &self.text[next.len_utf8()..];
            match next {
                '"' => return Some(String::from_utf16_lossy(&units)),
                '\0'..='\x1f' => return None,
                '\\' => units.push(self.escape()?),
                other => units.extend(other.encode_utf16(&mut [0; 2]).iter()),
            }
        }
    }

    fn escape(&mut self) -> Option<u16> {
        let kind = self.text.chars().next()?;
        self.text = &self.text[kind.len_utf8()..];
        Some(match kind {
            '"' | '\\' | '/' => kind as u16,
            'b' => 8,
            'f' => 12,
            'n' => 10,
            'r' => 13,
            't' => 9,
            'u' => {
                let hex = self.text.get(..4).filter(|hex| hex.bytes().all(|byte| byte.is_ascii_hexdigit()))?;
                self.text = &self.text[4..];
                u16::from_str_radix(hex, 16).ok()?
            }
            _ => return None,
        })
    }
}
