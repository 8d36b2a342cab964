package csp.directory.partner.api;

import static java.net.URLEncoder.encode;
import static java.nio.charset.StandardCharsets.UTF_8;

import csp.directory.partner.Partner;
import csp.directory.partner.PartnerProfile.ValidationCode;
import csp.directory.partner.PartnerService;
import csp.shared.caller.CurrentCaller;
import csp.shared.http.ResponseForm;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The codes with which a partner may create customers that must be checked first (storefront.md §9). */
@Path("/v1/customers")
@Produces(MediaType.APPLICATION_JSON)
public class ValidationCodeResource {

    private final PartnerService partners;
    private final CurrentCaller caller;

    ValidationCodeResource(PartnerService partners, CurrentCaller caller) {
        this.partners = partners;
        this.caller = caller;
    }

    /** @param eTag the time of the last change, as recorded */
    record ValidationCodeView(
            UUID partnerId,
            String organizationName,
            String validationId,
            int maxCreates,
            int remainingCreates,
            String eTag) {

        static ValidationCodeView of(Partner partner, ValidationCode code) {
            var most = Optional.ofNullable(code.maxCreates()).orElse(0);
            return new ValidationCodeView(
                    partner.tenantId(),
                    Optional.ofNullable(code.organizationName()).orElse(partner.name()),
                    code.validationId(),
                    most,
                    Optional.ofNullable(code.remainingCreates()).orElse(most),
                    "W/\"datetime'%s'\""
                            .formatted(
                                    encode(Optional.ofNullable(code.changed()).orElse("2020-01-01T00:00:00Z"), UTF_8)));
        }
    }

    /** A bare array, mostly an empty one. */
    @GET
    @Path("all/validations")
    @ResponseForm(charset = false)
    public List<ValidationCodeView> listValidationCodes() {
        var partner = partners.require(caller.get());
        return Optional.ofNullable(partner.profile().validationCodes()).orElse(List.of()).stream()
                .map(code -> ValidationCodeView.of(partner, code))
                .toList();
    }
}
