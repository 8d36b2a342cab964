package csp.shared.http;

/** The {@code attributes} of a resource on the wire; the etag only where the contract shows one. */
public record Attributes(String etag, String objectType) {

    public static Attributes of(String objectType) {
        return new Attributes(null, objectType);
    }
}
