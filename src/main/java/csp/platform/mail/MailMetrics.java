package csp.platform.mail;

import io.micrometer.core.instrument.config.MeterFilter;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** The framework measures each mail client under one and the same name: of several, only the first would be heard. */
class MailMetrics {

    @Produces
    @Singleton
    MeterFilter withoutMailClients() {
        return MeterFilter.denyNameStartsWith("mail.");
    }
}
