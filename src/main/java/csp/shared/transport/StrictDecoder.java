package csp.shared.transport;

import static csp.shared.error.ErrorCode.ADDRESS_TOO_LONG;
import static csp.shared.error.ErrorCode.HEADERS_TOO_LARGE;
import static csp.shared.error.ErrorCode.INVALID_INPUT;
import static csp.shared.error.ErrorCode.METHOD_NOT_ALLOWED;
import static io.netty.handler.codec.http.HttpHeaderNames.CONNECTION;
import static io.netty.handler.codec.http.HttpHeaderNames.CONTENT_LENGTH;
import static io.netty.handler.codec.http.HttpHeaderNames.EXPECT;
import static io.netty.handler.codec.http.HttpHeaderNames.HOST;
import static io.netty.handler.codec.http.HttpHeaderNames.TRANSFER_ENCODING;
import static io.netty.handler.codec.http.HttpHeaderNames.UPGRADE;

import csp.shared.error.Quoted;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.impl.VertxHttpRequestDecoder;
import java.util.List;
import java.util.Set;

/**
 * Reads requests as HTTP/1.1 wants it of a server (RFC 9112): one {@code Host}, no folded header, no transfer coding but {@code
 * chunked}, and a method of those that there are. What is wrong, here or to the decoder of the framework, goes on as a {@link MalformedRequest}, to be answered as
 * everything else is.
 */
final class StrictDecoder extends VertxHttpRequestDecoder {

    private static final byte LINE_FEED = '\n';

    private static final Set<HttpVersion> VERSIONS = Set.of(HttpVersion.HTTP_1_0, HttpVersion.HTTP_1_1);

    private static final Set<HttpMethod> METHODS = Set.of(
            HttpMethod.GET,
            HttpMethod.HEAD,
            HttpMethod.POST,
            HttpMethod.PUT,
            HttpMethod.PATCH,
            HttpMethod.DELETE,
            HttpMethod.OPTIONS);

    /** Of the last request. */
    private ChunkedBody body;

    private boolean isAtHeaders = true;
    private boolean isFolded;
    private boolean isAfterLine;

    StrictDecoder(HttpServerOptions options) {
        super(options);
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf bytes, List<Object> out) throws Exception {
        var start = bytes.readerIndex();
        var known = out.size();
        var wasAtHeaders = isAtHeaders;
        super.decode(context, bytes, out);
        if (wasAtHeaders) {
            lookForFolds(bytes, start, bytes.readerIndex());
        }
        for (var i = known; i < out.size(); i++) {
            if (out.get(i) instanceof HttpRequest request) {
                isAtHeaders = false;
                var isUnreadable = !request.decoderResult().isSuccess();
                out.set(i, checked(request));
                if (isUnreadable) {
                    out.add(LastHttpContent.EMPTY_LAST_CONTENT); // whatever follows, it is not read
                }
                isFolded = false;
                isAfterLine = false;
            }
            if (out.get(i) instanceof HttpContent content
                    && !content.decoderResult().isSuccess()
                    && body != null
                    && body.isWatched()) {
                body.isMalformed = true;
                content.release();
                out.set(i, LastHttpContent.EMPTY_LAST_CONTENT); // instead of an exception and no answer
            }
            if (out.get(i) instanceof LastHttpContent) {
                isAtHeaders = true;
            }
        }
    }

    /** The decoder takes lines one by one and joins what is folded without telling. */
    private void lookForFolds(ByteBuf bytes, int from, int to) {
        if (from >= to) {
            return;
        }
        isFolded |= isAfterLine && isBlank(bytes.getByte(from));
        for (var line = bytes.indexOf(from, to - 1, LINE_FEED); line >= 0; ) {
            isFolded |= isBlank(bytes.getByte(line + 1));
            line = line + 1 < to - 1 ? bytes.indexOf(line + 1, to - 1, LINE_FEED) : -1;
        }
        isAfterLine = bytes.getByte(to - 1) == LINE_FEED;
    }

    private static boolean isBlank(byte character) {
        return character == ' ' || character == '\t';
    }

    private HttpRequest checked(HttpRequest request) {
        var result = request.decoderResult();
        var malformed = result.isSuccess() ? refusal(request) : refusal(result.cause());
        if (malformed == null) {
            body = request.headers().contains(TRANSFER_ENCODING) ? new ChunkedBody() : null;
            if (body != null) {
                request.setDecoderResult(body);
            }
            return request;
        }
        body = null;
        var headers = request.headers();
        for (var framing : List.of(TRANSFER_ENCODING, CONTENT_LENGTH, EXPECT, UPGRADE)) {
            headers.remove(framing);
        }
        headers.set(HOST, "malformed.invalid").set(CONNECTION, "close");
        var answerable = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/", headers);
        answerable.setDecoderResult(malformed);
        return answerable;
    }

    private MalformedRequest refusal(HttpRequest request) {
        var hosts = request.headers().getAll(HOST);
        var codings = String.join(",", request.headers().getAll(TRANSFER_ENCODING));
        if (!VERSIONS.contains(request.protocolVersion())) {
            return new MalformedRequest(INVALID_INPUT, "this version of HTTP is not supported.");
        } else if (isFolded) {
            return new MalformedRequest(INVALID_INPUT, "a header of the request is folded.");
        } else if (hosts.size() > 1
                || hosts.isEmpty() && request.protocolVersion().equals(HttpVersion.HTTP_1_1)) {
            return new MalformedRequest(INVALID_INPUT, "the request must have one Host header.");
        } else if (!codings.isEmpty() && !codings.strip().equalsIgnoreCase("chunked")) {
            return new MalformedRequest(INVALID_INPUT, "the transfer coding is not supported, send chunked.");
        } else if (!METHODS.contains(request.method())) {
            return new MalformedRequest(
                    METHOD_NOT_ALLOWED, Quoted.cut(request.method().name()), request.uri());
        } else if (!request.uri().startsWith("/") && !request.uri().regionMatches(true, 0, "http", 0, 4)) {
            return new MalformedRequest(INVALID_INPUT, "the address of the request is none of a resource.");
        }
        return null;
    }

    private static MalformedRequest refusal(Throwable cause) {
        if (cause instanceof TooLongHttpLineException) {
            return new MalformedRequest(ADDRESS_TOO_LONG);
        } else if (cause instanceof TooLongHttpHeaderException) {
            return new MalformedRequest(HEADERS_TOO_LARGE);
        }
        return new MalformedRequest(INVALID_INPUT, "the request is not HTTP/1.1.");
    }
}
