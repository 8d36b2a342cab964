package csp.openapi;

import static io.restassured.RestAssured.given;
import static java.util.Map.entry;
import static org.hamcrest.Matchers.anyOf;
import static org.hamcrest.Matchers.is;

import csp.testsupport.ContractFilter;
import csp.testsupport.DemoPartner;
import csp.testsupport.Sandbox;
import csp.testsupport.TestSecret;
import io.restassured.specification.RequestSpecification;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

/**
 * A small world that is nobody else's: a source and a target of a transfer, a direct-bill partner that enrols as reseller, a customer
 * with a subscription, an order and an open transfer of either flavour, open invitations, and a notification that was given up.
 */
final class AuthorizationWorld {

    static final List<String> ROLES =
            List.of("GlobalAdmin", "AdminAgent", "SalesAgent", "HelpdeskAgent", "BillingAdmin");

    /** Operations that legacy transfers do not have. */
    private static final Set<String> OF_NEW_COMMERCE = Set.of("rejectTransfer", "getTransferStatement");

    private static final String PUBLIC_CLIENT = "e0000000-0000-4000-8000-0000000000fe";
    private static final int LINK_TOKEN = 48;
    private static final String SCOPE = "https://api.partnercenter.microsoft.com/.default";

    private final Map<String, UUID> partners =
            Map.of("source", UUID.randomUUID(), "target", UUID.randomUUID(), "enrolling", UUID.randomUUID());
    private final UUID customer = UUID.randomUUID();
    private final UUID subscription = UUID.randomUUID();
    private final UUID transfer = UUID.randomUUID();
    private final UUID newCommerceTransfer = UUID.randomUUID();
    private final UUID order = UUID.randomUUID();
    private final UUID notification = UUID.randomUUID();
    private final String partnershipToken = token();
    private final String customerToken = token();
    private final Map<String, String> tokens = new HashMap<>();
    private String auditRecord;

    /** What of this world must be told to nobody else. */
    String secret() {
        return customer.toString().substring(24);
    }

    AuthorizationWorld load() {
        Sandbox.load(document()).then().statusCode(201);
        return this;
    }

    /**
     * A value for each parameter in a path. The operation decides which kind of token, and which partner is meant.
     *
     * @throws IllegalArgumentException for a parameter that this world has nothing for
     */
    String value(String operation, String parameter) {
        return switch (parameter) {
            case "customerId" -> customer.toString();
            case "subscriptionId" -> subscription.toString();
            case "transferId" -> (OF_NEW_COMMERCE.contains(operation) ? newCommerceTransfer : transfer).toString();
            case "orderId" -> order.toString();
            case "partnerId" -> partners.get("target").toString();
            case "enrolmentId" -> partners.get("enrolling").toString();
            case "token" -> operation.contains("CustomerInvitation") ? customerToken : partnershipToken;
            case "auditRecordId" -> auditRecord();
            case "correlationId", "deliveryId" -> notification.toString();
            case "name" -> operation.endsWith("Snapshot") ? snapshot() : "root"; // of a certificate
            case "faultId" -> fault();
            case "entryId" -> journalEntry();
            case "tenant" -> "organizations";
            case "countryCode" -> "US";
            case "domain" -> customer + ".example";
            case "templateId" -> "117a77b0-9360-443b-8795-c6dedc750cf9";
            default -> throw new IllegalArgumentException(operation + " wants a " + parameter);
        };
    }

    /** A request by a caller as authorization.txt names them. */
    RequestSpecification callerOf(String acting, String who) {
        var request = given().filter(ContractFilter.ofAnswers());
        return switch (who) {
            case "nobody" -> request;
            case "operator" -> request.auth().oauth2(DemoPartner.operatorToken(DemoPartner.serviceUnderTest()));
            case "customerAdmin", "customerUser" -> request.auth().oauth2(user(customer, who));
            case "app" -> request.auth().oauth2(application(acting));
            default -> request.auth().oauth2(user(partners.get(acting), who));
        };
    }

    /** There for everybody who is tried, whoever was before. */
    private String snapshot() {
        callerOf("source", "operator")
                .contentType("application/json")
                .body(Map.of("name", "authorization"))
                .post("/sandbox/snapshots")
                .then()
                .statusCode(anyOf(is(201), is(409)));
        return "authorization";
    }

