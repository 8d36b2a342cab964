package csp.transfer.newcommerce;

import static jakarta.transaction.Transactional.TxType.MANDATORY;

import csp.identity.AdminAgents;
import csp.platform.mail.Letter;
import csp.platform.mail.Outbox;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The mails about new-commerce transfers (new-commerce-transfers.md §7, notices). */
@ApplicationScoped
class TransferNotices {

    private final AdminAgents agents;
    private final Outbox outbox;

    TransferNotices(AdminAgents agents, Outbox outbox) {
        this.agents = agents;
        this.outbox = outbox;
    }

    /** To the customer and to the Admin agents of the source: somebody asks for a transfer. */
    @Transactional(MANDATORY)
    void requested(NewCommerceTransfer transfer) {
        var data = data(transfer);
        data.put("expiration", transfer.expirationTime());
        sendToCustomer(transfer, "transfer-requested-customer", data);
        send(List.of(transfer.sourcePartnerTenantId()), "transfer-requested", data);
    }

    /** To the customer and to the Admin agents of both partners: it was accepted. */
    @Transactional(MANDATORY)
    void accepted(NewCommerceTransfer transfer) {
        var data = data(transfer);
        data.put("lines", transfer.lineItems().size());
        sendToCustomer(transfer, "transfer-accepted", data);
        send(List.of(transfer.sourcePartnerTenantId(), transfer.targetPartnerTenantId()), "transfer-accepted", data);
    }

    private void sendToCustomer(NewCommerceTransfer transfer, String template, Map<String, Object> data) {
        if (!transfer.customerEmailId().isEmpty()) {
            outbox.send(new Letter(transfer.customerEmailId(), template, data));
        }
    }

    private void send(List<UUID> partnerIds, String template, Map<String, Object> data) {
        agents.addressesOf(partnerIds).forEach(address -> outbox.send(new Letter(address, template, data)));
    }

    private static Map<String, Object> data(NewCommerceTransfer transfer) {
        return new HashMap<>(Map.of(
                "customer",
                transfer.customerName(),
                "source",
                transfer.sourcePartnerName(),
                "target",
                transfer.targetPartnerName(),
                "id",
                transfer.id()));
    }
}
