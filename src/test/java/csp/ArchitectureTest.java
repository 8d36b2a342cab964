package csp;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** The directions of dependencies: api -> feature -> shared, never back. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ArchitectureTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("csp");

    @Test
    void rules_do_not_know_the_wire() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "csp.transfer",
                        "csp.transfer.legacy.eligibility",
                        "csp.commerce.subscription",
                        "csp.commerce.order",
                        "csp.directory.customer",
                        "csp.directory.partner",
                        "csp.commerce.agreement",
                        "csp.commerce.order",
                        "csp.onboarding.provisioning",
                        "csp.directory.partner",
                        "csp.onboarding.enrolment",
                        "csp.onboarding.partnership",
                        "csp.onboarding.extension",
                        "csp.onboarding.invitation",
                        "csp.onboarding.incentive",
                        "csp.onboarding.relationship",
                        "csp.transfer.legacy.readiness",
                        "csp.directory.customer",
                        "csp.platform.jobs",
                        "csp.platform.throttling")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("csp..api..", "jakarta.ws.rs..", "com.fasterxml..", "io.vertx..")
                .check(CLASSES);
    }

    @Test
    void shared_knows_no_feature() {
        noClasses()
                .that()
                .resideInAPackage("csp.shared..")
                .should()
                .dependOnClassesThat(are(
                        resideInAnyPackage("csp..").and(JavaClass.Predicates.resideOutsideOfPackage("csp.shared.."))))
                .check(CLASSES);
    }

    @Test
    void features_do_not_depend_on_each_other_in_a_circle() {
        slices().matching("csp.(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void a_repository_is_used_by_its_own_feature_alone() {
        classes()
                .that()
                .implement(PanacheRepositoryBase.class)
                .and()
                .haveSimpleNameEndingWith("Repository")
                .should()
                .bePackagePrivate()
                .check(CLASSES);
    }

    @Test
    void resources_reach_no_repository_and_no_database() {
        noClasses()
                .that()
                .resideInAPackage("..api..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("jakarta.persistence..", "org.hibernate..", "io.quarkus.hibernate..", "java.sql..")
                .check(CLASSES);
    }

    @Test
    void time_comes_from_the_clock() {
        var rule = noClasses()
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
                .callMethod(System.class, "currentTimeMillis");
        rule.check(CLASSES);
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
