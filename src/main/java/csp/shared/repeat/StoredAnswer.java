package csp.shared.repeat;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import java.io.Serializable;
import java.time.Instant;
import java.util.UUID;

/** The answer of a request, kept for a repeat of it. */
@Entity
@IdClass(StoredAnswer.Key.class)
class StoredAnswer {

    /**
     * What makes two requests the same one.
     *
     * @param callerId user or application
     * @param path in lower case, without the query
     */
    record Key(UUID partnerId, UUID callerId, String requestId, String method, String path) implements Serializable {}

    @Id
    private UUID partnerId;

    @Id
    private UUID callerId;

    @Id
    private String requestId; // its digest, see AnswerSeal

    @Id
    private String method;

    @Id
    private String path;

    private byte[] bodyDigest;
    private Integer status;
    private String body;
    private Instant created;

    boolean isComplete() {
        return status != null;
    }

    byte[] bodyDigest() {
        return bodyDigest;
    }

    int status() {
        return status;
    }

    String body() {
        return body;
    }
}
