package csp.platform.mail;

import io.quarkus.qute.Engine;
import io.quarkus.qute.EngineBuilder;
import io.quarkus.qute.Expression;
import io.quarkus.qute.ResultMapper;
import io.quarkus.qute.Template;
import io.quarkus.qute.TemplateNode.Origin;
import io.quarkus.qute.WithPriority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.regex.Pattern;

/** The templates of all mails, under templates/mail: a text, whose first line is the subject, and an HTML page for each. */
@ApplicationScoped
class MailTemplates {

    /** In characters. Encoded, whatever they are, it is within the 998 bytes that a line of a mail may have. */
    private static final int LONGEST_SUBJECT = 120;

    record Rendered(String subject, String text, String html) {}

    private final Engine engine;

    MailTemplates(Engine engine) {
        this.engine = engine;
    }

    /** @throws IllegalArgumentException when one of the two templates does not exist */
    Rendered render(Letter letter) {
        var text = template(letter.template() + ".txt").data(letter.data()).render();
        var subjectEnd = text.indexOf('\n');
        return new Rendered(
                cut(text.substring(0, subjectEnd).strip()),
                text.substring(subjectEnd + 1).strip(),
                template(letter.template() + ".html")
                        .data(letter.data())
                        .render()
                        .strip());
    }

    private static String cut(String subject) {
        return subject.codePointCount(0, subject.length()) <= LONGEST_SUBJECT
                ? subject
                : subject.substring(0, subject.offsetByCodePoints(0, LONGEST_SUBJECT - 1)) + "…";
    }

    private Template template(String file) {
        var template = engine.getTemplate("mail/" + file);
        if (template == null) {
            throw new IllegalArgumentException("No template " + file);
        }
        return template;
    }

    void keepSubjectsOnOneLine(@Observes EngineBuilder builder) {
        builder.addResultMapper(new SubjectLine());
    }

    /** What a subject shows has no line breaks: none of it becomes a header of the mail, or its text. */
    private static final class SubjectLine implements ResultMapper, WithPriority {

        private static final Pattern LINE_BREAKS = Pattern.compile("[\\p{Cntrl}\\u2028\\u2029]+");

        @Override
        public int getPriority() {
            return WithPriority.DEFAULT_PRIORITY + 1;
        }

        @Override
        public boolean appliesTo(Origin origin, Object result) {
            return origin.getLine() == 1
                    && origin.getTemplateId().startsWith("mail/")
                    && origin.getTemplateId().endsWith(".txt");
        }

        @Override
        public String map(Object result, Expression expression) {
            return LINE_BREAKS.matcher(result.toString()).replaceAll(" ");
        }
    }
}
