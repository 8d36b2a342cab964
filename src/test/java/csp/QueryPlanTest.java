package csp;

import static csp.testsupport.DemoPartner.CONTOSO;
import static csp.testsupport.DemoPartner.FABRIKAM;
import static io.restassured.RestAssured.given;
import static java.net.URLEncoder.encode;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toCollection;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import csp.testsupport.DemoPartner;
import csp.testsupport.MeasuredDatabase;
import csp.testsupport.PartnerClient;
import csp.testsupport.PartnerClient.Answer;
import csp.testsupport.Sql;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ExtractableResponse;
import io.restassured.response.Response;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** With 100,000 transfers of one partner every query of every operation finds its rows through an index. */
@QuarkusTest
@WithTestResource(MeasuredDatabase.class)
@DisplayNameGeneration(ReplaceUnderscores.class)
class QueryPlanTest {

    private static final Set<String> TABLES = Set.of(
            "transfer",
            "subscription",
            "customer_order",
            "customer_relationship",
            "customer",
            "transfer_claim",
            "stored_answer",
            "user_account",
            "application",
            "partner",
            "partnership",
            "customer_agreement",
            "webhook_delivery",
            "webhook_registration");

    private static final Pattern WHOLE_INDEX = Pattern.compile("Index (Only )?Scan .*\\R(?!\\s*(Index Cond|Order By))");

    /**
     * 2,000 partners, 21,000 customers, 1,000 of them Contoso's and Fabrikam's, each with 100 transfers, closed and open ones.
     */
    private static final List<String> MANY = List.of(
            """
            create function id(kind text, n bigint) returns uuid immutable language sql as
            $$ select (kind || '0000000-0000-4000-9000-' || lpad(n::text, 12, '0'))::uuid $$""",
            """
            insert into partner (tenant_id, name, domain, mpn_id, country, currency, direct_bill, indirect_reseller,
                indirect_provider, partner_agreement_signed)
            select id('a', n), 'Partner ' || n, 'p' || n || '.example', 'm' || n, 'US', 'USD', 'NONE', 'ENROLLED', 'NONE', true
            from generate_series(1, 2000) n""",
            """
                    insert into partnership select case when n <= 40 then '%2$s' else id('a', n %% 20 + 1) end, id('a', n), 'ACTIVE'
                    from generate_series(21, 2000) n""",
            "insert into application select id('e', n), id('a', n), null from generate_series(1, 2000) n",
            """
                    insert into customer select id('c', n), 'Company ' || n, 'c' || n || '.example', 'US', null, 1
                    from generate_series(1, 21000) n""",
            """
                    insert into user_account select id('b', n), null, id('c', n), 'owner@c' || n || '.example', null, '{}'
                    from generate_series(1, 21000) n""",
            """
                    insert into customer_relationship
                    select id('c', n), '%1$s'::uuid, 'DIRECT_RESELLER', null::uuid, true, 'DIRECT' from generate_series(1, 1000) n
                    union all select id('c', n), '%2$s', 'INDIRECT_PROVIDER', '%1$s', false, 'EXTENSION' from generate_series(1, 1000) n
                    union all select id('c', n), id('a', n %% 2000 + 1), 'DIRECT_RESELLER', null, true, 'DIRECT'
                    from generate_series(1001, 21000) n""",
            """
                    insert into customer_agreement select id('c', n), 'MicrosoftCustomerAgreement', null, 'DIRECT', now(), null
                    from generate_series(1, 21000) n""",
            """
                    insert into subscription (id, customer_id, partner_id, product, offer_id, offer_name, friendly_name, quantity,
                        billing_cycle, term_duration, status, sync_state, parent_subscription_id, creation_date, commitment_end_date,
                        auto_renew_enabled, order_id, version)
                    select id('5', c * 100 + s), id('c', c), case when c <= 1000 then '%1$s' else id('a', c %% 2000 + 1) end, 'LICENSE',
                        'offer', 'offer', 'name', 5, 'ANNUAL', 'P1Y', 'ACTIVE', 'COMPLETE',
                        case when s > 20 then id('5', c * 100 + s - 10) end, now(), now(), true, 'order', 1
                    from generate_series(1, 21000) c, generate_series(1, 30) s where c <= 1000 or s = 1""",
            """
                    insert into transfer (id, type, customer_tenant_id, source_partner_tenant_id, source_partner_name,
                        target_partner_tenant_id, target_partner_name, status, created_time, last_modified_time, last_modified_user,
                        line_items, version)
                    select id('7', c * 1000 + t), 'LEGACY', id('c', c), '%1$s', 'Contoso', '%2$s', 'Fabrikam',
                        case when t <= 10 then 'ACTIVE' when t <= 70 then 'COMPLETE' when t <= 90 then 'REJECTED' else 'WITHDRAWN' end,
                        now(), now(), '%1$s', case when t between 11 and 70
                        then jsonb_build_array(jsonb_build_object('subscriptionId', id('5', c * 100 + 1), 'offerId', 'offer',
                            'billingCycle', 'annual', 'friendlyName', 'name', 'quantity', 5, 'status', 'Complete', 'orderId', 'o',
                            'transferGroupId', 0, 'addonItems', '[]'::jsonb))
                        else jsonb_build_array(jsonb_build_object('subscriptionId', id('5', c * 100 + least(t, 10)), 'offerId', 'offer',
                            'billingCycle', 'annual', 'friendlyName', 'name', 'quantity', 5, 'addonItems', '[]'::jsonb)) end, 0
                    from generate_series(1, 1000) c, generate_series(1, 100) t""",
            """
                    insert into transfer_claim select id('5', c * 100 + t), id('7', c * 1000 + t)
                    from generate_series(1, 1000) c, generate_series(1, 10) t""",
            """
                    insert into customer_order select id('d', c * 1000 + t)::text, id('c', c), '%2$s', id('7', c * 1000 + t), 0, 'annual', 'USD',
                        'completed', 'UserPurchase', now(), '[{"lineItemNumber": 0, "offerId": "offer", "quantity": 1}]', 1
                    from generate_series(1, 1000) c, generate_series(11, 70) t""",
            """
                    insert into audit_record (partner_id, participants, customer_id, resource_type, resource_id, operation_type, operation_date)
                    select '%1$s', array['%1$s', '%2$s']::uuid[], id('c', c), 'transfer', id('7', c * 1000 + t)::text, 'create_transfer', now()
                    from generate_series(1, 1000) c, generate_series(1, 100) t""",
            """
                    insert into stored_answer select '%1$s', '%1$s', n::text, 'POST', '/', '', 201, '{}', now() - n * interval '1 second'
                    from generate_series(1, 100000) n""",
            """
                    insert into sign_in_failure select n::text, 1, now() - n * interval '1 millisecond'
                    from generate_series(1, 100000) n""",
            """
                    insert into refresh_token select n::text, id('b', n), id('a', n), id('e', n), 'resource', '', now() - n * interval '1 second'
                    from generate_series(1, 100000) n""",
            """
                    insert into partner (tenant_id, name, domain, mpn_id, country, currency, direct_bill, indirect_reseller,
                        indirect_provider, partner_agreement_signed)
                    select id('f', n), 'Listener ' || n, 'f' || n || '.example', 'f' || n, 'US', 'USD', 'NONE', 'NONE', 'NONE', true
                    from generate_series(1, 20000) n""",
            """
                    insert into webhook_registration select id('f', n), 'http://localhost:9/', '{expire-transfer}', false
                    from generate_series(1, 20000) n""",
            """
                    insert into webhook_delivery (id, partner_id, event_name, transfer_id, body, created_time, state, tries, due)
                    select id('9', n), id('a', n %% 2000 + 1), 'create-transfer', id('7', n), '{}', now(),
                        case when n <= 90000 then 'DELIVERED' else 'WAITING' end, 1, case when n > 90000 then timestamptz '2999-01-01' end
                    from generate_series(1, 100000) n""",
            "analyze");

