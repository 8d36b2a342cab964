package csp.onboarding.extension.api;

import csp.onboarding.extension.ExtendRelationship;
import csp.onboarding.extension.ExtensionService;
import csp.onboarding.extension.ExtensionService.Outcome;
import csp.shared.caller.CurrentCaller;
import csp.shared.error.DomainException;
import csp.shared.error.ErrorBody;
import csp.shared.http.JsonFields;
import csp.shared.repeat.RepeatableRequests;
import csp.shared.repeat.Reply;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Reseller relationship extensions, one at a time or many at once (design §6, lifecycle.md R27-R37). */
@Path("/portal/v1")
@Produces(MediaType.APPLICATION_JSON)
public class RelationshipExtensionResource {

    /** Most extensions of one call. */
    static final int MOST = 1_000;

    private static final int LONGEST_NAME = 256;
    private static final int LONGEST_METHOD = 64;

    private final ExtensionService extensions;
    private final RepeatableRequests requests;
    private final CurrentCaller caller;

    RelationshipExtensionResource(ExtensionService extensions, RepeatableRequests requests, CurrentCaller caller) {
        this.extensions = extensions;
        this.requests = requests;
        this.caller = caller;
    }

    /**
     * What happened to one of many.
     *
     * @param customerId as far as it could be read
     * @param status the HTTP status it would have had alone
     * @param relationship when it succeeded
     * @param error when it did not
     */
    record ResultView(UUID customerId, int status, RelationshipExtensionView relationship, ErrorBody error) {}

    /** The relationship for one object, a result each for an array. */
    @POST
    @Path("relationshipExtensions")
    public Response extendRelationships(InputStream body) {
        return requests.reply(body, content -> {
            extensions.admit(caller.get());
            var asked = content.oneOrMany(MOST);
            return new Reply(
                    200,
                    asked.isArray()
                            ? extendAll(asked.objects())
                            : extend(asked.objects().get(0)));
        });
    }

    private RelationshipExtensionView extend(JsonFields asked) {
        var outcome = extensions.extend(caller.get(), List.of(read(asked))).get(0);
        if (outcome.refusal() != null) {
            throw outcome.refusal();
        }
        return RelationshipExtensionView.of(outcome.relationship());
    }

    private List<ResultView> extendAll(List<JsonFields> asked) {
        var results = new ArrayList<ResultView>(asked.size());
        var readable = new ArrayList<ExtendRelationship>();
        var places = new ArrayList<Integer>();
        for (var item : asked) {
            try {
                readable.add(read(item));
                places.add(results.size());
                results.add(null);
            } catch (DomainException malformed) {
                results.add(refused(null, malformed));
            }
        }
        var outcomes = extensions.extend(caller.get(), readable);
        for (var i = 0; i < outcomes.size(); i++) {
            results.set(places.get(i), result(readable.get(i).customerId(), outcomes.get(i)));
        }
        return results;
    }

    private static ResultView result(UUID customerId, Outcome outcome) {
        return outcome.refusal() != null
                ? refused(customerId, outcome.refusal())
                : new ResultView(customerId, 200, RelationshipExtensionView.of(outcome.relationship()), null);
    }

    private static ResultView refused(UUID customerId, DomainException refusal) {
        return new ResultView(customerId, refusal.error.status, null, new ErrorBody(refusal));
    }

    private static ExtendRelationship read(JsonFields body) {
        return new ExtendRelationship(
                body.requiredGuid("customerId"),
                body.requiredGuid("directPartnerId"),
                body.requiredGuid("indirectProviderId"),
                body.object("consent")
                        .map(RelationshipExtensionResource::consent)
                        .orElseThrow(() -> body.missing("consent")));
    }

    private static ExtendRelationship.Consent consent(JsonFields consent) {
        return new ExtendRelationship.Consent(
                consent.requiredText("givenBy", LONGEST_NAME),
                consent.instant("givenAt").orElseThrow(() -> consent.missing("givenAt")),
                consent.requiredText("method", LONGEST_METHOD));
    }
}
