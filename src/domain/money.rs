//! Money always has a currency, and is never summed across currencies.

use std::collections::BTreeMap;
use std::fmt;
use std::num::NonZeroU8;

use serde::{Deserialize, Serialize};

/// The codes of ISO 4217 in use: any other three letters are a word, not a currency.
const ISO_4217: &str = "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWL";

/// A currency by its ISO 4217 code, stored as its place in the sorted list: one byte, also where it
/// is optional. Accounts hold several amounts each.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Currency(NonZeroU8);

impl Currency {
    pub const JPY: Currency = Self::known(b"JPY");
    pub const USD: Currency = Self::known(b"USD");
    pub const EUR: Currency = Self::known(b"EUR");
    pub const GBP: Currency = Self::known(b"GBP");

    /// Reads a code in any case, a sign (`¥ $ € £`) or the word 円.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        match text {
            "¥" | "￥" | "円" => return Some(Self::JPY),
            "$" | "＄" => return Some(Self::USD),
            "€" => return Some(Self::EUR),
            "£" => return Some(Self::GBP),
            _ => {}
        }
        let bytes: [u8; 3] = text.as_bytes().try_into().ok()?;
        let code = bytes.map(|b| b.to_ascii_uppercase());
        match &code {
            // Every amount is parsed at a start, and most are in one of these four.
            b"JPY" => Some(Self::JPY),
            b"USD" => Some(Self::USD),
            b"EUR" => Some(Self::EUR),
            b"GBP" => Some(Self::GBP),
            _ => Self::find(&code),
        }
    }

    const fn find(code: &[u8; 3]) -> Option<Self> {
        let (list, mut at) = (ISO_4217.as_bytes(), 0);
        while at * 4 + 3 <= list.len() {
            if list[at * 4] == code[0] && list[at * 4 + 1] == code[1] && list[at * 4 + 2] == code[2]
            {
                return match NonZeroU8::new(at as u8 + 1) {
                    Some(place) => Some(Self(place)),
                    None => None,
                };
            }
            at += 1;
        }
        None
    }

    const fn known(code: &[u8; 3]) -> Self {
        match Self::find(code) {
            Some(currency) => currency,
            None => panic!("not in the list"),
        }
    }

    pub fn code(self) -> &'static str {
        let at = usize::from(self.0.get() - 1) * 4;
        &ISO_4217[at..at + 3]
    }

    /// Digits after the point in the smallest unit (ISO 4217).
    pub fn exponent(self) -> u32 {
        match self.code() {
            "JPY" | "KRW" | "VND" | "CLP" => 0,
            "KWD" | "BHD" | "TND" => 3,
            _ => 2,
        }
    }

    fn sign(self) -> Option<&'static str> {
        match self {
            Self::JPY => Some("¥"),
            Self::USD => Some("$"),
            Self::EUR => Some("€"),
            Self::GBP => Some("£"),
            _ => None,
        }
    }
}

impl TryFrom<String> for Currency {
    type Error = String;
    fn try_from(text: String) -> Result<Self, String> {
        Currency::parse(&text).ok_or_else(|| format!("`{text}` is not a currency code"))
    }
}

impl From<Currency> for String {
    fn from(c: Currency) -> String {
        c.code().to_owned()
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// An amount in the currency's smallest unit (yen, cents). Written in JSON as
/// `{"amount": 33432.5, "currency": "USD"}`, the amount in whole units.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(from = "Written", into = "Written")]
pub struct Money {
    pub minor: i64,
    pub currency: Currency,
}

#[derive(Serialize, Deserialize)]
struct Written {
    amount: serde_json::Number,
    currency: Currency,
}

impl From<Written> for Money {
    fn from(w: Written) -> Money {
        match w.amount.as_i64() {
            Some(whole) => Money {
                minor: whole.saturating_mul(10_i64.pow(w.currency.exponent())),
                currency: w.currency,
            },
            None => Money::of(w.amount.as_f64().unwrap_or(0.0), w.currency),
        }
    }
}

impl From<Money> for Written {
    fn from(m: Money) -> Written {
        let scale = 10_i64.pow(m.currency.exponent());
        let amount = if m.minor % scale == 0 {
            serde_json::Number::from(m.minor / scale)
        } else {
            serde_json::Number::from_f64(m.units())
                .unwrap_or_else(|| serde_json::Number::from(m.minor / scale))
        };
        Written {
            amount,
            currency: m.currency,
        }
    }
}

impl Money {
    /// From whole units, rounded to the smallest unit.
    pub fn of(units: f64, currency: Currency) -> Money {
        let scale = 10_f64.powi(currency.exponent() as i32);
        Money {
            minor: (units * scale).round() as i64,
            currency,
        }
    }

    /// Whole units as a float, for charts and ratios. Never for sums.
    pub fn units(self) -> f64 {
        self.minor as f64 / 10_f64.powi(self.currency.exponent() as i32)
    }

    /// Exact, with thousands separators: `¥12,400,000`, `$1,234.50`, `CHF 10.00`.
    pub fn exact(self) -> String {
        let scale = 10_i64.pow(self.currency.exponent());
        let whole = group(self.minor.unsigned_abs() / scale.unsigned_abs());
        let part = self.minor.unsigned_abs() % scale.unsigned_abs();
        let minus = if self.minor < 0 { "-" } else { "" };
        let cents = if part == 0 {
            String::new()
        } else {
            format!(".{part:0width$}", width = self.currency.exponent() as usize)
        };
        match self.currency.sign() {
            Some(sign) => format!("{minus}{sign}{whole}{cents}"),
            None => format!("{minus}{} {whole}{cents}", self.currency.code()),
        }
    }

    /// Short, for columns: `¥12.4M`, `$980K`.
    pub fn short(self) -> String {
        let units = self.units();
        let (value, suffix) = match units.abs() {
            v if v >= 999_950_000.0 => (units / 1e9, "B"),
            v if v >= 999_950.0 => (units / 1e6, "M"),
            v if v >= 10_000.0 => (units / 1e3, "K"),
            _ => return self.exact(),
        };
        let minus = if value < 0.0 { "-" } else { "" };
        let value = value.abs();
        let digits = if suffix == "K" {
            format!("{value:.0}")
        } else {
            format!("{value:.1}")
        };
        match self.currency.sign() {
            Some(sign) => format!("{minus}{sign}{digits}{suffix}"),
            None => format!("{minus}{} {digits}{suffix}", self.currency.code()),
        }
    }
}

fn group(n: u64) -> String {
    let digits = n.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, c) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(c);
    }
    out
}

