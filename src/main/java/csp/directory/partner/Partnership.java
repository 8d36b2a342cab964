package csp.directory.partner;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import java.io.Serializable;
import java.util.UUID;

/** An indirect provider and an indirect reseller that agreed to work together (lifecycle.md R22-R26). */
@Entity
@IdClass(Partnership.Key.class)
public class Partnership {

    /** Both sides. */
    public record Key(UUID providerId, UUID resellerId) implements Serializable {}

    @Id
    private UUID providerId;

    @Id
    private UUID resellerId;

    private String state;

    public UUID providerId() {
        return providerId;
    }

    public UUID resellerId() {
        return resellerId;
    }
}
