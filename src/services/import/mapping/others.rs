//! Tables that are recognised and not read: invoices, prices, products, leads and the like. Without
//! them, a list of invoices with an account and a month would come in as usage.

use std::collections::HashSet;
use std::sync::LazyLock;

use serde::Deserialize;

use super::headers::Compared;
use super::layout::Header;
use crate::words::Lang;

/// A kind of table for which there is no record.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Other {
    /// Its stable name, for JSON.
    pub key: String,
    en: String,
    ja: String,
    /// All of these headers.
    #[serde(default)]
    needs: Vec<Header>,
    /// One header of each list; two lists need two different headers.
    #[serde(default)]
    any: Vec<Vec<Header>>,
    /// None of these headers.
    #[serde(default)]
    unless: Vec<Header>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    other: Vec<Other>,
}

const TEXT: &str = include_str!("../../../../config/mappings/others.toml");

static OTHERS: LazyLock<Vec<Other>> =
    LazyLock::new(|| read(TEXT).expect("the shipped file is checked by a test"));

/// Headers of a table whose rows belong to an account: a list of plans or products has none.
const OWNED: &[&str] = &[
    "account_id",
    "account_name",
    "account",
    "customer_id",
    "customer_name",
    "customer",
    "company_id",
    "company_name",
    "company",
    "client",
    "organization_id",
    "organization",
    "subscription_id",
    "会社名",
    "顧客名",
    "顧客id",
    "取引先名",
    "取引先",
];
/// Headers of a table that counts: usage, and no catalogue.
const COUNTED: &[&str] = &[
    "usage_count",
    "count",
    "value",
    "user_id",
    "date",
    "day",
    "usage_date",
    "month",
    "week",
    "logins",
    "active_users",
    "利用回数",
    "回数",
    "値",
    "日付",
    "利用日",
    "年月",
    "対象月",
];

fn read(text: &str) -> Result<Vec<Other>, toml::de::Error> {
    let mut file: File = toml::from_str(text)?;
    for other in &mut file.other {
        let lists = [("@owned", OWNED), ("@counted", COUNTED)];
        for (name, list) in lists {
            if other.unless.iter().any(|h| h.written == name) {
                other.unless.retain(|h| h.written != name);
                let headers = list.iter().map(|h| Header::from((*h).to_owned()));
                other.unless.extend(headers);
            }
        }
    }
    Ok(file.other)
}

impl Other {
    /// Its name in a sentence.
    pub fn words(&self, lang: Lang) -> &str {
        match lang {
            Lang::En => &self.en,
            Lang::Ja => &self.ja,
        }
    }

    fn fits(&self, headers: &HashSet<String>) -> bool {
        let has = |h: &Header| headers.contains(&h.normal);
        if self.needs.is_empty() && self.any.is_empty()
            || !self.needs.iter().all(has)
            || self.unless.iter().any(has)
        {
            return false;
        }
        let mut proofs = HashSet::new();
        // A header that two lists have proves one of them.
        self.any.iter().all(|list| {
            let free = |h: &&Header| has(h) && !proofs.contains(&h.normal);
            let found = list.iter().find(free).map(|h| h.normal.clone());
            found.is_some_and(|h| proofs.insert(h))
        })
    }
}

/// The kind of table these headers are of, where it is one that is not read. `headers` as they stand
/// in the file.
pub fn other(headers: &[String]) -> Option<&'static Other> {
    let headers: HashSet<String> = headers
        .iter()
        .flat_map(|h| {
            let Compared { full, bare } = Compared::of(h);
            [full, bare]
        })
        .collect();
    OTHERS.iter().find(|other| other.fits(&headers))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(headers: &str) -> Option<&'static str> {
        let headers: Vec<String> = headers.split(',').map(str::to_owned).collect();
        other(&headers).map(|o| o.key.as_str())
    }

    #[test]
    fn the_shipped_file_has_no_mistakes() {
        let others = read(TEXT).unwrap_or_else(|e| panic!("{e}"));
        for other in &others {
            let name = &other.key;
            assert!(!other.words(Lang::Ja).is_ascii(), "{name}");
            assert!(
                other.needs.len() + other.any.len() >= 2,
                "{name}: one header proves nothing"
            );
            let unknown = other.unless.iter().find(|h| h.written.starts_with('@'));
            assert_eq!(unknown, None, "{name}");
        }
    }

    #[test]
    fn tables_without_a_record_are_known_by_their_headers() {
        for (want, headers) in [
            (
                "invoices",
                "invoice_id,account_id,month,subtotal,credits,taxes",
            ),
            ("invoices", "Invoice No,Customer,Due Date,Amount,Status"),
            ("invoices", "請求書番号,会社名,請求日,請求金額,支払期限"),
            ("invoices", "Account,Amount Due,Due Date,Balance"),
            (
                "invoice-lines",
                "line_item_id,product,quantity,unit_price,amount",
            ),
            (
                "payments",
                "payment_id,customer_id,amount,payment_date,card_brand",
            ),
            (
                "prices",
                "plan_id,plan_name,monthly_price,annual_price,max_seats",
            ),
            ("prices", "プラン名,標準価格,上限席数"),
            ("products", "product,series,sales_price"),
            ("products", "商品コード,商品名,定価,在庫数"),
            (
                "features",
                "feature_id,feature_name,release_date,tier_required",
            ),
            ("features", "機能名,提供プラン,リリース日"),
            ("pages", "page_id,page_title,url,published_at"),
            (
                "deal-lines",
                "Opportunity ID,Pricebook Entry ID,Quantity,Unit Price",
            ),
            (
                "leads",
                "Lead ID,First Name,Last Name,Company,Lead Status,Lead Owner",
            ),
            ("team", "sales_agent,manager,regional_office"),
            ("team", "社員番号,氏名,部署名,入社日"),
            ("figures", "account_id,month,revenue,headcount,score"),
            ("figures", "年月,売上高,営業利益"),
        ] {
            assert_eq!(key(headers), Some(want), "{headers}");
        }
    }

    #[test]
    fn tables_that_are_read_are_none_of_these() {
        for headers in [
            "id,name,annual_revenue,website,industry",
            "account_id,account_name,arr,currency",
            "Account Name,Customer ID,Stage,Health (gut),ARR,Seats,Renewal Date,CSM,Region,Notes",
            "顧客ID,会社名,フリガナ,担当者,契約開始日,更新日,年間契約額",
            "会社名,業種,従業員数,売上高,担当者,更新日",
            "account,sector,year_established,revenue,employees,office_location,subsidiary_of",
            "First Name,Last Name,Email,Title,Role,Account Name,Department",
            "Ticket ID,Organization,Subject,Status,Priority,Created At,Due Date",
            "id,account,subject,status,priority,opened",
            "subscription_id,account_id,plan,start_date,end_date,quantity,amount",
            "subscription_id,customer_id,plan_id,plan_name,status,current_period_end",
            "opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value",
            "Opportunity Name,Account Name,Amount,Close Date,Stage,Lead Source",
            "account_id,date,active_users,logins",
            "account,date,feature,usage_count",
            "usage_id,subscription_id,usage_date,feature_name,usage_count,is_beta_feature",
            "response_id,date,customer_id,score,feedback",
            "account_id,churn_date,reason_code,refund_amount_usd",
            "customerID,gender,SeniorCitizen,tenure,PaymentMethod,MonthlyCharges,TotalCharges,Churn",
            "date,account,type,summary,owner,department",
            "userId,ts,page,sessionId,level",
            "foo,bar",
        ] {
            assert_eq!(key(headers), None, "{headers}");
        }
    }
}
