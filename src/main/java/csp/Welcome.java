package csp;

import csp.shared.config.CspConfig;
import io.quarkus.logging.Log;
import io.quarkus.vertx.http.HttpServerStart;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.ObservesAsync;

/** Tells whoever started the service where to go next, once it listens: before that it may still fail to start. */
@ApplicationScoped
class Welcome {

    private final CspConfig config;

    Welcome(CspConfig config) {
        this.config = config;
    }

    void greet(@ObservesAsync HttpServerStart listening) {
        if (config.sandbox()) {
            Log.infof("Console: %s/console", config.publicUrl());
        }
        Log.infof("API and Swagger UI: %s/q/swagger-ui", config.publicUrl());
        if (config.scenario().equals("demo")) {
            Log.infof(
                    "Token of the demo partner Contoso: curl -s -d grant_type=client_credentials"
                            + " -d client_id=e0000000-0000-4000-8000-000000000001 -d client_secret=contoso-secret"
                            + " -d scope=https://api.partnercenter.microsoft.com/.default"
                            + " %s/contoso.example/oauth2/v2.0/token (the other partners' secrets are <partner>-secret)",
                    config.publicUrl());
        }
    }
}
