package csp.openapi;

import static java.util.function.Predicate.not;
import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** The error codes that the published document lists against those that the tests of both halves were answered with. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ListedCodesIT {

    private static final Path NOT_MET = Path.of("target/contract-codes/not-met.txt");

    /**
     * What holds for every operation and is met at some of them: tokens, media types, sizes, limits, what is our own fault, too much
     * or that of the database, repeats and races, and the door of the sandbox.
     */
    private static final Pattern EVERYWHERE = Pattern.compile(
            "\\w+ (401 \\d+|(406|408|413|415|429|500|503) \\d+|409 (800002|900104))"
                    + "|(\\w+Clock|\\w+Faults?|\\w+Snapshots?|endRefreshTokens|exportScenario|listMails|loadScenario|resetSandbox) (403 2032|404 1000)");

    /** Refusals of rules that are met at the neighbouring operation; nothing is to be added here. */
    private static final Set<String> MET_NEXT_DOOR = Set.of(
            "acceptAgreement 400 900126",
            "acceptCustomerInvitation 403 900137",
            "acceptPartnershipInvitation 403 900149",
            "applyForDirectBill 403 900150",
            "generateToken 400 800002",
            "generateToken 403 2032",
            "getAuditRecord 403 2032",
            "getCustomerInvitation 403 2032",
            "submitEnrolment 403 900137",
            "submitEnrolment 403 900149",
            "updateOrder 400 800016",
            "updateOrder 403 900149");

    @Test
    void every_code_that_an_operation_lists_was_met_by_a_test() throws IOException {
        assumeTrue(Stream.of("First", "Second").allMatch(ListedCodesIT::ran), "Only some of the tests ran");
        try (var lines = Files.lines(NOT_MET)) {
            assertEquals(
                    "",
                    lines.filter(not(EVERYWHERE.asMatchPredicate()))
                            .filter(not(MET_NEXT_DOOR::contains))
                            .collect(joining("\n")));
        }
    }

    private static boolean ran(String half) {
        return Files.exists(Path.of("target/surefire-reports/TEST-csp.%sHalf.xml".formatted(half)));
    }
}
