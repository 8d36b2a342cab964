package csp.transfer.newcommerce;

import csp.transfer.TransferService;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/**
 * How many transfers there are in each state, over all copies of the service: asked of the database at each scrape. The states that legacy
 * transfers have too are counted with those, since a gauge is of a state, whatever the flavour.
 */
@Singleton
class NewCommerceMetrics implements MeterBinder {

    private static final Set<NewCommerceTransferStatus> OF_THIS_FLAVOUR = EnumSet.of(
            NewCommerceTransferStatus.PENDING,
            NewCommerceTransferStatus.IN_PROGRESS,
            NewCommerceTransferStatus.FAILED,
            NewCommerceTransferStatus.CANCELED,
            NewCommerceTransferStatus.EXPIRED);

    private final TransferService transfers;

    NewCommerceMetrics(TransferService transfers) {
        this.transfers = transfers;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        for (var status : OF_THIS_FLAVOUR) {
            Gauge.builder(
                            "csp.transfers",
                            () -> QuarkusTransaction.requiringNew().call(() -> transfers.count(status)))
                    .tag("status", status.name().toLowerCase(Locale.ROOT))
                    .register(registry);
        }
    }
}
