package csp.directory.customer.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import csp.testsupport.MeasuredDatabase;
import csp.testsupport.Sql;
import csp.testsupport.TestPartner;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A page of 10,000 customers costs as much at the end of the list as at its start: the database reads the page, and no more.
 */
@QuarkusTest
@WithTestResource(MeasuredDatabase.class)
@DisplayNameGeneration(ReplaceUnderscores.class)
class CustomerListPlanTest {

    private static final int ALL = 10_000;
    private static final int SIZE = 250;
    private static final Pattern PAGE = Pattern.compile("plan:\\R((?:\\t.*\\R)+)");
    private static final Pattern SCAN =
            Pattern.compile("Index (?:Only )?Scan (?:Backward )?using customer_listing_pkey on "
                    + "customer_listing l .*\\(actual [^)]*rows=(\\d+)[^)]*loops=1\\)\\R\\s+Index Cond: .*ROW\\(");

    @ConfigProperty(name = "quarkus.datasource.jdbc.url")
    String url;

    @ConfigProperty(name = "quarkus.datasource.username")
    String username;

    @ConfigProperty(name = "quarkus.datasource.password")
    String password;

    private final TestPartner partner = new TestPartner();

    @ParameterizedTest
    @ValueSource(
            strings = {"", "&filter={\"Field\":\"CompanyName\",\"Value\":\"cOMPANY\",\"Operator\":\"starts_with\"}"})
    void every_page_reads_its_own_rows_only(String filter) throws SQLException, IOException {
        partner.load();
        try (var database = new Sql(DriverManager.getConnection(url, username, password))) {
            database.update(
                    "insert into customer select gen_random_uuid(), 'Company ' || md5(n::text), ? || n, 'US', null, 1 "
                            + "from generate_series(1, ?) n",
                    partner.tenantId + ".",
                    ALL);
            database.update(
                    "insert into customer_relationship select tenant_id, ?, 'DIRECT_RESELLER', null, true, 'DIRECT' "
                            + "from customer where domain like ?",
                    partner.tenantId,
                    partner.tenantId + ".%");
            database.update("analyze");
            database.update("alter system set auto_explain.log_analyze = on");
            database.column("select pg_reload_conf()");
            var log = Path.of(database.column("show data_directory").get(0)).resolveSibling("postgres.log");
            var names = new ArrayList<String>();
            JsonPath page = null;
            var before = Files.size(log);
            do {
                page = get("?size=" + SIZE + (page == null ? "" : "&seekOperation=Next") + filter, page);
                names.addAll(page.getList("items.companyProfile.companyName"));
            } while (page.get("links.next") != null);
            assertEquals(names.stream().sorted().toList(), names);
            assertEquals(ALL, names.size());
            get("?size=" + SIZE + "&seekOperation=Previous" + filter, page);
            database.column("select 'the end of the measurement'");
            var plans = plansIn(Files.readString(log).substring((int) before));
            assertEquals(
                    ALL / SIZE, plans.size(), "every page but the first begins at a position"); // and one leads back
            for (var plan : plans) {
                var scan = SCAN.matcher(plan);
                assertTrue(scan.find(), plan);
                assertTrue(Integer.parseInt(scan.group(1)) <= SIZE + 1, plan);
                assertFalse(plan.contains("Sort "), plan);
            }
        }
    }

    private JsonPath get(String query, JsonPath page) {
        var request = partner.sendsAnything().urlEncodingEnabled(true);
        if (page != null) {
            request.header("MS-ContinuationToken", page.getString("continuationToken"));
        }
        for (var parameter : query.substring(1).split("&")) {
            var nameAndValue = parameter.split("=", 2);
            request.queryParam(nameAndValue[0], nameAndValue[1]);
        }
        return request.get("/v1/customers").then().statusCode(200).extract().jsonPath();
    }

    /** Those of the queries for a page that begins at a position. */
    private static List<String> plansIn(String log) {
        return PAGE.matcher(log)
                .results()
                .map(found -> found.group(1))
                .filter(plan -> plan.contains("customer_listing l") && plan.contains("(l.list_name, l.customer_id)"))
                .toList();
    }
}
