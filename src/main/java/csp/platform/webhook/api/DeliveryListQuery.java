package csp.platform.webhook.api;

import csp.platform.webhook.DeliveryLog.Search;
import csp.platform.webhook.DeliveryState;
import csp.platform.webhook.WebhookDelivery;
import csp.platform.webhook.WebhookEvent;
import csp.shared.error.Choice;
import csp.shared.http.PageQuery;
import csp.shared.http.QueryParameters;
import csp.shared.http.ResourceCollection;
import csp.shared.page.Page;
import csp.shared.page.Seek;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** What the query of a list of notifications asks for (D27). */
final class DeliveryListQuery {

    private static final String PATH = "/webhookDeliveries";
    private static final PageQuery.Positions<Long> POSITIONS =
            new PageQuery.Positions<>(1, position -> List.of(Long.toString(position)), DeliveryListQuery::position);

    private final PageQuery<Long> page;
    private final WebhookEvent event;
    private final DeliveryState state;

    /**
     * Errors: 800002 for a size, seek operation or encoding that cannot be read; 900126 for an unknown event or state.
     *
     * @param query as sent, null when there is none
     * @param token null when there is none
     */
    DeliveryListQuery(String query, String token) {
        page = new PageQuery<>(new QueryParameters(query), token, POSITIONS, "event", "state");
        event = page.parameters()
                .get("event")
                .map(name -> WebhookEvent.of(name)
                        .orElseThrow(() -> Choice.refusal("event", name, WebhookEvent.wireNames().stream())))
                .orElse(null);
        state = page.parameters()
                .get("state")
                .map(name -> DeliveryState.of(name)
                        .orElseThrow(() -> Choice.refusal(
                                "state", name, Stream.of(DeliveryState.values()).map(DeliveryState::wireName))))
                .orElse(null);
    }

    Search searchOf(UUID partnerId) {
        return new Search(partnerId, event, state);
    }

    /** Error 800002 for a token that is needed and missing, or not one of this list. */
    Seek<Long> seek(Search search) {
        return page.seek(listOf(search));
    }

    ResourceCollection<WebhookDeliveryView> answer(Page<WebhookDelivery> found, Search search) {
        return page.answer(PATH, listOf(search), found, WebhookDeliveryView::of, WebhookDelivery::position);
    }

    private static String listOf(Search search) {
        return "webhook deliveries %s %s %s".formatted(search.partnerId(), search.event(), search.state());
    }

    private static Optional<Long> position(List<String> keys) {
        try {
            return Optional.of(Long.parseLong(keys.get(0)));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
