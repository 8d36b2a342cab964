package csp.mail;

import java.time.Instant;
import java.util.UUID;

import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;

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
