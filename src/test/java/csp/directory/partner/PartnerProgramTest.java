package csp.directory.partner;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class PartnerProgramTest {

    @Test
    void R8_these_are_all_moves_of_an_enrolment() {
        assertEquals(
                """
                NONE -> SUBMITTED
                SUBMITTED -> APPROVED
                APPROVED -> ENROLLED
                ENROLLED -> NONE
                """,
                Stream.of(ResellerStatus.values())
                        .flatMap(from -> Stream.of(ResellerStatus.values())
                                .filter(from::mayBecome)
                                .map(to -> from + " -> " + to))
                        .collect(joining("\n", "", "\n")));
    }

    @Test
    void R16_R17_these_are_all_moves_of_the_direct_bill_programme() {
        assertEquals(
                """
                NONE -> ACTIVE
                ACTIVE -> NONE
                RESTRICTED -> NONE
                """,
                Stream.of(ProgramStatus.values())
                        .flatMap(from -> Stream.of(ProgramStatus.values())
                                .filter(from::mayBecome)
                                .map(to -> from + " -> " + to))
                        .collect(joining("\n", "", "\n")));
    }

    @ParameterizedTest
    @CsvSource({
        "SE,DE,true",
        "GB,FR,true",
        "CH,IS,true",
        "NO,LI,true",
        "US,US,true",
        "US,CA,false",
        "GB,US,false",
        "TR,DE,false",
        "UA,PL,false"
    })
    void R26_EU_EFTA_and_UK_are_one_region_and_every_other_country_its_own(String one, String other, boolean same) {
        assertEquals(same, Region.of(one).equals(Region.of(other)));
    }
}
