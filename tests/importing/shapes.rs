//! The tables that CRMs, support desks, billing and analytics export, under their own headers: each
//! is recognised as what it is, and its values come in.

use crate::common;

use std::path::Path;

use common::build::day;
use common::importing::Bench;
use kenshin::testing::domain::dossier::Dossier;
use kenshin::testing::domain::facts::deal::{DealKind, DealState};
use kenshin::testing::domain::facts::ticket::{Priority, Status};
use kenshin::testing::domain::money::{Currency, Money};
use kenshin::testing::services::import::mapping::other;
use kenshin::testing::services::import::{Kind, Options, Plan};

struct Desk(Bench);

impl Desk {
    fn new() -> Self {
        Self(Bench::new())
    }

    fn options(&self, currency: Option<Currency>) -> Options {
        let mut options = self.0.options();
        options.wish.currency = currency;
        options
    }

    fn plan(&self, files: &[(&str, &str)], currency: Option<Currency>) -> Plan {
        self.0.plan_with(files, &self.options(currency))
    }

    fn take_in(&mut self, files: &[(&str, &str)], currency: Option<Currency>) -> Plan {
        let plan = self.plan(files, currency);
        self.0.write(&plan);
        plan
    }

    /// Imports files that must come in whole.
    fn take(&mut self, files: &[(&str, &str)]) -> Plan {
        let plan = self.take_in(files, None);
        assert_eq!(plan.rejects, [], "{files:?}");
        plan
    }

    fn dossier(&self, id: &str) -> Dossier {
        self.0.dossier(id)
    }
}

/// What a header row is recognised as: kind and mapping.
fn recognised(name: &str, headers: &str) -> Option<(Kind, String)> {
    let desk = Desk::new();
    let plan = desk.plan(&[(name, &format!("{headers}\n"))], None);
    let file = &plan.files[0];
    file.kind.map(|kind| (kind, file.mapping.clone()))
}

