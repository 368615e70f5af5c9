//! Invented company names. Any likeness to a real company is chance.

use fastrand::Rng;

pub struct Company {
    pub name: String,
    pub reading: String,
    pub domain: String,
}

pub const INDUSTRIES_JA: [&str; 8] = [
    "製造",
    "小売",
    "物流",
    "金融",
    "医療",
    "教育",
    "建設",
    "情報通信",
];
pub const INDUSTRIES_EN: [&str; 8] = [
    "Manufacturing",
    "Retail",
    "Logistics",
    "Finance",
    "Health",
    "Education",
    "Construction",
    "Software",
];

/// Written form, reading, romaji.
const STEMS_JA: [(&str, &str, &str); 32] = [
    ("あおば", "アオバ", "aoba"),
    ("東北電子", "トウホクデンシ", "tohokudenshi"),
    ("みずほの森", "ミズホノモリ", "mizuhonomori"),
    ("七海", "ナナミ", "nanami"),
    ("白川", "シラカワ", "shirakawa"),
    ("光洋", "コウヨウ", "koyo"),
    ("北斗", "ホクト", "hokuto"),
    ("さくら野", "サクラノ", "sakurano"),
    ("瀬戸内", "セトウチ", "setouchi"),
    ("大和田", "オオワダ", "owada"),
    ("ひびき", "ヒビキ", "hibiki"),
    ("朝霧", "アサギリ", "asagiri"),
    ("若竹", "ワカタケ", "wakatake"),
    ("信濃", "シナノ", "shinano"),
    ("海風", "ウミカゼ", "umikaze"),
    ("千歳", "チトセ", "chitose"),
    ("ライトハウス", "ライトハウス", "lighthouse"),
    ("グリーンフィールド", "グリーンフィールド", "greenfield"),
    ("月島", "ツキシマ", "tsukishima"),
    ("丸藤", "マルフジ", "marufuji"),
    ("日向", "ヒュウガ", "hyuga"),
    ("三峰", "ミツミネ", "mitsumine"),
    ("オリーブ", "オリーブ", "olive"),
    ("浜松屋", "ハママツヤ", "hamamatsuya"),
    ("飛鳥", "アスカ", "asuka"),
    ("桐生", "キリュウ", "kiryu"),
    ("サンライズ", "サンライズ", "sunrise"),
    ("紀伊", "キイ", "kii"),
    ("伊吹", "イブキ", "ibuki"),
    ("つばさ", "ツバサ", "tsubasa"),
    ("九重", "ココノエ", "kokonoe"),
    ("蓮田", "ハスダ", "hasuda"),
];
const TRADES_JA: [(&str, &str); 16] = [
    ("精機", "セイキ"),
    ("工業", "コウギョウ"),
    ("商事", "ショウジ"),
    ("物流", "ブツリュウ"),
    ("システムズ", "システムズ"),
    ("食品", "ショクヒン"),
    ("印刷", "インサツ"),
    ("製作所", "セイサクショ"),
    ("ホールディングス", "ホールディングス"),
    ("銀行", "ギンコウ"),
    ("学園", "ガクエン"),
    ("メディカル", "メディカル"),
    ("建設", "ケンセツ"),
    ("エナジー", "エナジー"),
    ("百貨店", "ヒャッカテン"),
    ("ソフト", "ソフト"),
];
const STEMS_EN: [&str; 32] = [
    "Harrow & Finch",
    "Northwind",
    "Larkspur",
    "Copperfield",
    "Bluebarrow",
    "Ashgrove",
    "Tallow",
    "Quillon",
    "Fernhill",
    "Oxbow",
    "Brightwater",
    "Kestrel",
    "Marlow",
    "Pinecrest",
    "Redthorn",
    "Silverlode",
    "Tidewell",
    "Umber",
    "Vantor",
    "Westmere",
    "Yarrow",
    "Zephyrine",
    "Calder",
    "Dunmore",
    "Elmstead",
    "Foxglove",
    "Gantry",
    "Hollis",
    "Ironbridge",
    "Juniper",
    "Kelso",
    "Lindale",
];
const TRADES_EN: [&str; 16] = [
    "",
    " Labs",
    " Logistics",
    " Health",
    " Systems",
    " Foods",
    " Energy",
    " Partners",
    " Group",
    " Retail",
    " Learning",
    " Robotics",
    " Capital",
    " Studios",
    " Works",
    " Freight",
];

pub fn company(index: usize, japanese: bool, rng: &mut Rng) -> Company {
    // Every pair of stem and trade is used once before names get a number.
    let n = if japanese {
        STEMS_JA.len() * TRADES_JA.len()
    } else {
        STEMS_EN.len() * TRADES_EN.len()
    };
    let round = index / n;
    // An odd step visits all pairs without repeating.
    let k = (index * 197 + 13) % n;
    let suffix = if round > 0 {
        format!(" {}", round + 1)
    } else {
        String::new()
    };
    if japanese {
        let (stem, stem_kana, romaji) = STEMS_JA[k % STEMS_JA.len()];
        let (trade, trade_kana) = TRADES_JA[k / STEMS_JA.len() % TRADES_JA.len()];
        let name = if rng.bool() {
            format!("株式会社{stem}{trade}{suffix}")
        } else {
            format!("{stem}{trade}株式会社{suffix}")
        };
        Company {
            name,
            reading: format!("{stem_kana}{trade_kana}"),
            domain: format!("{romaji}{}.example.jp", index),
        }
    } else {
        let (stem, trade) = (
            STEMS_EN[k % STEMS_EN.len()],
            TRADES_EN[k / STEMS_EN.len() % TRADES_EN.len()],
        );
        let domain: String = stem
            .chars()
            .filter(char::is_ascii_alphanumeric)
            .collect::<String>()
            .to_lowercase();
        Company {
            name: format!("{stem}{trade}{suffix}"),
            reading: String::new(),
            domain: format!("{domain}{index}.example.com"),
        }
    }
}
