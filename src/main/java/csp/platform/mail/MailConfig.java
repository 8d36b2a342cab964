package csp.platform.mail;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How mails are delivered. Where to, {@code quarkus.mailer.*} says. */
@ConfigMapping(prefix = "csp.mail")
public interface MailConfig {

    /** How long the whole talk with the mail server about one mail may take. The connection is closed then. */
    @WithDefault("20s")
    Duration talkLimit();

    /** How many times a mail is tried: with pauses of 1, 2, 4, ... seconds, in the end of an hour, some four days. */
    @WithDefault("109")
    int tries();
}
