//! Invented people at a customer.

use chrono::Duration;

use super::maker::Maker;
use super::story::Story;
use crate::domain::contact::{Contact, Role, Status};
use crate::domain::ids::AccountId;

const FAMILY_JA: [(&str, &str); 16] = [
    ("青葉", "アオバ"),
    ("森", "モリ"),
    ("中村", "ナカムラ"),
    ("小林", "コバヤシ"),
    ("加藤", "カトウ"),
    ("吉田", "ヨシダ"),
    ("山口", "ヤマグチ"),
    ("松本", "マツモト"),
    ("井上", "イノウエ"),
    ("木村", "キムラ"),
    ("林", "ハヤシ"),
    ("清水", "シミズ"),
    ("斎藤", "サイトウ"),
    ("池田", "イケダ"),
    ("橋本", "ハシモト"),
    ("石川", "イシカワ"),
];
const GIVEN_JA: [(&str, &str); 12] = [
    ("美香", "ミカ"),
    ("健", "ケン"),
    ("陽子", "ヨウコ"),
    ("大輔", "ダイスケ"),
    ("彩", "アヤ"),
    ("翔太", "ショウタ"),
    ("直樹", "ナオキ"),
    ("恵", "メグミ"),
    ("涼", "リョウ"),
    ("葵", "アオイ"),
    ("誠", "マコト"),
    ("千尋", "チヒロ"),
];
const GIVEN_EN: [&str; 12] = [
    "Mika", "Aaron", "Priya", "Tomas", "Helen", "Joan", "Samir", "Grace", "Luis", "Ingrid", "Noah",
    "Carol",
];
const FAMILY_EN: [&str; 14] = [
    "Tanaka",
    "Whitlock",
    "Osei",
    "Marsh",
    "Lindqvist",
    "Doyle",
    "Abara",
    "Novak",
    "Pereira",
    "Hughes",
    "Stein",
    "Calloway",
    "Iyer",
    "Brandt",
];

impl Maker<'_> {
    pub(super) fn contacts(
        &mut self,
        account: &AccountId,
        story: Story,
        japanese: bool,
        domain: &str,
    ) -> Vec<Contact> {
        let roles = [
            (Role::Champion, "業務改善室長", "Head of Operations"),
            (Role::Decision, "執行役員", "VP Operations"),
            (Role::Admin, "情報システム課", "IT Manager"),
            (Role::User, "営業企画", "Analyst"),
            (Role::Billing, "経理部", "Finance"),
        ];
        let count = self.rng.usize(2..=4);
        (0..count)
            .map(|i| {
                let (role, title_ja, title_en) = roles[i];
                let (name, reading) = if japanese {
                    let (f, fk) = *self.pick(&FAMILY_JA);
                    let (g, gk) = *self.pick(&GIVEN_JA);
                    (format!("{f} {g}"), format!("{fk} {gk}"))
                } else {
                    (
                        format!("{} {}", self.pick(&GIVEN_EN), self.pick(&FAMILY_EN)),
                        String::new(),
                    )
                };
                let left = story == Story::ChampionLeft && role == Role::Champion;
                Contact {
                    reading,
                    title: (if japanese { title_ja } else { title_en }).to_owned(),
                    role: Some(role),
                    email: format!("contact{}@{domain}", i + 1),
                    influence: Some(5 - i as u8),
                    status: if left { Status::Left } else { Status::Active },
                    since: left.then(|| self.today - Duration::days(18)),
                    ..Contact::new(self.id("con"), account.clone(), name)
                }
            })
            .collect()
    }
}