const SHAPES: &[(&str, Kind, &str)] = &[
    // Salesforce: data loader, warehouse, reports in both languages.
    (
        "salesforce",
        Kind::Accounts,
        "Id,Name,Type,Industry,NumberOfEmployees,AnnualRevenue,BillingCity,BillingCountry,Website,OwnerId,CreatedDate",
    ),
    (
        "salesforce",
        Kind::Accounts,
        "_fivetran_synced,account_number,annual_revenue,billing_city,id,industry,name,number_of_employees,owner_id,website",
    ),
    (
        "salesforce",
        Kind::Accounts,
        "Account Name,Account Owner,Billing State/Province,Type,Last Activity,Account ID",
    ),
    (
        "salesforce",
        Kind::Accounts,
        "取引先名,取引先 所有者,業種,従業員数,年間売上,Web サイト",
    ),
    (
        "salesforce",
        Kind::Contacts,
        "Id,AccountId,LastName,FirstName,Salutation,Title,Email,Phone,MailingCity,LeadSource",
    ),
    (
        "salesforce",
        Kind::Contacts,
        "姓,名,取引先名,役職,メール,電話",
    ),
    (
        "generic",
        Kind::Contacts,
        "First Name,Last Name,Email,Title,Role,Account Name",
    ),
    (
        "salesforce",
        Kind::Deals,
        "Id,AccountId,Name,StageName,Amount,CloseDate,IsClosed,IsWon,Type,Probability",
    ),
    (
        "salesforce",
        Kind::Deals,
        "id,account_id,name,amount,stage_name,close_date,is_closed",
    ),
    (
        "salesforce",
        Kind::Deals,
        "Opportunity Name,Account Name,Stage,Amount,Close Date,Probability (%),Opportunity Owner,Type",
    ),
    (
        "salesforce",
        Kind::Deals,
        "商談名,取引先名,フェーズ,金額,完了予定日,確度,商談 所有者",
    ),
    (
        "salesforce",
        Kind::Tickets,
        "Id,CaseNumber,AccountId,Subject,Status,Priority,CreatedDate,ClosedDate,IsEscalated",
    ),
    (
        "salesforce",
        Kind::Tickets,
        "Case Number,Account Name,Subject,Status,Priority,Date/Time Opened,Case Owner",
    ),
    (
        "salesforce",
        Kind::Tickets,
        "ケース番号,取引先名,件名,状況,優先度,オープン日時",
    ),
    (
        "salesforce",
        Kind::Interactions,
        "Id,AccountId,WhoId,Subject,StartDateTime,EndDateTime,EventSubtype,Description",
    ),
    (
        "salesforce",
        Kind::Interactions,
        "Id,AccountId,Subject,ActivityDate,Status,TaskSubtype,Description",
    ),
    (
        "salesforce",
        Kind::Interactions,
        "Subject,Date,Company / Account,Assigned,Task Subtype,Status",
    ),
    // HubSpot.
    (
        "hubspot",
        Kind::Accounts,
        "Record ID,Company name,Company owner,Create Date,Phone Number,Last Activity Date,City,Country/Region,Industry",
    ),
    (
        "hubspot",
        Kind::Accounts,
        "Record ID,Company name,Company Domain Name,Lifecycle Stage",
    ),
    (
        "hubspot",
        Kind::Contacts,
        "Record ID,First Name,Last Name,Email,Phone Number,Contact owner,Associated Company,Lead Status",
    ),
    (
        "hubspot",
        Kind::Deals,
        "Record ID,Deal Name,Deal Stage,Close Date,Deal owner,Amount,Associated Company",
    ),
    (
        "hubspot",
        Kind::Deals,
        "Deal ID,Deal Name,Amount,Deal Stage,Close Date,Company name,Pipeline",
    ),
    (
        "hubspot",
        Kind::Tickets,
        "Ticket ID,Ticket name,Pipeline,Ticket status,Create date,Priority,Ticket owner,Associated Company",
    ),
    (
        "hubspot",
        Kind::Accounts,
        "id,is_deleted,property_name,property_industry,property_country",
    ),
    (
        "hubspot",
        Kind::Deals,
        "deal_id,company_id,property_dealname,property_amount,property_closedate,property_createdate",
    ),
    // Support desks.
    (
        "zendesk",
        Kind::Tickets,
        "Id,Requester,Requester email,Subject,Status,Priority,Via,Ticket type,Created at,Organization,Solved at,Satisfaction Score",
    ),
    (
        "zendesk",
        Kind::Tickets,
        "Ticket ID,Ticket created - Timestamp,Ticket priority,Ticket subject,Requester organization name,Ticket status,Ticket solved - Timestamp",
    ),
    (
        "zendesk",
        Kind::Accounts,
        "id,name,domain_names,details,notes,shared_tickets,tags",
    ),
    (
        "zendesk",
        Kind::Contacts,
        "id,name,email,organization_id,role,time_zone,last_login_at,suspended",
    ),
    (
        "freshdesk",
        Kind::Tickets,
        "Ticket ID,Subject,Status,Priority,Source,Type,Agent,Group,Created time,Resolved time,Initial response time,Survey results,Full name,Email,Company Name",
    ),
    (
        "freshdesk",
        Kind::Tickets,
        "id,subject,status,priority,company_id,requester_id,responder_id,fr_due_by,created_at",
    ),
    (
        "jira",
        Kind::Tickets,
        "Summary,Issue key,Issue id,Issue Type,Status,Priority,Reporter,Created,Resolved,Custom field (Organizations)",
    ),
    (
        "intercom",
        Kind::Tickets,
        "Conversation ID,Conversation started at,Company name,User email,Conversation state,Conversation rating",
    ),
    (
        "intercom",
        Kind::Accounts,
        "Company name,Company ID,Company last seen,Company created at,People,Plan,Monthly spend",
    ),
    (
        "intercom",
        Kind::Contacts,
        "Name,Email,User ID,Last seen,Signed up,Web sessions,Company name",
    ),
    (
        "generic",
        Kind::Tickets,
        "問い合わせ番号,会社名,件名,ステータス,優先度,受付日時,完了日時,回答内容",
    ),
    // Billing.
    (
        "stripe",
        Kind::Accounts,
        "id,Description,Email,Name,Created (UTC),Delinquent,Card ID,Plan,Status,Total Spend",
    ),
    (
        "stripe",
        Kind::Subscriptions,
        "id,Customer ID,Customer Email,Plan,Quantity,Interval,Amount,Status,Created (UTC),Start (UTC),Current Period Start (UTC),Current Period End (UTC),Ended At (UTC)",
    ),
    (
        "stripe",
        Kind::Subscriptions,
        "id,customer_id,status,current_period_start,current_period_end,created,quantity",
    ),
    (
        "chargebee",
        Kind::Subscriptions,
        "subscriptions.id,customers.id,subscriptions.plan_id,subscriptions.plan_quantity,subscriptions.status,subscriptions.current_term_start,subscriptions.current_term_end,subscriptions.mrr,subscriptions.currency_code",
    ),
    (
        "chargebee",
        Kind::Accounts,
        "customers.id,customers.company,customers.email,customers.auto_collection,customers.created_at",
    ),
    (
        "recurly",
        Kind::Accounts,
        "id,code,state,username,email,company,vat_number,tax_exempt,created_at",
    ),
    (
        "recurly",
        Kind::Subscriptions,
        "uuid,account_id,plan_id,state,quantity,unit_amount,currency,activated_at,current_term_started_at,current_term_ends_at,auto_renew",
    ),
    (
        "zuora",
        Kind::Accounts,
        "id,account_number,name,currency,status,batch,bill_cycle_day,mrr",
    ),
    (
        "zuora",
        Kind::Subscriptions,
        "id,account_id,name,status,term_start_date,term_end_date,auto_renew,initial_term",
    ),
    // Customer success, business cards, companies.
    (
        "gainsight",
        Kind::Accounts,
        "Gsid,Name,Industry,ARR,Users,Renewal Date,CSM,Lifetime in Months,Current Score",
    ),
    (
        "gainsight",
        Kind::Subscriptions,
        "Relationship Name,Company Name,Relationship Type,ARR,Renewal Date,Original Contract Date",
    ),
    (
        "gainsight",
        Kind::Interactions,
        "Activity Date,Activity Type,Company Name,Subject,Notes,Author",
    ),
    (
        "kintone",
        Kind::Accounts,
        "レコード番号,会社名,郵便番号,住所,TEL,顧客ランク,更新日時",
    ),
    (
        "kintone",
        Kind::Contacts,
        "レコード番号,会社名,氏名,フリガナ,役職,メールアドレス,TEL",
    ),
    (
        "kintone",
        Kind::Deals,
        "レコード番号,案件名,会社名,確度,受注予定日,合計費用,担当者",
    ),
    (
        "kintone",
        Kind::Tickets,
        "レコード番号,会社名,担当者名,問い合わせ種別,問い合わせ内容,対応状況,受付日時",
    ),
    (
        "kintone",
        Kind::Interactions,
        "レコード番号,会社名,訪問日,対応種別,内容,担当者",
    ),
    (
        "sansan",
        Kind::Contacts,
        "会社名,部署名,役職,氏名,e-mail,TEL,携帯電話,名刺交換日",
    ),
    (
        "edinet",
        Kind::Accounts,
        "ＥＤＩＮＥＴコード,提出者種別,上場区分,資本金,決算日,提出者名,提出者名（英字）,提出者名（ヨミ）,所在地,提出者業種,証券コード,提出者法人番号",
    ),
    // Surveys and analytics.
    (
        "qualtrics",
        Kind::Surveys,
        "StartDate,EndDate,Status,Progress,RecordedDate,ResponseId,RecipientEmail,ExternalReference,DistributionChannel,UserLanguage,NPS",
    ),
    (
        "delighted",
        Kind::Surveys,
        "Response ID,Email,Score,Comment,Permalink,Created at,Company",
    ),
    (
        "pendo",
        Kind::Usage,
        "account_id,visitor_id,timestamp,app_id,num_events,num_minutes,feature_id",
    ),
    (
        "pendo",
        Kind::Contacts,
        "id,account_id,agent_email,agent_full_name,first_visit,id_hash,last_visit",
    ),
    (
        "amplitude",
        Kind::Usage,
        "amplitude_id,device_id,user_id,event_type,event_time,event_properties",
    ),
    (
        "mixpanel",
        Kind::Usage,
        "event,distinct_id,time,insert_id,mp_lib",
    ),
];

