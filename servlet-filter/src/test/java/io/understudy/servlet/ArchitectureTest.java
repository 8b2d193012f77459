package io.understudy.servlet;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.MethodCallTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.NullMarked;

/** Holds the module to the drawing of its rooms: arrows point downward, and each library has its place. */
@AnalyzeClasses(packages = "io.understudy", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    /** What an application may name, the packages' own types apart. */
    private static final Set<String> API = Set.of("FailoverFilter", "GatewayCustomizer");

    @ArchTest
    static final ArchRule rooms_know_only_what_the_drawing_shows = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("servlet")
            .definedBy("io.understudy.servlet")
            .layer("exchange")
            .definedBy("io.understudy.servlet.exchange..")
            .layer("inbound")
            .definedBy("io.understudy.servlet.inbound..")
            .layer("upstream")
            .definedBy("io.understudy.servlet.upstream..")
            .layer("relay")
            .definedBy("io.understudy.servlet.relay..")
            .layer("report")
            .definedBy("io.understudy.servlet.report..")
            .layer("affinity")
            .definedBy("io.understudy.servlet.affinity..")
            .layer("dialect")
            .definedBy("io.understudy.servlet.dialect..")
            .layer("config")
            .definedBy("io.understudy.servlet.config..")
            .layer("loop")
            .definedBy("io.understudy.servlet.loop..")
            .layer("chain")
            .definedBy("io.understudy.servlet.chain..")
            .layer("synchronous")
            .definedBy("io.understudy.servlet.synchronous..")
            .optionalLayer("admin")
            .definedBy("io.understudy.servlet.admin..")
            .layer("core")
            .definedBy("io.understudy.core..")
            .whereLayer("exchange")
            .mayOnlyBeAccessedByLayers("servlet")
            .whereLayer("chain")
            .mayOnlyAccessLayers("upstream", "synchronous")
            .whereLayer("synchronous")
            .mayNotAccessAnyLayer()
            .whereLayer("inbound")
            .mayOnlyAccessLayers("config", "dialect", "core")
            .whereLayer("upstream")
            .mayOnlyAccessLayers("config", "loop", "core")
            .whereLayer("relay")
            .mayOnlyAccessLayers("config", "dialect", "loop", "core")
            .whereLayer("report")
            .mayOnlyAccessLayers("dialect", "core")
            .whereLayer("affinity")
            .mayOnlyAccessLayers("dialect", "core")
            .whereLayer("admin")
            .mayOnlyAccessLayers("report", "config", "core")
            .whereLayer("dialect")
            .mayOnlyAccessLayers("core")
            .whereLayer("config")
            .mayOnlyAccessLayers("core")
            .whereLayer("loop")
            .mayNotAccessAnyLayer()
            .whereLayer("core")
            .mayNotAccessAnyLayer()
            .ensureAllClassesAreContainedInArchitecture();

    @ArchTest
    static final ArchRule no_rooms_go_in_a_circle =
            slices().matching("io.understudy.servlet.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule after_the_commit_point_nobody_can_try_again = noClasses()
            .that()
            .resideInAPackage("..servlet.relay..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..core.failover..", "..core.candidate..", "..core.health..", "..servlet.upstream..");

    @ArchTest
    static final ArchRule the_decision_is_asked_for_in_one_place = noClasses()
            .that()
            .resideOutsideOfPackages("io.understudy.servlet", "..servlet.exchange..", "..core..")
            .should()
            .dependOnClassesThat()
            .haveSimpleName("FailoverSession");

    @ArchTest
    static final ArchRule jersey_stays_upstream = noClasses()
            .that()
            .resideOutsideOfPackages("..servlet.upstream..", "..servlet.admin..")
            .and(are(
                    "not where applications hand in their own filters",
                    type -> !type.isAssignableTo("io.understudy.servlet.GatewayCustomizer")))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.glassfish.jersey..", "jakarta.ws.rs..");

    @ArchTest
    static final ArchRule meters_stay_in_the_report = noClasses()
            .that()
            .resideOutsideOfPackage("..servlet.report..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.micrometer..");

    @ArchTest
    static final ArchRule the_http_client_stays_upstream = noClasses()
            .that()
            .resideOutsideOfPackage("..servlet.upstream..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.eclipse.jetty.client..", "org.eclipse.jetty.http..");

    @ArchTest
    static final ArchRule binding_json_stays_in_the_configuration = noClasses()
            .that()
            .resideOutsideOfPackages("..servlet.config..", "..servlet.admin..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("jakarta.json..", "org.eclipse.yasson..", "org.eclipse.parsson..");

    @ArchTest
    static final ArchRule dialects_and_loops_know_no_servlet = noClasses()
            .that()
            .resideInAnyPackage("..servlet.dialect..", "..servlet.loop..", "..servlet.upstream..", "..servlet.report..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("jakarta.servlet..");

    /**
     * But the one that stops the gateway, that of a caller of the core's blocking driver, and those of a container that
     * lets us have no other.
     */
    @ArchTest
    static final ArchRule no_thread_of_an_exchange_waits = noClasses()
            .that()
            .resideInAPackage("io.understudy.servlet.*..")
            .and()
            .resideOutsideOfPackage("..servlet.synchronous..")
            .should()
            .callMethodWhere(describe("it waits", ArchitectureTest::waits));

    @ArchTest
    static final ArchRule nobody_prints = noClasses().should(ACCESS_STANDARD_STREAMS);

    @ArchTest
    static final ArchRule the_root_shows_only_what_applications_name = classes()
            .that()
            .resideInAPackage("io.understudy.servlet")
            .and(are("not part of the API", type -> !API.contains(type.getSimpleName())))
            .should()
            .notBePublic();

    @ArchTest
    static void every_package_is_free_of_nulls_unless_it_says_so(JavaClasses imported) {
        assertThat(imported.stream().map(JavaClass::getPackage).distinct())
                .isNotEmpty()
                .allMatch(room -> room.isAnnotatedWith(NullMarked.class), "annotated with @NullMarked")
                .extracting(JavaPackage::getName)
                .contains("io.understudy.servlet", "io.understudy.core.failover");
    }

    private static DescribedPredicate<JavaClass> are(String what, java.util.function.Predicate<JavaClass> predicate) {
        return describe(what, predicate);
    }

    private static boolean waits(JavaMethodCall call) {
        MethodCallTarget target = call.getTarget();
        JavaClass owner = target.getOwner();
        return switch (target.getName()) {
            case "sleep", "join" -> owner.isEquivalentTo(Thread.class) || owner.isAssignableTo(CompletableFuture.class);
            case "get" -> owner.isAssignableTo(Future.class);
            case "await" -> owner.isEquivalentTo(CountDownLatch.class);
            case "acquire" -> owner.isEquivalentTo(Semaphore.class);
            case "take", "put" -> owner.isAssignableTo(BlockingQueue.class);
            case "awaitTermination" -> owner.isAssignableTo(ExecutorService.class);
            case "park", "parkNanos", "parkUntil" -> owner.isEquivalentTo(LockSupport.class);
            case "wait" -> owner.isEquivalentTo(Object.class);
            default -> false;
        };
    }
}