    @ConfigProperty(name = "quarkus.datasource.jdbc.url")
    String url;

    @ConfigProperty(name = "quarkus.datasource.username")
    String username;

    @ConfigProperty(name = "quarkus.datasource.password")
    String password;

    @Test
    void every_query_of_every_operation_finds_its_rows_through_an_index() throws SQLException, IOException {
        var contoso = PartnerClient.of(CONTOSO, DemoPartner.serviceUnderTest());
        var fabrikam = PartnerClient.of(FABRIKAM, DemoPartner.serviceUnderTest());
        try (var database = new Sql(DriverManager.getConnection(url, username, password))) {
            MANY.forEach(statement -> database.update(statement.formatted(CONTOSO.tenantId, FABRIKAM.tenantId)));
            var log = Path.of(database.column("show data_directory").get(0)).resolveSibling("postgres.log");
            var before = Files.size(log);
            signIn(Map.of(
                    "grant_type",
                    "client_credentials",
                    "client_id",
                    CONTOSO.clientId.toString(),
                    "client_secret",
                    "contoso-secret"));
            var user = signIn(Map.of(
                    "grant_type",
                    "password",
                    "client_id",
                    "e0000000-0000-4000-8000-0000000000fe",
                    "username",
                    "admin@contoso.example",
                    "password",
                    "contoso-password"));
            signIn(Map.of(
                    "grant_type",
                    "refresh_token",
                    "client_id",
                    "e0000000-0000-4000-8000-0000000000fe",
                    "refresh_token",
                    user.<String>path("refresh_token")));
            read(contoso, fabrikam);
            write(contoso, fabrikam);
            database.column("select 'the end of the measurement'");
            var plans = plansIn(Files.readString(log).substring((int) before));
            var seen = plans.stream().flatMap(plan -> tablesOf(plan).stream()).collect(toCollection(TreeSet::new));
            assertTrue(
                    seen.containsAll(TABLES), () -> "No query was seen for some of " + TABLES + ", only for " + seen);
            assertEquals(
                    List.of(),
                    plans.stream()
                            .filter(QueryPlanTest::readsAWholeTable)
                            .distinct()
                            .toList());
        }
    }

