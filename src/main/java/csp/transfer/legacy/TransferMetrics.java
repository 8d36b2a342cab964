package csp.transfer.legacy;

import csp.transfer.TransferService;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import java.util.Locale;

/** How many transfers there are in each state, over all copies of the service: asked of the database at each scrape. */
@Singleton
class TransferMetrics implements MeterBinder {

    private final TransferService transfers;

    TransferMetrics(TransferService transfers) {
        this.transfers = transfers;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        for (var status : LegacyTransferStatus.values()) {
            Gauge.builder(
                            "csp.transfers",
                            () -> QuarkusTransaction.requiringNew().call(() -> transfers.count(status)))
                    .tag("status", status.name().toLowerCase(Locale.ROOT))
                    .register(registry);
        }
    }
}
