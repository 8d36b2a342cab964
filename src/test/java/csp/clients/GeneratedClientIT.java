package csp.clients;

import static com.fasterxml.jackson.databind.DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES;
import static csp.clients.generated.model.TransferEntity.StatusEnum.ACTIVE;
import static csp.clients.generated.model.TransferEntity.StatusEnum.COMPLETE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import csp.clients.generated.ApiClient;
import csp.clients.generated.ApiException;
import csp.clients.generated.api.AgreementsApi;
import csp.clients.generated.api.IdentityApi;
import csp.clients.generated.api.PartnersOnThePortalApi;
import csp.clients.generated.api.ReadinessApi;
import csp.clients.generated.api.SubscriptionsApi;
import csp.clients.generated.api.TransfersApi;
import csp.clients.generated.model.AgreementType;
import csp.clients.generated.model.ConfirmAgreementRequest;
import csp.clients.generated.model.ContactRequest;
import csp.clients.generated.model.CreateTransferLineItem;
import csp.clients.generated.model.CreateTransferRequest;
import csp.clients.generated.model.Enrolment;
import csp.clients.generated.model.EnrolmentForm;
import csp.clients.generated.model.EnrolmentFormPrimaryContact;
import csp.clients.generated.model.ErrorResponse;
import csp.clients.generated.model.PartnershipInvitation;
import csp.clients.generated.model.PartnershipInvitationRequest;
import csp.clients.generated.model.RelationshipExtension;
import csp.clients.generated.model.RelationshipExtensionRequest;
import csp.clients.generated.model.RelationshipExtensionRequestConsent;
import csp.clients.generated.model.TransferPrerequisite;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The road of the README, walked by a client that was generated from {@code openapi.yaml}: nothing but its types goes out or
 * comes back, and a field that the document does not know is an error.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class GeneratedClientIT {

    private static final String PARTNER = "a0000000-0000-4000-8000-000000000011";
    private static final String PROVIDER = "a0000000-0000-4000-8000-000000000012";
    private static final String CUSTOMER = "c0000000-0000-4000-8000-000000000011";
    private static final String SUBSCRIPTION = "50000000-0000-4000-8000-000000000111";
    private static final String CUSTOMER_AGREEMENT = "117a77b0-9360-443b-8795-c6dedc750cf9";

    @TempDir
    static Path directory;

    private static RoadService service;

    @BeforeAll
    static void start() {
        service = RoadService.start(directory);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    /** Strict about unknown fields, which generated clients are not by themselves. */
    private static ApiClient client() {
        return new ApiClient(
                HttpClient.newBuilder(),
                ApiClient.createDefaultObjectMapper().enable(FAIL_ON_UNKNOWN_PROPERTIES),
                service.baseUrl());
    }

    private static ApiClient administratorOf(String company) throws ApiException {
        var token = new IdentityApi(client())
                .requestToken(
                        company + ".example",
                        "password",
                        "e0000000-0000-4000-8000-0000000000fe",
                        null,
                        "https://api.partnercenter.microsoft.com",
                        null,
                        "admin@" + company + ".example",
                        company + "-password",
                        null)
                .getAccessToken();
        return client().setRequestInterceptor(request -> request.header("Authorization", "Bearer " + token));
    }

    @Test
    void walks_the_whole_road_and_a_transfer_through_its_types_alone() throws ApiException {
        var tailspin = administratorOf("tailspin");
        var coffee = administratorOf("fourthcoffee");
        assertEquals(
                List.of("resellerEnrolment", "partnership", "providerOfCustomer", "customerAgreement"),
                openPrerequisites(tailspin));

        enrol(new PartnersOnThePortalApi(tailspin));
        becomePartners(new PartnersOnThePortalApi(coffee), new PartnersOnThePortalApi(tailspin));
        extend(new PartnersOnThePortalApi(tailspin));
        attest(new AgreementsApi(coffee));
        assertEquals(List.of(), openPrerequisites(tailspin));

        transfer(new TransfersApi(tailspin), new TransfersApi(coffee));
        var moved = new SubscriptionsApi(coffee)
                .listSubscriptions(CUSTOMER, null, null, null, null, null)
                .getItems();
        assertEquals(1, moved.size());
        assertEquals(12, moved.get(0).getQuantity());
    }

    @Test
    void reads_a_refusal_as_an_error_response() throws Exception {
        var transfers = new TransfersApi(administratorOf("fourthcoffee"));
        var refusal = assertThrows(
                ApiException.class,
                () -> transfers.getTransfer(CUSTOMER, "70000000-0000-4000-8000-0000000000ff", null, null, null));
        var error = ApiClient.createDefaultObjectMapper()
                .enable(FAIL_ON_UNKNOWN_PROPERTIES)
                .readValue(refusal.getResponseBody(), ErrorResponse.class);
        assertTrue(List.of(20002, 900100).contains(error.getCode()), error.toString());
    }

    private static List<String> openPrerequisites(ApiClient partner) throws ApiException {
        var readiness = new ReadinessApi(partner).getTransferReadiness(CUSTOMER, PROVIDER, null, null, null);
        var open = readiness.getPrerequisites().stream()
                .filter(prerequisite -> !prerequisite.getMet())
                .map(TransferPrerequisite::getName)
                .map(TransferPrerequisite.NameEnum::getValue)
                .toList();
        assertEquals(open.isEmpty(), readiness.getReady());
        return open;
    }

    private static void enrol(PartnersOnThePortalApi portal) throws ApiException {
        var enrolment = portal.startEnrolment(null, null, null, new EnrolmentForm());
        var form = new EnrolmentForm()
                .primaryContact(new EnrolmentFormPrimaryContact()
                        .firstName("Tia")
                        .lastName("Lind")
                        .email("tia@tailspin.example"));
        assertEquals(
                Enrolment.StatusEnum.APPROVED,
                portal.submitEnrolment(enrolment.getId(), null, null, null, form)
                        .getStatus());
        assertEquals(
                Enrolment.StatusEnum.ENROLLED,
                portal.acceptResellerAgreement(enrolment.getId(), null, null, null)
                        .getStatus());
    }

    private static void becomePartners(PartnersOnThePortalApi provider, PartnersOnThePortalApi reseller)
            throws ApiException {
        var invitation = provider.createPartnershipInvitation(
                null, null, null, new PartnershipInvitationRequest().resellerTenantId(PARTNER));
        assertEquals(
                PartnershipInvitation.StatusEnum.ACCEPTED,
                reseller.acceptPartnershipInvitation(invitation.getToken(), null, null, null)
                        .getStatus());
    }

    private static void extend(PartnersOnThePortalApi portal) throws ApiException {
        var results = portal.extendRelationships(
                List.of(new RelationshipExtensionRequest()
                        .customerId(CUSTOMER)
                        .directPartnerId(PARTNER)
                        .indirectProviderId(PROVIDER)
                        .consent(new RelationshipExtensionRequestConsent()
                                .givenBy("Margie Shoop")
                                .givenAt("2026-02-01T15:00:00Z")
                                .method("email"))),
                null,
                null,
                null);
        assertEquals(1, results.size());
        assertEquals(200, results.get(0).getStatus());
        assertEquals(
                RelationshipExtension.ViaEnum.EXTENSION,
                results.get(0).getRelationship().getVia());
    }

    private static void attest(AgreementsApi agreements) throws ApiException {
        var confirmed = agreements.confirmAgreement(
                CUSTOMER,
                new ConfirmAgreementRequest()
                        .templateId(CUSTOMER_AGREEMENT)
                        .type("MicrosoftCustomerAgreement")
                        .dateAgreed("2026-02-02T00:00:00.000Z")
                        .primaryContact(new ContactRequest()
                                .firstName("Margie")
                                .lastName("Shoop")
                                .email("owner@margies.example")),
                null,
                null,
                null);
        assertEquals(AgreementType.MICROSOFT_CUSTOMER_AGREEMENT, confirmed.getType());
    }

    private static void transfer(TransfersApi source, TransfersApi target) throws ApiException {
        var eligibility = source.getTransferEligibility(CUSTOMER, "directtoindirect", null, null, null);
        assertEquals(1, eligibility.size());
        assertTrue(eligibility.get(0).getIsEligible());

        var created = source.createTransfer(
                CUSTOMER,
                new CreateTransferRequest()
                        .sourcePartnerTenantId(PARTNER)
                        .targetPartnerTenantId(PROVIDER)
                        .addLineItemsItem(new CreateTransferLineItem().subscriptionId(SUBSCRIPTION)),
                null,
                null,
                null);
        var seen = target.listTransfers(CUSTOMER, null, null, null);
        assertEquals(created.getId(), seen.get(0).getId());
        assertEquals(ACTIVE, seen.get(0).getStatus());

        var result = target.acceptTransfer(CUSTOMER, created.getId(), null, null, null);
        assertEquals(List.of(), result.getTransferErrors());
        assertFalse(result.getOrders().isEmpty());
        assertEquals(
                COMPLETE,
                target.getTransfer(CUSTOMER, created.getId(), null, null, null).getStatus());
    }
}