    private static ExtractableResponse<Response> signIn(Map<String, String> form) {
        return given().formParams(form)
                .formParam("scope", "https://api.partnercenter.microsoft.com/.default offline_access")
                .post("/contoso.example/oauth2/v2.0/token")
                .then()
                .statusCode(200)
                .extract();
    }

    private void read(PartnerClient contoso, PartnerClient fabrikam) {
        var customer = "/v1/customers/" + id("c", 500);
        for (var partner : List.of(contoso, fabrikam)) {
            ok(partner.get(customer));
            ok(partner.get(customer + "/transfers"));
            ok(partner.get(customer + "/transfers/" + id("7", 500_001)));
            ok(partner.get(customer + "/transferseligibility?transferType=directtoindirect"));
            ok(partner.get(customer + "/subscriptions"));
            ok(partner.get(customer + "/orders"));
            ok(partner.get("/v1/customers"));
            ok(partner.get("/v1/customers?size=10"));
            for (var field : List.of("CompanyName", "Domain")) {
                ok(partner.get("/v1/customers?size=10&filter="
                        + encode("{\"Field\":\"" + field + "\",\"Value\":\"c\",\"Operator\":\"starts_with\"}", UTF_8)));
            }
        }
        var admin = PartnerClient.of(FABRIKAM, "admin", DemoPartner.serviceUnderTest());
        ok(admin.get("/v1/relationships?relationship_type=IsIndirectCloudSolutionProviderOf"));
        ok(admin.get(customer + "/relationships"));
        ok(admin.get("/v1/customers?size=10&filter="
                + encode(
                        "{\"Field\":\"IndirectReseller\",\"Value\":\"" + CONTOSO.tenantId
                                + "\",\"Operator\":\"starts_with\"}",
                        UTF_8)));
        ok(contoso.get(customer + "/subscriptions/" + id("5", 50_011)));
        ok(contoso.get(customer + "/subscriptions/" + id("5", 50_011) + "/addons"));
        ok(fabrikam.get(customer + "/orders/" + id("d", 500_011)));
    }

    private void write(PartnerClient contoso, PartnerClient fabrikam) {
        var transfers = "/v1/customers/" + id("c", 500) + "/transfers";
        var body = Map.of(
                "sourcePartnerTenantId",
                CONTOSO.tenantId,
                "targetPartnerTenantId",
                FABRIKAM.tenantId,
                "lineItems",
                List.of(
                        Map.of("subscriptionId", id("5", 50_011), "partnerIdOnRecord", CONTOSO.mpnId),
                        Map.of("subscriptionId", id("5", 50_012))));
        for (Ending ending : new Ending[] {
            path -> contoso.delete(path),
            path -> fabrikam.patch(path, Map.of("status", "reject")),
            path -> fabrikam.post(path + "/accept", null)
        }) {
            var created = contoso.post(transfers, body);
            ok(created);
            ok(ending.of(transfers + "/" + created.json().path("id").asText()));
        }
        var patch = contoso.patch(
                "/v1/customers/" + id("c", 500) + "/subscriptions/" + id("5", 50_013), Map.of("quantity", 6));
        ok(patch);
    }

    private interface Ending {
        Answer of(String transferPath);
    }

    private static void ok(Answer answer) {
        assertTrue(answer.succeeded(), answer::body);
    }

    private static UUID id(String kind, long number) {
        return UUID.fromString("%s0000000-0000-4000-9000-%012d".formatted(kind, number));
    }

    /** Each with its query. Continuation lines begin with a tab. */
    private static List<String> plansIn(String log) {
        var plans = new ArrayList<String>();
        var plan = Pattern.compile("plan:\\R((?:\\t.*\\R)+)").matcher(log);
        while (plan.find()) {
            plans.add(plan.group(1));
        }
        return plans;
    }

    /** Row by row or through a whole index; the single signing key and the driver's questions about the catalogue apart. */
    private static boolean readsAWholeTable(String plan) {
        return (plan.contains("Seq Scan on ") || WHOLE_INDEX.matcher(plan).find())
                && !plan.contains("Seq Scan on signing_key ")
                && !plan.contains("pg_catalog.pg_class");
    }

    private static List<String> tablesOf(String plan) {
        var tables = new ArrayList<String>();
        var scan = Pattern.compile("(?: on | Update on | Insert on | Delete on )(\\w+)")
                .matcher(plan.replaceAll("Query Text: [^\\t]*", ""));
        while (scan.find()) {
            tables.add(scan.group(1));
        }
        return tables;
    }
}
