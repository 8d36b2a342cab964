package csp.shared.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import org.jboss.resteasy.reactive.server.spi.ServerMessageBodyWriter;
import org.jboss.resteasy.reactive.server.spi.ServerRequestContext;

/**
 * Answers in JSON, put together in memory and sent in one piece with their length. The framework's own writer goes by a stream of many
 * pooled buffers, which had a fifth of the samples of a list, and waits between the pieces of a long one.
 */
@Provider
@Produces(MediaType.APPLICATION_JSON)
class JsonAnswers extends ServerMessageBodyWriter.AllWriteableMessageBodyWriter {

    private final ObjectWriter json;

    JsonAnswers(ObjectMapper json) {
        this.json = json.writer();
    }

    @Override
    public void writeResponse(Object answer, Type type, ServerRequestContext request) throws IOException {
        request.serverResponse().end(bytes(answer));
    }

    @Override
    public void writeTo(
            Object answer,
            Class<?> type,
            Type genericType,
            Annotation[] annotations,
            MediaType mediaType,
            MultivaluedMap<String, Object> headers,
            OutputStream body)
            throws IOException {
        body.write(bytes(answer));
    }

    /** A text is JSON already. */
    private byte[] bytes(Object answer) throws IOException {
        return answer instanceof String text ? text.getBytes(UTF_8) : json.writeValueAsBytes(answer);
    }
}
