package csp.clients;

import static java.util.Locale.ROOT;

import csp.testsupport.DemoPartner;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A direct-bill partner that is a reseller too, its provider, and five customers: the first has a licence with an add-on, one
 * suspended, one deleted and one Azure subscription, and an order. With ids of its own, so that no other test changes it.
 */
final class ClientWorld {

    static final String SECRET = "a-secret-of-tests";
    static final String PUBLIC_CLIENT = "e0000000-0000-4000-8000-0000000000fe";

    final UUID tenant = UUID.randomUUID();
    final UUID client = UUID.randomUUID();
    final UUID provider = UUID.randomUUID();
    final UUID customer = UUID.randomUUID();
    final UUID licence = UUID.randomUUID();
    final UUID addon = UUID.randomUUID();
    final UUID suspended = UUID.randomUUID();
    final UUID deleted = UUID.randomUUID();
    final UUID azure = UUID.randomUUID();
    final UUID order = UUID.randomUUID();
    final String domain = "p" + tenant + ".example";
    final String user = "admin@" + domain;
    final UUID userId = UUID.randomUUID();

    ClientWorld load() {
        var more = Stream.of("Bravo Books", "Charlie Cars", "Delta Dairy", "Émile Éclairs")
                .map(name -> customer(UUID.randomUUID(), name, ""))
                .collect(Collectors.joining(","));
        DemoPartner.operatorCalls()
                .body("""
                {"partners": [
                  {"tenantId": "%1$s", "name": "Tailspin Toys", "domain": "%2$s", "country": "US", "currency": "USD",
                   "mpnId": "%9$s", "programs": {"directBill": "active", "indirectReseller": "enrolled"},
                   "partnerAgreementSigned": true,
                   "users": [{"objectId": "%3$s", "userPrincipalName": "%4$s", "password": "%5$s",
                              "roles": ["GlobalAdmin", "AdminAgent"]}],
                   "applications": [{"clientId": "%6$s", "clientSecret": "%5$s"}]},
                  {"tenantId": "%7$s", "name": "Wingtip Distribution", "domain": "d%7$s.example", "country": "US",
                   "programs": {"indirectProvider": "active"}, "partnerAgreementSigned": true}],
                 "partnerships": [{"provider": "%7$s", "reseller": "%1$s"}],
                 "customers": [%8$s]}""".formatted(
                                tenant,
                                domain,
                                userId,
                                user,
                                SECRET,
                                client,
                                provider,
                                customer(customer, "Alpha Bakery", holdings()) + "," + more,
                                Long.toString(Math.abs(tenant.getMostSignificantBits() % 1_000_000_000_000L))))
                .post("/sandbox/scenarios")
                .then()
                .statusCode(201);
        return this;
    }

    /** Something to order, for a customer that may buy. Returns the id of the offer. */
    String withOffer() {
        DemoPartner.operatorCalls()
                .body("""
                {"offers": [{"offerId": "%1$s", "name": "Offer %1$s", "product": "license"}],
                 "customers": [{"tenantId": "%2$s", "companyName": "Alpha Bakery",
                  "agreements": [{"type": "MicrosoftCustomerAgreement", "method": "direct"}]}]}""".formatted(upper(order), customer))
                .post("/sandbox/scenarios")
                .then()
                .statusCode(201);
        return upper(order);
    }

    private String customer(UUID id, String name, String holdings) {
        return """
                {"tenantId": "%s", "companyName": "%s", "domain": "c%s.example", "country": "US",
                 "billTo": {"email": "owner@c%s.example", "address": {"addressLine1": "1 Main Street", "city": "Seattle",
                            "state": "WA", "postalCode": "98101", "country": "US"}},
                 "relationships": [{"partner": "%s", "kind": "directReseller", "delegatedAdmin": true}]%s}""".formatted(id, name, id, id, tenant, holdings);
    }

    private String holdings() {
        return """
                , "subscriptions": [%s, %s, %s, %s,
                 {"id": "%s", "partner": "%s", "product": "azurePayg", "offerId": "MS-AZR-0145P", "azureSubscriptionId": "%s"}],
                 "orders": [{"id": "%s", "partner": "%s", "billingCycle": "annual", "currencyCode": "USD",
                  "creationDate": "2026-01-31T10:00:00Z", "status": "completed", "transactionType": "UserPurchase",
                  "lineItems": [{"lineItemNumber": 0, "offerId": "796B6B5F-613C-4E24-A17C-EBA730D49C02",
                   "subscriptionId": "%s", "friendlyName": "E3", "quantity": 25, "termDuration": "P1Y",
                   "transactionType": "New"}]}]""".formatted(
                        licence(licence, "active", ""),
                        licence(addon, "active", ", \"parentSubscriptionId\": \"%s\"".formatted(licence)),
                        licence(suspended, "suspended", ""),
                        licence(deleted, "deleted", ""),
                        azure,
                        tenant,
                        azure,
                        order,
                        tenant,
                        licence);
    }

    private String licence(UUID id, String status, String more) {
        return """
                {"id": "%s", "partner": "%s", "product": "license", "offerId": "796B6B5F-613C-4E24-A17C-EBA730D49C02",
                 "offerName": "Microsoft 365 E3", "friendlyName": "E3", "quantity": 25, "status": "%s"%s}""".formatted(id, tenant, status, more);
    }

    String upper(UUID id) {
        return id.toString().toUpperCase(ROOT);
    }
}
