package csp.console.readiness;

import csp.console.frame.Call;
import csp.console.frame.Identity;
import csp.console.frame.Tenant;
import csp.console.frame.Visit;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** The calls that mend a prerequisite of a transfer, made one after the other until one is refused. */
enum Remedy {
    ENROL("resellerEnrolment", "Enrol as indirect reseller") {
        @Override
        void mend(Visit visit, Between between) {
            var partner = between.source();
            var enrolment = visit.act(partner, "POST", "/portal/v1/enrolments", null);
            if (!enrolment.succeeded()) {
                return;
            }
            var path = "/portal/v1/enrolments/" + enrolment.json().path("id").asText();
            var status = enrolment.json().path("status").asText();
            if (status.equals("draft")
                    && !visit.act(partner, "POST", path + "/submit", null).succeeded()) {
                return;
            }
            visit.act(partner, "POST", path + "/acceptAgreement", null);
        }
    },
    INVITE("partnership", "Have the provider invite, and accept") {
        @Override
        void mend(Visit visit, Between between) {
            var invitation = visit.act(
                    between.target(),
                    "POST",
                    "/portal/v1/partnershipInvitations",
                    Visit.object().put("resellerTenantId", between.sourceId().toString()));
            if (invitation.succeeded()) {
                var token = invitation.json().path("token").asText();
                visit.act(between.source(), "POST", "/portal/v1/partnershipInvitations/" + token + "/accept", null);
            }
        }
    },
    EXTEND("providerOfCustomer", "Extend the relationship to the provider") {
        @Override
        void mend(Visit visit, Between between) {
            var body = Visit.object()
                    .put("customerId", between.customerId().toString())
                    .put("directPartnerId", between.sourceId().toString())
                    .put("indirectProviderId", between.targetId().toString());
            body.putObject("consent")
                    .put("givenBy", between.customer().name())
                    .put("givenAt", visit.now().toString())
                    .put("method", "email");
            visit.act(between.source(), "POST", "/portal/v1/relationshipExtensions", body);
        }
    },
    CUSTOMER_ACCEPTS("customerAgreement", "Customer accepts the agreement") {
        @Override
        boolean isPossible(Visit visit, Between between) {
            return visit.world().strongest(between.customerId()).isPresent();
        }

        @Override
        void mend(Visit visit, Between between) {
            visit.world()
                    .strongest(between.customerId())
                    .ifPresent(user -> visit.act(
                            user,
                            "POST",
                            "/portal/v1/customers/" + between.customerId() + "/agreementAcceptances",
                            null));
        }
    },
    PROVIDER_ATTESTS("customerAgreement", "Provider attests the agreement") {
        @Override
        void mend(Visit visit, Between between) {
            var template = template(visit.get(between.target(), "/v1/agreements?agreementType=" + TYPE));
            var body = Visit.object()
                    .put("templateId", template)
                    .put("dateAgreed", visit.now().toString())
                    .put("type", TYPE);
            body.putObject("primaryContact")
                    .put("firstName", "Alex")
                    .put("lastName", "Wilber")
                    .put("email", "contact@" + between.customer().domain());
            visit.act(between.target(), "POST", "/v1/customers/" + between.customerId() + "/agreements", body);
        }
    };

    private static final String TYPE = "MicrosoftCustomerAgreement";

    private final String prerequisite;
    private final String label;

    Remedy(String prerequisite, String label) {
        this.prerequisite = prerequisite;
        this.label = label;
    }

    /** Who is there to act, and whom it is about. */
    record Between(UUID sourceId, UUID targetId, Identity source, Identity target, Tenant customer) {

        UUID customerId() {
            return customer.id();
        }
    }

    abstract void mend(Visit visit, Between between);

    boolean isPossible(Visit visit, Between between) {
        return true;
    }

    public String label() {
        return label;
    }

    static List<Remedy> of(String prerequisite) {
        return Stream.of(values())
                .filter(remedy -> remedy.prerequisite.equals(prerequisite))
                .toList();
    }

    private static String template(Call list) {
        return list.items().stream()
                .filter(agreement -> agreement.path("agreementType").asText().equals(TYPE))
                .map(agreement -> agreement.path("templateId").asText())
                .findFirst()
                .orElse("");
    }
}
