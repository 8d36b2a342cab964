package csp.chaos;

/** Transfers from Contoso to Fabrikam. */
final class Transfers {

    private Transfers() {}

    static String path(String customer) {
        return "/v1/customers/" + customer + "/transfers";
    }

    static Request creation(String token, String customer, String subscription) {
        return Request.of("POST", path(customer)).as(token).json("""
                        {"sourcePartnerTenantId":"%s","targetPartnerTenantId":"%s","lineItems":[{"subscriptionId":"%s"}]}""".formatted(
                        Demo.CONTOSO, Demo.FABRIKAM, subscription));
    }

    /** Creates one and answers the request that reads it. */
    static Request create(Service service, String customer, String subscription) {
        var token = Demo.contoso(service);
        var created = service.prepare(creation(token, customer, subscription));
        return Request.get(path(customer) + "/" + created.text("id")).as(token);
    }
}
