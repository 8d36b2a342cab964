package csp.shared.http;

import csp.shared.error.AnsweredError;
import csp.shared.error.ErrorCode;
import io.quarkus.arc.All;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Answers that are given on the event loop, before or without a resource. */
@ApplicationScoped
public class Refusals {

    private static final long MOST_MILLIS_TO_DROP = 5_000;

    private final List<RefusalForm> forms;
    private final FourFields otherwise;

    Refusals(@All List<RefusalForm> forms, FourFields otherwise) {
        this.forms =
                forms.stream().filter(form -> !(form instanceof FourFields)).toList();
        this.otherwise = otherwise;
    }

    /** Answers, and leaves the connection as it is. */
    public Future<Void> answer(RoutingContext context, ErrorCode error, Object... arguments) {
        var path = context.request().path();
        var form = forms.stream()
                .filter(special -> path != null && special.isOf(path))
                .findFirst()
                .orElse(otherwise);
        var response = context.response();
        AnsweredError.note(context, error);
        if (error.status == 503) {
            response.putHeader(HttpHeaders.RETRY_AFTER, Integer.toString(ErrorCode.RETRY_WHEN_CROWDED_SECONDS));
        }
        return response.setStatusCode(error.status)
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .end(form.body(context, error, arguments));
    }

    /**
     * Answers and closes the connection, whose next bytes nobody wants. What its sender is still sending is dropped for a moment
     * before: closed at once, the connection would take the answer with it.
     */
    public void close(RoutingContext context, ErrorCode error, Object... arguments) {
        var request = context.request();
        if (request.isEnded()) {
            closeAtOnce(context, error, arguments);
            return;
        }
        var end = request.end(); // asked for now: once it has come, nobody may ask any more
        request.handler(ignored -> {});
        request.resume();
        answerLast(context, error, arguments).onComplete(sent -> {
            context.vertx()
                    .setTimer(MOST_MILLIS_TO_DROP, late -> request.connection().close());
            end.onComplete(ended -> request.connection().close());
        });
    }

    /** Answers and closes the connection at once. */
    public void closeAtOnce(RoutingContext context, ErrorCode error, Object... arguments) {
        answerLast(context, error, arguments)
                .onComplete(sent -> context.request().connection().close());
    }

    private Future<Void> answerLast(RoutingContext context, ErrorCode error, Object... arguments) {
        context.response().putHeader(HttpHeaders.CONNECTION, "close");
        return answer(context, error, arguments);
    }
}