#[test]
fn each_export_is_recognised_by_its_headers_alone() {
    let wrong: Vec<String> = SHAPES
        .iter()
        .filter_map(|(mapping, kind, headers)| {
            let found = recognised("export.csv", headers);
            let right = Some((*kind, (*mapping).to_owned()));
            (found != right).then(|| format!("{found:?} for {right:?}: {headers}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// None of the tables that are read is taken for one that is not.
#[test]
fn no_export_that_is_read_is_another_table() {
    for (_, _, headers) in SHAPES {
        let list: Vec<String> = headers.split(',').map(str::to_owned).collect();
        assert_eq!(other(&list), None, "{headers}");
    }
}

const ACCOUNT: &str = "Id,Name,Website,Industry,NumberOfEmployees,AnnualRevenue,BillingCountry\n\
    001A,Acme Inc,acme.example,Manufacturing,\"1,200\",950000000,United States\n\
    001B,Beta LLC,beta.example,Software,40,12000000,Canada\n";
const OPPORTUNITY: &str = "Id,AccountId,Name,Amount,StageName,CloseDate,IsClosed,IsWon,Type,Probability,CreatedDate\n\
    006X,001A,Acme - Renewal FY26,48000,Negotiation,2026-12-30,false,false,Renewal,60,2026-09-01T10:00:00.000Z\n\
    006Y,001B,Beta - Upsell seats,9000,Closed Won,2026-07-15,true,true,Existing Customer - Upgrade,100,2026-05-02T10:00:00.000Z\n\
    006Z,001B,Beta - Second team,5000,Closed Lost,2026-03-15,true,false,Existing Business,0,2026-01-02T10:00:00.000Z\n";

#[test]
fn deals_are_records_of_their_own_and_leave_the_accounts_alone() {
    let usd = Some(Currency::USD);
    let two = [("account.csv", ACCOUNT), ("opportunity.csv", OPPORTUNITY)];
    let mut together = Desk::new();
    let plan = together.take_in(&two, usd);
    assert_eq!(plan.rejects, []);
    assert_eq!(plan.kinds[&Kind::Accounts].new, 2);
    assert_eq!(plan.kinds[&Kind::Deals].new, 3);
    let mut apart = Desk::new();
    for file in two {
        assert_eq!(apart.take_in(&[file], usd).rejects, []);
    }
    for desk in [&together, &apart] {
        let accounts = desk.0.store.accounts().expect("the read succeeds");
        let names: Vec<&str> = accounts.iter().map(|a| a.name.as_str()).collect();
        assert_eq!(names, ["Acme Inc", "Beta LLC"]);
        let acme = desk.dossier("001A");
        assert_eq!(
            acme.account.arr, None,
            "what the customer earns is not ours"
        );
        assert_eq!(acme.account.attributes["AnnualRevenue"], "950000000");
        assert_eq!(acme.account.employees, Some(1_200));
        let deal = &acme.deals[0];
        assert_eq!(
            (deal.name.as_str(), deal.stage.as_str()),
            ("Acme - Renewal FY26", "Negotiation")
        );
        assert_eq!(deal.amount, Some(Money::of(48_000.0, Currency::USD)));
        assert_eq!(deal.close, Some(day(2026, 12, 30)));
        assert_eq!(
            (deal.kind, deal.state),
            (Some(DealKind::Renewal), DealState::Open)
        );
        assert_eq!(
            (deal.probability, deal.created),
            (Some(60), Some(day(2026, 9, 1)))
        );
        let beta = desk.dossier("001B");
        let of = |id: &str| {
            beta.deals
                .iter()
                .find(|d| d.id.as_str() == id)
                .expect("a deal")
        };
        assert_eq!(
            (of("006Y").kind, of("006Y").state),
            (Some(DealKind::Expansion), DealState::Won)
        );
        assert_eq!((of("006Z").kind, of("006Z").state), (None, DealState::Lost));
    }
    let again = together.plan(&two, usd);
    assert!(again.is_empty(), "{:?}", again.kinds);
}

#[test]
fn a_deal_of_an_unknown_company_creates_no_account() {
    let desk = Desk::new();
    let mut options = desk.options(None);
    options.create_accounts = true;
    let pipeline =
        "Opportunity Name,Account Name,Stage,Close Date\nNew logo,Gamma,Prospecting,2026-12-01\n";
    let plan = desk.0.plan_with(&[("pipeline.csv", pipeline)], &options);
    assert_eq!(plan.kinds[&Kind::Deals].rejected, 1);
    assert!(plan.is_empty(), "{:?}", plan.kinds);
}

/// The words of other systems for a decided deal, in the column of the stage or of the state.
#[test]
fn a_deal_is_open_until_something_says_that_it_is_not() {
    for (headers, row, want) in [
        (
            "Deal Name,Company name,Deal Stage,Close Date",
            "X,Acme Inc,closedwon,2026-05-01",
            DealState::Won,
        ),
        (
            "Deal Name,Company name,Deal Stage,Close Date",
            "X,Acme Inc,Closed Lost (Sales Pipeline),2026-05-01",
            DealState::Open,
        ),
        (
            "商談名,取引先名,フェーズ,完了予定日",
            "X,Acme Inc,失注,2026/05/01",
            DealState::Lost,
        ),
        (
            "商談名,取引先名,フェーズ,完了予定日",
            "X,Acme Inc,受注見込み,2026/05/01",
            DealState::Open,
        ),
        (
            "Opportunity Name,Account Name,Stage,Close Date,Won",
            "X,Acme Inc,Signed off,2026-05-01,true",
            DealState::Won,
        ),
        (
            "deal_name,account,status,expected_close_date,deal_value",
            "X,Acme Inc,won,2026-05-01,100",
            DealState::Won,
        ),
        (
            "Opportunity Name,Account Name,Stage,Close Date,Closed,Probability (%)",
            "X,Acme Inc,Parked,2026-05-01,1,0",
            DealState::Lost,
        ),
        (
            "Opportunity Name,Account Name,Stage,Close Date",
            "X,Acme Inc,6 - Closed Won,2026-05-01",
            DealState::Won,
        ),
    ] {
        let mut desk = Desk::new();
        desk.take_in(&[("account.csv", ACCOUNT)], None);
        desk.take(&[("deals.csv", &format!("{headers}\n{row}\n"))]);
        let deals = desk.dossier("001A").deals;
        assert_eq!(deals.len(), 1, "{headers}");
        assert_eq!(deals[0].state, want, "{row}");
    }
}

#[test]
fn people_and_cases_of_a_report_find_their_account_by_its_name() {
    let mut desk = Desk::new();
    desk.take_in(&[("account.csv", ACCOUNT)], None);
    desk.take(&[
        ("contacts.csv", "First Name,Last Name,Email,Title,Role,Account Name,Last Login\nJo,Abbot,jo@acme.example,VP Ops,Champion,Acme Inc,2026-10-02\n"),
        ("cases.csv", "Case Number,Account Name,Subject,Status,Priority,Date/Time Opened,Date/Time Closed,Resolution\n00001026,Acme Inc,Export is slow,Escalated,High,2026-11-02 09:14,,\n00001027,Acme Inc,Login,Closed,Critical,2026-10-02 09:14,2026-10-03 10:00,Reset the session\n"),
        ("tasks.csv", "Subject,Date,Company / Account,Assigned,Task Subtype,Status\nKick-off,2026-10-01,Acme Inc,Dana,Call,Completed\n"),
    ]);
    let acme = desk.dossier("001A");
    assert_eq!(acme.contacts[0].name, "Jo Abbot");
    assert_eq!(acme.contacts[0].last_seen, Some(day(2026, 10, 2)));
    let of = |id: &str| {
        acme.tickets
            .iter()
            .find(|t| t.id.as_str() == id)
            .expect("a ticket")
    };
    assert_eq!(
        (of("00001026").status, of("00001026").priority),
        (Status::Open, Priority::High)
    );
    assert_eq!(
        (of("00001027").status, of("00001027").priority),
        (Status::Closed, Priority::Urgent)
    );
    assert_eq!(of("00001027").resolution, "Reset the session");
    assert_eq!(acme.touches[0].summary, "Kick-off");
}

#[test]
fn a_task_that_is_still_to_do_is_no_contact() {
    let mut desk = Desk::new();
    desk.take_in(&[("account.csv", ACCOUNT)], None);
    for (status, taken) in [
        ("Completed", 1),
        ("Not Started", 0),
        ("In Progress", 0),
        ("未着手", 0),
    ] {
        let text = format!(
            "Id,AccountId,Subject,ActivityDate,Status,TaskSubtype\n00T1,001A,Call Jo,2026-11-30,{status},Call\n"
        );
        let plan = desk.plan(&[("task.csv", &text)], None);
        assert_eq!(plan.kinds[&Kind::Interactions].new, taken, "{status}");
    }
}

/// A store of the schema before deals keeps its records, and takes deals in.
#[test]
fn an_older_store_takes_deals() {
    let old = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/stores/schema-4");
    let home = tempfile::tempdir().expect("temporary folder");
    common::copy(&old, home.path());
    let mut desk = Desk(Bench::at(home));
    let before = desk.dossier("S4-1");
    assert_eq!(
        (
            before.contacts.len(),
            before.tickets.len(),
            before.notes.len()
        ),
        (1, 1, 1)
    );
    desk.take(&[("deals.csv", "Opportunity Name,Account Name,Stage,Close Date\nSecond team,Aster Works,Proposal,2026-12-20\n")]);
    assert_eq!(desk.dossier("S4-1").deals.len(), 1);
    assert!(
        desk.0.home.path().join("backups").exists(),
        "a backup is made first"
    );
}

#[test]
fn japanese_exports_of_a_crm_come_in_with_their_states() {
    let mut desk = Desk::new();
    desk.take(&[
        ("取引先.csv", "取引先ID,取引先名,取引先 所有者,業種,従業員数,年間売上\n001J,株式会社青葉精機,佐藤,製造,\"1,200\",95000000\n"),
        ("取引先責任者.csv", "姓,名,取引先名,役職,メール,電話\n田中,花子,株式会社青葉精機,部長,tanaka@aoba.example,03-0000-0000\n"),
        ("商談.csv", "商談名,取引先名,フェーズ,金額,完了予定日,確度,商談 所有者,種別\n青葉精機 更新,㈱青葉精機,提案,\"3,600,000円\",2026/12/25,70%,佐藤,更新\n"),
        ("ケース.csv", "ケース番号,取引先名,件名,状況,優先度,オープン日時\n00002001,株式会社青葉精機,出力が遅い,エスカレーション済み,高,2026/11/02 09:14\n"),
    ]);
    let aoba = desk.dossier("001J");
    assert_eq!(
        (aoba.account.owner.as_str(), aoba.account.arr),
        ("佐藤", None)
    );
    assert_eq!(aoba.account.employees, Some(1_200));
    assert_eq!(aoba.contacts[0].name, "田中 花子");
    assert_eq!(aoba.contacts[0].title, "部長");
    let deal = &aoba.deals[0];
    assert_eq!(
        (deal.name.as_str(), deal.stage.as_str()),
        ("青葉精機 更新", "提案")
    );
    assert_eq!(deal.amount, Some(Money::of(3_600_000.0, Currency::JPY)));
    assert_eq!(
        (deal.close, deal.probability),
        (Some(day(2026, 12, 25)), Some(70))
    );
    assert_eq!(deal.kind, Some(DealKind::Renewal));
    assert_eq!(aoba.tickets[0].status, Status::Open);
    assert_eq!(aoba.tickets[0].priority, Priority::High);
}

#[test]
fn hubspot_exports_join_by_record_id_and_by_name() {
    let mut desk = Desk::new();
    desk.take(&[
        ("hubspot-companies.csv", "Record ID,Company name,Company Domain Name,Company owner,Lifecycle Stage,Number of Employees\n9001,Kilo Data,kilo.example,Dana West,Customer,40\n"),
        ("hubspot-contacts.csv", "Record ID,First Name,Last Name,Email,Job Title,Buying role,Contact owner,Primary Associated Company ID\n51,Ada,Moss,ada@kilo.example,CTO,DECISION_MAKER,Dana West,9001\n"),
        ("hubspot-deals.csv", "Record ID,Deal Name,Deal Stage,Close Date,Deal owner,Amount,Currency,Deal Type,Associated Company\n71,Kilo expansion,contractsent,2026-12-15,Sam,9000,USD,existingbusiness,Kilo Data\n"),
        ("hubspot-tickets.csv", "Ticket ID,Ticket name,Pipeline,Ticket status,Create date,Priority,Associated Company\n81,SSO loop,Support Pipeline,Waiting on contact,2026-11-10 16:40,MEDIUM,Kilo Data\n"),
    ]);
    let kilo = desk.dossier("9001");
    assert_eq!(kilo.account.stage, None, "a customer may be in any stage");
    assert_eq!(kilo.account.attributes["Lifecycle Stage"], "Customer");
    assert_eq!(kilo.account.owner, "Dana West");
    assert_eq!(
        kilo.contacts[0].role.map(|r| r.key()),
        Some("decision-maker")
    );
    assert_eq!(
        (kilo.deals[0].owner.as_str(), kilo.deals[0].kind),
        ("Sam", None)
    );
    assert_eq!(
        kilo.deals[0].amount,
        Some(Money::of(9_000.0, Currency::USD))
    );
    assert_eq!(
        (kilo.tickets[0].status, kilo.tickets[0].priority),
        (Status::Pending, Priority::Normal)
    );
}

#[test]
fn ratings_in_words_become_numbers_and_an_offered_one_is_none() {
    let mut desk = Desk::new();
    desk.take_in(&[("account.csv", ACCOUNT)], None);
    desk.take(&[
        ("zendesk.csv", "Id,Requester,Subject,Status,Priority,Via,Ticket type,Created at,Organization,Satisfaction Score\n1,Jo,A,Solved,Low,Mail,Incident,2026-11-02,Acme Inc,Good\n2,Jo,B,On-hold,High,Mail,Incident,2026-11-03,Acme Inc,Offered\n3,Jo,C,Closed,Normal,Mail,Question,2026-11-03,Acme Inc,Bad\n"),
        ("freshdesk.csv", "Ticket ID,Subject,Status,Priority,Source,Type,Agent,Created time,Resolved time,Survey results,Email,Company Name\n11,D,Waiting on Customer,Urgent,Email,Incident,Sam,2026-11-02 09:00:00,,,jo@acme.example,Acme Inc\n12,E,Resolved,Low,Email,Question,Sam,2026-11-02 09:00:00,2026-11-02 11:00:00,Extremely Unhappy,jo@acme.example,Acme Inc\n"),
        ("jira.csv", "Summary,Issue key,Issue id,Issue Type,Status,Priority,Reporter,Created,Resolved,Custom field (Organizations)\nF,SUP-1,1001,Support,Waiting for customer,Highest,Jo,2026-11-02 09:00,,Acme Inc\n"),
    ]);
    let acme = desk.dossier("001A");
    let of = |id: &str| {
        let t = acme
            .tickets
            .iter()
            .find(|t| t.id.as_str() == id)
            .expect("a ticket");
        (t.status, t.priority, t.csat)
    };
    assert_eq!(of("1"), (Status::Solved, Priority::Low, Some(5.0)));
    assert_eq!(of("2"), (Status::Pending, Priority::High, None));
    assert_eq!(of("3"), (Status::Closed, Priority::Normal, Some(1.0)));
    assert_eq!(of("11"), (Status::Pending, Priority::Urgent, None));
    assert_eq!(of("12"), (Status::Solved, Priority::Low, Some(1.0)));
    assert_eq!(of("SUP-1"), (Status::Pending, Priority::Urgent, None));
}

#[test]
fn subscriptions_of_billing_keep_their_term_and_state() {
    let mut desk = Desk::new();
    desk.take_in(&[("account.csv", ACCOUNT)], None);
    desk.take(&[
        ("stripe.csv", "id,Customer ID,Plan,Quantity,Interval,Amount,Status,Created (UTC),Start (UTC),Current Period Start (UTC),Current Period End (UTC),Ended At (UTC)\nsub_1,001A,team,12,month,9.90,past_due,2026-01-05 10:00,2026-01-05 10:00,2026-11-05 10:00,2026-12-05 10:00,\n"),
        ("chargebee.csv", "subscriptions.id,customers.id,subscriptions.plan_id,subscriptions.plan_quantity,subscriptions.status,subscriptions.current_term_start,subscriptions.current_term_end,subscriptions.mrr,subscriptions.currency_code\ncb_1,001A,growth,30,in_trial,2026-02-01,2027-01-31,500,USD\n"),
        ("zuora.csv", "id,account_id,name,status,term_start_date,term_end_date,auto_renew,initial_term\nzu_1,001A,A-S0001,Active,2026-03-01,2027-02-28,true,12\n"),
    ]);
    let acme = desk.dossier("001A");
    let of = |id: &str| {
        acme.subscriptions
            .iter()
            .find(|s| s.id.as_str() == id)
            .expect("a subscription")
    };
    let stripe = of("sub_1");
    assert_eq!(
        (stripe.start, stripe.end),
        (Some(day(2026, 1, 5)), None),
        "it goes on"
    );
    assert_eq!(
        (stripe.seats, stripe.period_months, stripe.past_due),
        (Some(12), Some(1), true)
    );
    assert_eq!(stripe.arr, None, "the price of a unit is no yearly value");
    let chargebee = of("cb_1");
    assert_eq!(chargebee.arr, Some(Money::of(6_000.0, Currency::USD)));
    assert!(chargebee.trial);
    assert_eq!(chargebee.end, Some(day(2027, 1, 31)));
    assert_eq!(of("A-S0001").auto_renew, Some(true));
}

#[test]
fn rows_that_explain_a_survey_s_header_are_no_answers() {
    let mut desk = Desk::new();
    desk.take_in(&[("account.csv", ACCOUNT)], None);
    let text = "StartDate,EndDate,Status,Progress,RecordedDate,ResponseId,RecipientEmail,ExternalReference,DistributionChannel,UserLanguage,NPS,NPS comment\n\
        Start Date,End Date,Response Type,Progress,Recorded Date,Response ID,Recipient Email,External Data Reference,Distribution Channel,User Language,How likely are you to recommend us?,Why?\n\
        \"{\"\"ImportId\"\":\"\"startDate\"\"}\",\"{\"\"ImportId\"\":\"\"endDate\"\"}\",x,x,x,x,x,x,x,x,x,x\n\
        2026-10-01 09:00:00,2026-10-01 09:02:00,IP Address,100,2026-10-01 09:02:00,R_1,jo@acme.example,001A,email,EN,9,Fast\n\
        2026-10-02 09:00:00,2026-10-02 09:02:00,IP Address,100,2026-10-02 09:02:00,R_2,al@acme.example,001A,email,EN,4,Slow\n";
    let plan = desk.take(&[("qualtrics.csv", text)]);
    assert_eq!(plan.kinds[&Kind::Surveys].new, 2);
    let surveys = desk.dossier("001A").surveys;
    let scores: Vec<f64> = surveys.iter().map(|s| s.score).collect();
    assert_eq!(scores, [9.0, 4.0]);
    assert_eq!(surveys[0].date, Some(day(2026, 10, 1)));
    assert_eq!(surveys[0].comment, "Fast");
}

#[test]
fn a_table_without_a_header_is_read_by_position() {
    let row = |n: u32, number: &str, name: &str, kana: &str| {
        format!(
            "{n},{number},01,0,2026-11-14,2015-10-05,\"{name}\",,301,\"東京都\",\"文京区\",\"湯島２丁目\",,13,105,1130034,,,,,,,2015-10-05,1,,,,,\"{kana}\",0\n"
        )
    };
    let text = row(1, "1010001000001", "架空医療器株式会社", "カクウイリョウキ")
        + &row(2, "1010001000002", "架空商事株式会社", "カクウショウジ");
    let mut desk = Desk::new();
    let plan = desk.take(&[("diff_20261114.csv", &text)]);
    assert_eq!(plan.kinds[&Kind::Accounts].new, 2, "the first row is data");
    let one = desk.dossier("1010001000001").account;
    assert_eq!(
        (one.name.as_str(), one.reading.as_str()),
        ("架空医療器株式会社", "カクウイリョウキ")
    );
    assert!(
        one.attributes.is_empty(),
        "columns without a name are no attributes"
    );
    // A header of thirty columns, or a number that is too short, is no such table.
    let header = (1..=30)
        .map(|n| format!("c{n}"))
        .collect::<Vec<_>>()
        .join(",");
    assert_eq!(recognised("x.csv", &header), None);
    assert_eq!(
        recognised(
            "x.csv",
            text.lines()
                .next()
                .expect("a row")
                .replacen("1010001000001", "101", 1)
                .as_str()
        ),
        None
    );
}

#[test]
fn kintone_and_business_cards_come_in() {
    let mut desk = Desk::new();
    desk.take(&[
        ("顧客リスト.csv", "レコード番号,会社名,担当者名,郵便番号,住所,TEL,メールアドレス,顧客ランク,更新日時\n12,みなと電機,山本 一郎,100-0001,東京都,03-0000-0000,yamamoto@minato.example,A,2026-11-01 10:00\n"),
        ("meishi.csv", "会社名,部署名,役職,氏名,e-mail,携帯電話,名刺交換日\nみなと電機,情報システム部,課長,山本 一郎,yamamoto@minato.example,090-0000-0000,2026/09/01\n"),
        ("案件管理.csv", "レコード番号,案件名,会社名,確度,受注予定日,合計費用,担当者\n5,追加導入,みなと電機,B,2026-12-20,\"500,000円\",佐藤\n"),
    ]);
    let minato = desk.dossier("12");
    assert_eq!(minato.account.name, "みなと電機");
    assert_eq!(minato.account.tier.map(|t| t.key()), Some("enterprise"));
    assert_eq!(minato.contacts[0].title, "課長");
    assert_eq!(minato.contacts[0].last_contacted, Some(day(2026, 9, 1)));
    assert_eq!(minato.deals[0].close, Some(day(2026, 12, 20)));
    assert_eq!(minato.deals[0].probability, None, "a rank is no percentage");
}

/// What each table of other people's samples is: a kind, or none where it is a list of something
/// else or joins two tables.
const SAMPLES: &[(&str, Option<Kind>)] = &[
    ("hubspot/company_data.csv", Some(Kind::Accounts)),
    ("hubspot/contact_data.csv", Some(Kind::Contacts)),
    ("hubspot/deal_data.csv", None),
    ("hubspot/ticket_company_data.csv", None),
    ("hubspot/ticket_data.csv", Some(Kind::Tickets)),
    ("hubspot/ticket_pipeline_data.csv", None),
    ("hubspot/ticket_pipeline_stage_data.csv", None),
    ("hubspot/engagement_company_data.csv", None),
    ("hubspot/engagement_task_data.csv", None),
    ("intercom/help_center_history_data.csv", None),
    ("hubspot/company_property_history_data.csv", None),
    ("stripe/subscription_item_data.csv", None),
    ("zendesk/organization_tag_data.csv", None),
    ("zendesk/ticket_form_history_data.csv", None),
    ("intercom/article_history_data.csv", None),
    ("intercom/company_history_data.csv", Some(Kind::Accounts)),
    ("intercom/contact_history_data.csv", Some(Kind::Contacts)),
    (
        "intercom/conversation_history_data.csv",
        Some(Kind::Tickets),
    ),
    ("intercom/team_data.csv", None),
    ("intercom/tag_data.csv", None),
    ("mixpanel/event.csv", Some(Kind::Usage)),
    ("stripe/customer_data.csv", Some(Kind::Accounts)),
    ("stripe/subscription_data.csv", Some(Kind::Subscriptions)),
    (
        "stripe/subscription_history_data.csv",
        Some(Kind::Subscriptions),
    ),
    ("zendesk/audit_log_data.csv", None),
    ("zendesk/brand_data.csv", None),
    ("zendesk/domain_name_data.csv", None),
    ("zendesk/group_data.csv", None),
    ("zendesk/organization_data.csv", Some(Kind::Accounts)),
    ("zendesk/schedule_data.csv", None),
    ("zendesk/ticket_comment_data.csv", None),
    ("zendesk/ticket_data.csv", Some(Kind::Tickets)),
    ("zendesk/ticket_schedule_data.csv", None),
    ("zendesk/user_data.csv", Some(Kind::Contacts)),
    ("zendesk/user_tag_data.csv", None),
];

/// Tables of the samples that are known as something that is not read.
const OTHERS: &[(&str, &str)] = &[
    ("stripe/invoice_data.csv", "invoices"),
    ("stripe/invoice_line_item_data.csv", "invoices"),
    ("intercom/collection_history_data.csv", "pages"),
    ("hubspot/owner_data.csv", "team"),
    ("stripe/plan_data.csv", "prices"),
    ("stripe/price_data.csv", "prices"),
    ("stripe/product_data.csv", "products"),
];

#[test]
fn the_samples_of_vendors_are_recognised() {
    let folder = std::env::var_os("KENSHIN_REAL_DATA").map(|d| Path::new(&d).join("vendor-shapes"));
    let Some(folder) = folder.filter(|d| d.exists()) else {
        eprintln!("skipped: KENSHIN_REAL_DATA does not name a folder with vendor-shapes");
        return;
    };
    let mut wrong = Vec::new();
    for folder in std::fs::read_dir(&folder).expect("readable").flatten() {
        let files = std::fs::read_dir(folder.path()).into_iter().flatten();
        for file in files.flatten().map(|f| f.path()) {
            let name = format!(
                "{}/{}",
                folder.file_name().display(),
                file.file_name().unwrap_or_default().display()
            );
            if !name.ends_with(".csv") {
                continue;
            }
            let text = std::fs::read(&file).expect("the file is readable");
            let text = String::from_utf8_lossy(&text);
            let headers: Vec<String> = text
                .lines()
                .next()
                .unwrap_or_default()
                .split(',')
                .map(str::to_owned)
                .collect();
            let known = other(&headers).map(|o| o.key.as_str());
            let desk = Desk::new();
            let plan = desk.plan(&[(&name, &text)], None);
            let kind = plan.files[0].kind;
            if let Some((_, want)) = SAMPLES.iter().find(|(n, _)| *n == name)
                && kind != *want
            {
                wrong.push(format!("{name}: {kind:?}"));
            }
            let want = OTHERS.iter().find(|(n, _)| *n == name).map(|(_, k)| *k);
            if known != want {
                wrong.push(format!("{name}: {known:?} for {want:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