/// Sums by currency, in the order of their codes. Amounts of different currencies are never added.
#[derive(Serialize, Deserialize, Clone, Debug, Default, PartialEq, Eq)]
#[serde(from = "BTreeMap<Currency, i64>", into = "BTreeMap<Currency, i64>")]
pub struct Totals(Box<[Money]>);

impl From<BTreeMap<Currency, i64>> for Totals {
    fn from(sums: BTreeMap<Currency, i64>) -> Self {
        Self(
            sums.into_iter()
                .map(|(currency, minor)| Money { minor, currency })
                .collect(),
        )
    }
}

impl From<Totals> for BTreeMap<Currency, i64> {
    fn from(totals: Totals) -> Self {
        totals.iter().map(|m| (m.currency, m.minor)).collect()
    }
}

impl Totals {
    pub fn add(&mut self, money: Money) {
        match self.0.binary_search_by(|m| m.currency.cmp(&money.currency)) {
            Ok(at) => self.0[at].minor += money.minor,
            Err(at) => {
                let mut sums = std::mem::take(&mut self.0).into_vec();
                sums.insert(at, money);
                self.0 = sums.into();
            }
        }
    }

    pub fn iter(&self) -> impl Iterator<Item = Money> + '_ {
        self.0.iter().copied()
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The amount, where there is exactly one currency.
    pub fn single(&self) -> Option<Money> {
        if self.0.len() == 1 {
            self.iter().next()
        } else {
            None
        }
    }

    pub fn short(&self) -> String {
        self.iter()
            .map(Money::short)
            .collect::<Vec<_>>()
            .join(" + ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn amounts_read_as_people_write_them() {
        assert_eq!(Money::of(12_400_000.0, Currency::JPY).short(), "¥12.4M");
        assert_eq!(
            Money::of(12_400_000.0, Currency::JPY).exact(),
            "¥12,400,000"
        );
        assert_eq!(Money::of(1234.5, Currency::USD).exact(), "$1,234.50");
        assert_eq!(Money::of(-980_400.0, Currency::USD).short(), "-$980K");
        assert_eq!(Money::of(999_960.0, Currency::USD).short(), "$1.0M");
        assert_eq!(
            Money::of(50.0, Currency::parse("chf").expect("code")).exact(),
            "CHF 50"
        );
    }

    #[test]
    fn only_listed_currency_codes_are_read_in_any_case() {
        assert!(ISO_4217.split(' ').all(|code| Currency::parse(&code.to_lowercase()).is_some_and(|c| c.code() == code)));
        assert!(
            ISO_4217.split(' ').is_sorted(),
            "the order of currencies is that of their codes"
        );
        assert_eq!(size_of::<Option<Money>>(), size_of::<Money>());
        for text in ["XXA", "EDA", "AE", "AEDX", " ", "D A"] {
            assert_eq!(Currency::parse(text), None, "{text}");
        }
    }

    #[test]
    fn currencies_stay_apart() {
        let mut totals = Totals::default();
        totals.add(Money::of(100.0, Currency::JPY));
        totals.add(Money::of(1.0, Currency::USD));
        totals.add(Money::of(50.0, Currency::JPY));
        assert_eq!(totals.short(), "¥150 + $1");
        assert_eq!(totals.single(), None);
    }

    proptest! {
        #[test]
        fn json_keeps_every_cent(minor in -1_000_000_000_000_i64..1_000_000_000_000) {
            for currency in [Currency::JPY, Currency::USD] {
                let money = Money { minor, currency };
                let text = serde_json::to_string(&money).expect("writes");
                prop_assert_eq!(serde_json::from_str::<Money>(&text).expect("reads"), money);
            }
        }
    }
}
