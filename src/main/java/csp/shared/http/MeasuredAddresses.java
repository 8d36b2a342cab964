package csp.shared.http;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.config.MeterFilter;
import jakarta.inject.Singleton;

/**
 * Keeps the addresses that somebody made up out of the measurements: a failed request is measured without its address. By operation
 * and status all are measured as {@code csp.requests}.
 */
@Singleton
class MeasuredAddresses implements MeterFilter {

    private static final String REQUESTS = "http.server.requests";
    private static final String ADDRESS = "uri";

    @Override
    public Meter.Id map(Meter.Id id) {
        if (!id.getName().equals(REQUESTS) || "SUCCESS".equals(id.getTag("outcome"))) {
            return id;
        }
        return id.replaceTags(id.getTags().stream()
                .map(tag -> tag.getKey().equals(ADDRESS) ? Tag.of(ADDRESS, "OTHER") : tag)
                .toList());
    }
}
