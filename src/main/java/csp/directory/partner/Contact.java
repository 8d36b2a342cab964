package csp.directory.partner;

import static java.util.stream.Collectors.joining;

import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** A person to write to or to call. Everything may be null. */
public record Contact(String firstName, String lastName, String email, String phoneNumber) {

    /** First and last name, as far as known; empty without either. */
    public Optional<String> fullName() {
        return Optional.of(
                        Stream.of(firstName, lastName).filter(Objects::nonNull).collect(joining(" ")))
                .filter(name -> !name.isEmpty());
    }
}
