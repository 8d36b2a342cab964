package csp.chaos;

/** Two partners and a customer of theirs that nobody else has to do with; every text of them says so. */
final class CanaryWorld {

    private static final String FIRST = "a7000000-0000-4000-8000-000000000001";
    private static final String SECOND = "a7000000-0000-4000-8000-000000000002";
    private static final String CUSTOMER = "c7000000-0000-4000-8000-000000000001";
    private static final String LICENCE = "57000000-0000-4000-8000-000000000001";
    private static final String NEW_LICENCE = "57000000-0000-4000-8000-000000000002";
    private static final String TRANSFER = "77000000-0000-4000-8000-000000000001";

    private CanaryWorld() {}

    static String scenario() {
        return """
                {"partners": [%s, %s],
                 "customers": [{"tenantId": "%s", "companyName": "@ Spices", "domain": "zanzibar-spices.example",
                   "billTo": {"firstName": "@", "lastName": "@", "email": "billing@zanzibar-spices.example", "culture": "en-US",
                     "language": "en", "address": {"addressLine1": "1 @ Street", "city": "Redmond", "state": "WA",
                       "postalCode": "98052", "country": "US"}},
                   "relationships": [{"partner": "%s", "kind": "directReseller"}, {"partner": "%s", "kind": "directReseller"}],
                   "agreements": [{"type": "MicrosoftCustomerAgreement", "method": "direct"}],
                   "subscriptions": [
                     {"id": "%s", "partner": "%4$s", "product": "license", "friendlyName": "@ licence", "quantity": 3,
                       "offerId": "796B6B5F-613C-4E24-A17C-EBA730D49C02"},
                     {"id": "%s", "partner": "%4$s", "product": "newCommerceLicense", "friendlyName": "@ new licence",
                       "quantity": 4, "offerId": "CFQ7TTC0LH18:0001:CFQ7TTC0K971"}],
                   "transfers": [{"id": "%s", "type": "newCommerce", "source": "%4$s", "target": "%5$s", "status": "Pending",
                     "transferType": 3, "customerEmailId": "@@zanzibar-spices.example",
                     "createdTime": "2026-01-31T15:30:00Z", "expirationTime": "2099-12-31T00:00:00Z"}]}]}""".formatted(
                        partner(FIRST, 1), partner(SECOND, 2), CUSTOMER, FIRST, SECOND, LICENCE, NEW_LICENCE, TRANSFER)
                .replace("@", AnswerRules.CANARY)
                .replace(AnswerRules.CANARY + "zanzibar", "@zanzibar")
                .replace("billing" + AnswerRules.CANARY, "billing@");
    }

    private static String partner(String tenant, int number) {
        return """
                {"tenantId": "%s", "name": "@ Trading %d", "domain": "zanzibar%2$d.example", "mpnId": "770000%2$d",
                 "programs": {"directBill": "active"}, "partnerAgreementSigned": true,
                 "applications": [{"clientId": "e7000000-0000-4000-8000-00000000000%2$d", "clientSecret": "canary-secret"}]}""".formatted(tenant, number);
    }

    /** For whoever tries to reach them. */
    static void nameTo(KnownIds ids) {
        ids.add("partnerid", FIRST, SECOND);
        ids.add("customerid", CUSTOMER);
        ids.add("subscriptionid", LICENCE, NEW_LICENCE);
        ids.add("transferid", TRANSFER);
        ids.remember("/customers/" + CUSTOMER);
        ids.remember("/customers/" + CUSTOMER + "/subscriptions/" + LICENCE);
        ids.remember("/customers/" + CUSTOMER + "/transfers/" + TRANSFER);
    }
}