    /** Of an operation that nobody is tried with. */
    private String fault() {
        return callerOf("source", "operator")
                .contentType("application/json")
                .body(Map.of(
                        "operation",
                        "listWebhookEvents",
                        "partner",
                        UUID.randomUUID(),
                        "effect",
                        Map.of("type", "delay", "by", "PT0S")))
                .post("/sandbox/faults")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    private static String journalEntry() {
        given().get("/v1/customers").then().statusCode(401);
        return Sandbox.operator()
                .get("/sandbox/journal?size=1")
                .then()
                .statusCode(200)
                .extract()
                .path("items[0].id")
                .toString();
    }

    private String auditRecord() {
        if (auditRecord == null) {
            callerOf("source", "AdminAgent")
                    .contentType("application/json")
                    .body(Map.of("kind", "reseller"))
                    .post("/portal/v1/customerInvitations")
                    .then()
                    .statusCode(201);
            auditRecord = callerOf("source", "AdminAgent")
                    .get(
                            "/v1/auditrecords?startDate={day}",
                            Sandbox.now().toString().substring(0, 10))
                    .then()
                    .statusCode(200)
                    .extract()
                    .path("items[0].id");
        }
        return auditRecord;
    }

    private Map<String, Object> document() {
        return Map.of(
                "partners",
                List.of(
                        partner(
                                "source",
                                Map.of("directBill", "active", "indirectReseller", "enrolled"),
                                Map.of(
                                        "customerInvitations",
                                        List.of(Map.of("token", customerToken, "kind", "reseller")),
                                        "webhook",
                                        Map.of("url", "http://localhost:9/events", "events", List.of("test-created")),
                                        "notifications",
                                        List.of(Map.of(
                                                "id",
                                                notification,
                                                "eventName",
                                                "test-created",
                                                "correlationId",
                                                notification,
                                                "body",
                                                "{}",
                                                "state",
                                                "parked")))),
                        partner(
                                "target",
                                Map.of("indirectProvider", "active"),
                                Map.of(
                                        "partnershipInvitations",
                                        List.of(Map.of(
                                                "token", partnershipToken, "reseller", partners.get("source"))))),
                        partner(
                                "enrolling",
                                Map.of("directBill", "active"),
                                Map.of(
                                        "enrolment",
                                        Map.of("primaryContact", contact(), "startedTime", "2026-01-31T10:00:00Z")))),
                "partnerships",
                List.of(Map.of("provider", partners.get("target"), "reseller", partners.get("source"))),
                "customers",
                List.of(Map.ofEntries(
                        entry("tenantId", customer),
                        entry("companyName", "Customer " + customer),
                        entry("domain", customer + ".example"),
                        entry(
                                "users",
                                Stream.of("customerAdmin", "customerUser")
                                        .map(who -> person(
                                                customer,
                                                who,
                                                who.equals("customerAdmin") ? List.of("GlobalAdmin") : List.of()))
                                        .toList()),
                        entry(
                                "relationships",
                                List.of(
                                        Map.of("partner", partners.get("source"), "kind", "directReseller"),
                                        Map.of(
                                                "partner",
                                                partners.get("target"),
                                                "kind",
                                                "indirectProvider",
                                                "reseller",
                                                partners.get("source"),
                                                "via",
                                                "extension"))),
                        entry("agreements", List.of(Map.of("type", "MicrosoftCustomerAgreement"))),
                        entry(
                                "subscriptions",
                                List.of(Map.of(
                                        "id",
                                        subscription,
                                        "partner",
                                        partners.get("source"),
                                        "product",
                                        "license",
                                        "offerId",
                                        "796B6B5F-613C-4E24-A17C-EBA730D49C02"))),
                        entry(
                                "transfers",
                                List.of(
                                        Map.of(
                                                "id", transfer,
                                                "source", partners.get("source"),
                                                "target", partners.get("target"),
                                                "status", "Active",
                                                "lineItems", List.of(Map.of("subscriptionId", subscription))),
                                        Map.of(
                                                "id",
                                                newCommerceTransfer,
                                                "type",
                                                "newCommerce",
                                                "source",
                                                partners.get("source"),
                                                "target",
                                                partners.get("target"),
                                                "transferType",
                                                5,
                                                "customerEmailId",
                                                "owner@" + customer + ".example",
                                                "status",
                                                "Pending"))),
                        entry(
                                "orders",
                                List.of(Map.of(
                                        "id", order,
                                        "partner", partners.get("source"),
                                        "lineItems",
                                                List.of(Map.of(
                                                        "offerId",
                                                        "796B6B5F-613C-4E24-A17C-EBA730D49C02",
                                                        "quantity",
                                                        1))))))));
    }

    private Map<String, Object> partner(String acting, Map<String, String> programs, Map<String, Object> more) {
        var tenant = partners.get(acting);
        var partner = new HashMap<>(more);
        partner.put("tenantId", tenant);
        partner.put("name", "Partner " + tenant);
        partner.put("mpnId", Long.toString(ThreadLocalRandom.current().nextLong(100_000_000_000L, 1_000_000_000_000L)));
        partner.put("programs", programs);
        partner.put("partnerAgreementSigned", true);
        partner.put("cspRevenueLast12Months", 450000);
        partner.put("primaryContact", contact());
        partner.put(
                "users",
                ROLES.stream().map(role -> person(tenant, role, List.of(role))).toList());
        partner.put("applications", List.of(Map.of("clientId", clientOf(acting), "clientSecretHash", TestSecret.HASH)));
        return partner;
    }

    private static Map<String, Object> person(UUID tenant, String who, List<String> roles) {
        return Map.of(
                "objectId",
                UUID.randomUUID(),
                "userPrincipalName",
                who + "@" + tenant + ".example",
                "passwordHash",
                TestSecret.HASH,
                "roles",
                roles);
    }

    private static Map<String, Object> contact() {
        return Map.of("firstName", "Ada", "lastName", "Contact", "email", "ada@contoso.example");
    }

    private UUID clientOf(String acting) {
        return UUID.nameUUIDFromBytes((partners.get(acting) + " application").getBytes());
    }

    private String application(String acting) {
        return tokens.computeIfAbsent(
                acting, key -> DemoPartner.tokenOf(partners.get(acting), clientOf(acting), TestSecret.PLAIN));
    }

    private String user(UUID tenant, String who) {
        return tokens.computeIfAbsent(
                tenant + who,
                key -> given().formParams(Map.of(
                                "grant_type",
                                "password",
                                "client_id",
                                PUBLIC_CLIENT,
                                "username",
                                who + "@" + tenant + ".example",
                                "password",
                                TestSecret.PLAIN,
                                "scope",
                                SCOPE))
                        .post("/" + tenant + "/oauth2/v2.0/token")
                        .then()
                        .statusCode(200)
                        .extract()
                        .path("access_token"));
    }

    private static String token() {
        return (UUID.randomUUID().toString() + UUID.randomUUID())
                .replace("-", "")
                .substring(0, LINK_TOKEN);
    }
}
