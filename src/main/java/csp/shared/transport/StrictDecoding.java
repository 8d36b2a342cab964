package csp.shared.transport;

import io.netty.bootstrap.ChannelInitializerExtension;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ServerChannel;
import io.vertx.core.http.HttpServerOptions;

/**
 * Puts a {@link StrictDecoder} into each connection of the HTTP server. Neither Quarkus nor Vert.x has a place to say what becomes of
 * a request that cannot be read; Netty has this one, which it finds by the service loader (see csp.Main).
 */
public final class StrictDecoding extends ChannelInitializerExtension {

    /** The name of the decoder of Vert.x. */
    private static final String DECODER = "httpDecoder";

    /** The extension is made by Netty, the options by the service. */
    private static volatile HttpServerOptions options;

    static void use(HttpServerOptions serverOptions) {
        options = serverOptions;
    }

    @Override
    public void postInitializeServerListenerChannel(ServerChannel listener) {
        LastConnections.opened(listener);
    }

    @Override
    public void postInitializeServerChildChannel(Channel connection) {
        if (options != null) {
            connection.pipeline().addFirst(new DecoderExchange(options));
        }
    }

    /** Waits for the decoder: it is there at the first read, or with TLS after the handshake. */
    private static final class DecoderExchange extends ChannelInboundHandlerAdapter {

        private final HttpServerOptions options;

        DecoderExchange(HttpServerOptions options) {
            this.options = options;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object bytes) {
            var isExchanged = exchange(context);
            context.fireChannelRead(bytes);
            if (isExchanged || exchange(context)) {
                context.pipeline().remove(this);
            }
        }

        private boolean exchange(ChannelHandlerContext context) {
            var decoder = context.pipeline().get(DECODER);
            if (decoder != null) {
                context.pipeline().replace(decoder, DECODER, new StrictDecoder(options));
            }
            return decoder != null;
        }
    }
}
