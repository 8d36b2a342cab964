package csp.chaos;

/** The demo world: who there is, and what they ask for. */
final class Demo {

    static final Request READINESS = Request.get("/q/health/ready");
    static final Request LIVENESS = Request.get("/q/health/live");

    static final String CONTOSO = "a0000000-0000-4000-8000-000000000001";
    static final String FABRIKAM = "a0000000-0000-4000-8000-000000000002";
    static final String CONTOSO_APPLICATION = "e0000000-0000-4000-8000-000000000001";
    static final String ALPINE = "c0000000-0000-4000-8000-000000000001";
    private static final String PUBLIC_CLIENT = "e0000000-0000-4000-8000-0000000000fe";

    private Demo() {}

    /** An application asks for a token; {@code number} is the last digit of its client id. */
    static Request signIn(String partner, int number, String secret) {
        return Request.of("POST", "/" + partner + ".example/oauth2/v2.0/token")
                .form("grant_type=client_credentials&scope=https://api.partnercenter.microsoft.com/.default"
                        + "&client_id=e0000000-0000-4000-8000-00000000000" + number + "&client_secret=" + secret);
    }

    static Request contosoSignsIn() {
        return signIn("contoso", 1, "contoso-secret");
    }

    /** A user of a partner asks for a token. */
    static Request userSignsIn(String name, String partner, String password) {
        return Request.of("POST", "/" + partner + ".example/oauth2/token")
                .form("grant_type=password&resource=https://api.partnercenter.microsoft.com&client_id=" + PUBLIC_CLIENT
                        + "&username=" + name + "@" + partner + ".example&password=" + password);
    }

    static Request operatorSignsIn() {
        return Request.of("POST", "/sandbox/oauth2/token")
                .form("grant_type=client_credentials&resource=https://api.partnercenter.microsoft.com"
                        + "&client_id=e0000000-0000-4000-8000-0000000000ff&client_secret=sandbox");
    }

    static String token(Service service, Request signIn) {
        return service.prepare(signIn).text("access_token");
    }

    static String contoso(Service service) {
        return token(service, contosoSignsIn());
    }

    static String fabrikam(Service service) {
        return token(service, signIn("fabrikam", 2, "fabrikam-secret"));
    }

    static String operator(Service service) {
        return token(service, operatorSignsIn());
    }

    /** A read of the mirrored API that asks the database. */
    static Request read(String token) {
        return Request.get("/v1/customers/" + ALPINE + "/subscriptions").as(token);
    }
}
