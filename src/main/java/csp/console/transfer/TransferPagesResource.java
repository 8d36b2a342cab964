package csp.console.transfer;

import csp.console.frame.Frame;
import csp.console.frame.Ids;
import csp.console.frame.Section;
import csp.console.frame.Visit;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** The transfers of the world, and all about one of them. */
@Path("/console/transfers")
@Produces(MediaType.TEXT_HTML)
@Blocking
public class TransferPagesResource {

    private final Visit visit;
    private final TransferReader transfers;

    TransferPagesResource(Visit visit, TransferReader transfers) {
        this.visit = visit;
        this.transfers = transfers;
    }

    @CheckedTemplate(basePath = "console")
    static class Templates {
        static native TemplateInstance transfers(Frame frame, List<TransferRow> rows);

        static native TemplateInstance transfer(Frame frame, TransferDetail transfer);
    }

    @GET
    public TemplateInstance showTransfers() {
        return Templates.transfers(visit.frame("Transfers", Section.TRANSFERS), transfers.all());
    }

    @GET
    @Path("{customer}/{transfer}")
    public TemplateInstance showTransfer(
            @PathParam("customer") String customer, @PathParam("transfer") String transfer) {
        return Ids.read(customer)
                .flatMap(customerId -> Ids.read(transfer).map(transferId -> page(customerId, transferId)))
                .orElseGet(this::showTransfers);
    }

    /** Does what a button says, as whoever's right it is; the API decides. */
    @POST
    @Path("{customer}/{transfer}/{action}")
    public TemplateInstance changeTransfer(
            @PathParam("customer") String customer,
            @PathParam("transfer") String transfer,
            @PathParam("action") String name,
            InputStream body) {
        var form = visit.form(body);
        var customerId = Ids.read(customer);
        var transferId = Ids.read(transfer);
        var action = Stream.of(TransferAction.values())
                .filter(known -> known.name().equals(name))
                .findFirst();
        if (customerId.isEmpty() || transferId.isEmpty() || action.isEmpty()) {
            return showTransfers();
        }
        transfers.parties(customerId.get(), transferId.get()).ifPresent(parties -> {
            var party = action.get().isOfSource() ? parties.source() : parties.target();
            visit.act(
                    visit.actorOf(party.id()).orElseThrow(),
                    action.get().method,
                    "/v1/customers/%s/transfers/%s%s"
                            .formatted(customerId.get(), transferId.get(), action.get().suffix),
                    action.get().body(transferId.get(), form.all("line")));
        });
        visit.at(TransferReader.path(customerId.get(), transferId.get()));
        return page(customerId.get(), transferId.get());
    }

    private TemplateInstance page(UUID customerId, UUID transferId) {
        var parties = transfers.parties(customerId, transferId);
        if (parties.isEmpty()) {
            visit.tell("There is no transfer " + transferId + ".");
            return showTransfers();
        }
        var detail = transfers.detail(customerId, transferId, parties.get());
        return Templates.transfer(visit.frame("Transfer of " + detail.customer(), Section.TRANSFERS), detail);
    }
}
