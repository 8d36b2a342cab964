package csp.directory.partner.api;

import static csp.shared.error.ErrorCode.COMPLIANCE_BOTH_GIVEN;
import static csp.shared.error.ErrorCode.COMPLIANCE_MPN_ID_NOT_NUMERIC;
import static csp.shared.error.ErrorCode.COMPLIANCE_NONE_GIVEN;
import static csp.shared.error.ErrorCode.COMPLIANCE_TENANT_ID_NO_GUID;

import csp.directory.partner.ComplianceService;
import csp.shared.caller.CurrentCaller;
import csp.shared.error.DomainException;
import csp.shared.error.Quoted;
import csp.shared.http.QueryParameters;
import csp.shared.id.Guid;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.regex.Pattern;

/** Whether a reseller signed its agreement with the vendor, for the providers that ask (storefront.md §7). */
@Path("/v1/compliance/csp/agreementstatus")
@Produces(MediaType.APPLICATION_JSON)
public class AgreementStatusResource {

    private static final Pattern NUMBER = Pattern.compile("\\d{1,20}");

    private final ComplianceService compliance;
    private final CurrentCaller caller;
    private final RoutingContext context;

    AgreementStatusResource(ComplianceService compliance, CurrentCaller caller, RoutingContext context) {
        this.compliance = compliance;
        this.caller = caller;
        this.context = context;
    }

    /** @param isAgreementSigned always true: a missing signature is an error */
    public record AgreementStatus(boolean isAgreementSigned) {}

    /**
     * One of {@code mpnId} and {@code tenantId}, in any letter case, an empty one being none (ST9). Errors: see
     * {@link ComplianceService}.
     */
    @GET
    public AgreementStatus getAgreementStatus() {
        caller.get().requireUser();
        var query = new QueryParameters(context.request().query());
        var mpnId = query.get("mpnId").orElse(null);
        var tenantId = query.get("tenantId").orElse(null);
        if (mpnId == null && tenantId == null) {
            throw new DomainException(COMPLIANCE_NONE_GIVEN);
        }
        if (mpnId != null && tenantId != null) {
            throw new DomainException(COMPLIANCE_BOTH_GIVEN);
        }
        if (mpnId != null) {
            if (!NUMBER.matcher(mpnId).matches()) {
                throw new DomainException(COMPLIANCE_MPN_ID_NOT_NUMERIC, Quoted.text(mpnId));
            }
            compliance.requireSignedByMpnId(caller.get(), mpnId);
        } else {
            compliance.requireSignedByTenantId(
                    caller.get(),
                    Guid.read(tenantId)
                            .orElseThrow(
                                    () -> new DomainException(COMPLIANCE_TENANT_ID_NO_GUID, Quoted.text(tenantId))));
        }
        return new AgreementStatus(true);
    }
}
