package csp.shared.transport;

import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.HttpServerOptions;
import jakarta.enterprise.context.ApplicationScoped;

/** Hands the limits of the HTTP server to the decoder that is ours. */
@ApplicationScoped
class ServerOptions implements HttpServerOptionsCustomizer {

    @Override
    public void customizeHttpServer(HttpServerOptions options) {
        StrictDecoding.use(options);
    }

    @Override
    public void customizeHttpsServer(HttpServerOptions options) {
        StrictDecoding.use(options);
    }
}
