package csp.onboarding.provisioning.api;

import static csp.testsupport.DemoPartner.CONTOSO;
import static org.hamcrest.Matchers.is;

import csp.testsupport.PostgresTestResource;
import csp.testsupport.WithoutSandbox;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** Where there is no sandbox, customers are not deleted (storefront.md §1). */
@QuarkusTest
@TestProfile(WithoutSandbox.class)
@QuarkusTestResource(PostgresTestResource.class)
@DisplayNameGeneration(ReplaceUnderscores.class)
class DeleteCustomerOutsideSandboxTest {

    @Test
    void a_customer_is_not_deleted_900127() {
        var alpine = "/v1/customers/c0000000-0000-4000-8000-000000000001";
        CONTOSO.calls().delete(alpine).then().statusCode(400).body("code", is(900127));
        CONTOSO.calls().get(alpine).then().statusCode(200);
    }
}
