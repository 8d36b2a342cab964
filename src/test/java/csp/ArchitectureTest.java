package csp;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toCollection;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import csp.platform.audit.AuditTrail;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** Which area stands on which, and what a rule may not know: the picture in CONTRIBUTING.md, checked. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ArchitectureTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("csp");

    @Test
    void each_area_stands_on_those_below_it_alone() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("start")
                .definedBy("csp")
                .layer("console")
                .definedBy("csp.console..")
                .layer("sandbox")
                .definedBy("csp.sandbox..")
                .layer("transfer")
                .definedBy("csp.transfer..")
                .layer("onboarding")
                .definedBy("csp.onboarding..")
                .layer("commerce")
                .definedBy("csp.commerce..")
                .layer("directory")
                .definedBy("csp.directory..")
                .layer("identity")
                .definedBy("csp.identity..")
                .layer("platform")
                .definedBy("csp.platform..")
                .layer("shared")
                .definedBy("csp.shared..")
                .ensureAllClassesAreContainedInArchitectureIgnoring("io.quarkus..", "jakarta..")
                .whereLayer("start")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("console")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("sandbox")
                .mayOnlyBeAccessedByLayers("console")
                .whereLayer("transfer")
                .mayOnlyBeAccessedByLayers("sandbox")
                .whereLayer("onboarding")
                .mayOnlyBeAccessedByLayers("sandbox")
                .whereLayer("commerce")
                .mayOnlyBeAccessedByLayers("onboarding", "transfer", "sandbox")
                .whereLayer("directory")
                .mayOnlyBeAccessedByLayers("commerce", "onboarding", "transfer", "sandbox")
                .whereLayer("identity")
                .mayOnlyBeAccessedByLayers("directory", "commerce", "onboarding", "transfer", "sandbox")
                .whereLayer("platform")
                .mayOnlyBeAccessedByLayers(
                        "identity", "directory", "commerce", "onboarding", "transfer", "sandbox", "start")
                .check(CLASSES);
    }

    @Test
    void the_rooms_of_an_area_do_not_depend_on_each_other_in_a_circle() {
        slices().matching("csp.(*).(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void what_the_flavours_of_a_transfer_share_knows_none_of_them() {
        noClasses()
                .that()
                .resideInAPackage("csp.transfer")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("csp.transfer.*..")
                .check(CLASSES);
    }

    @Test
    void rules_know_neither_HTTP_nor_JSON() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        "..api..",
                        "csp",
                        "csp.shared..",
                        "csp.sandbox.scenario..",
                        "csp.console..") // pages over the API, with no rule of their own
                .and()
                .doNotBelongToAnyOf(AuditTrail.class) // old and new values are JSON texts in its table
                .and()
                .doNotHaveFullyQualifiedName(
                        "csp.platform.webhook.NotificationBody") // is the JSON text that is signed and sent
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "csp..api..", "csp.shared.http..", "jakarta.ws.rs..", "com.fasterxml..", "io.vertx.ext.web..")
                .check(CLASSES);
    }

    @Test
    void the_console_reaches_the_areas_below_through_the_public_API_alone() {
        noClasses()
                .that()
                .resideInAPackage("csp.console..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "csp.transfer..",
                        "csp.onboarding..",
                        "csp.commerce..",
                        "csp.directory..",
                        "csp.identity..",
                        "csp.platform..")
                .check(CLASSES);
    }

    @Test
    void one_word_means_one_thing() {
        var meanings = CLASSES.stream()
                .filter(JavaClass::isTopLevelClass)
                .collect(groupingBy(
                        JavaClass::getSimpleName,
                        TreeMap::new,
                        mapping(JavaClass::getPackageName, toCollection(TreeSet::new))));
        meanings.values().removeIf(packages -> packages.size() == 1);
        assertEquals(Map.of(), meanings);
    }

    @Test
    void a_repository_is_used_by_its_own_room_alone() {
        classes()
                .that()
                .implement(PanacheRepositoryBase.class)
                .should()
                .bePackagePrivate()
                .andShould()
                .haveSimpleNameEndingWith("Repository")
                .check(CLASSES);
    }

    @Test
    void resources_reach_no_repository_and_no_database() {
        noClasses()
                .that()
                .resideInAnyPackage("..api..", "csp.console..")
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                        "jakarta.persistence..", "org.hibernate..", "io.quarkus.hibernate..", "java.sql.."))
                .check(CLASSES);
    }

    @Test
    void time_comes_from_the_clock() {
        noClasses()
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(LocalDate.class, "now")
                .orShould()
                .callMethod(LocalDateTime.class, "now")
                .orShould()
                .callMethod(OffsetDateTime.class, "now")
                .orShould()
                .callMethod(ZonedDateTime.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .check(CLASSES);
        noClasses()
                .that()
                .resideOutsideOfPackage("csp.shared.time")
                .should()
                .callMethod(Clock.class, "systemUTC")
                .check(CLASSES);
    }

    @Test
    void no_lock_within_one_process_guards_anything() {
        noClasses()
                .that()
                .resideOutsideOfPackage("csp.platform.database")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.util.concurrent.locks..")
                .check(CLASSES);
    }
}
