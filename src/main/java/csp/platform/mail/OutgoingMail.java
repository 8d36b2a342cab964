package csp.platform.mail;

import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.UUID;

/** A mail and what became of it. */
@Entity
class OutgoingMail {

    @Id
    UUID id;

    String recipient;
    String subject;
    String textBody;
    String htmlBody;

    @Enumerated(EnumType.STRING)
    MailStatus status;

    Instant created;
    Instant sent;
}
