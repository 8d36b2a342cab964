package csp.platform.webhook.api;

import csp.platform.webhook.DeliveryLog.Refusals;
import csp.shared.http.Attributes;
import csp.shared.http.ResourceCollection;
import java.util.List;

/**
 * A page of notifications, as every list has pages.
 *
 * @param refusals of all deliveries of the partner, whatever the page: how many attempts of each event were not answered with 2xx (W70)
 */
record WebhookDeliveryList(
        int totalCount,
        List<WebhookDeliveryView> items,
        List<Refusals> refusals,
        String continuationToken,
        ResourceCollection.Links links,
        Attributes attributes) {

    static WebhookDeliveryList of(ResourceCollection<WebhookDeliveryView> page, List<Refusals> refusals) {
        return new WebhookDeliveryList(
                page.totalCount(), page.items(), refusals, page.continuationToken(), page.links(), page.attributes());
    }
}
