package csp.identity.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The error body of the token endpoints (identity.md §2). */
record OAuthErrorBody(
        String error, @JsonProperty("error_description") String errorDescription) {}
