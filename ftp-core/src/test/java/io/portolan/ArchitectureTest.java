package io.portolan;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.portolan.testing.ApiSurface;
import java.io.ObjectInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The rules of who may import whom. */
class ArchitectureTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.portolan");

    private static final String[] JDK_AND_ANNOTATIONS = {"java..", "javax.crypto..", "org.jspecify.."};

    private static DescribedPredicate<JavaClass> onlyFrom(String... own) {
        return resideInAnyPackage(
                Stream.concat(Stream.of(JDK_AND_ANNOTATIONS), Stream.of(own)).toArray(String[]::new));
    }

    private static void onlyDependOn(String thePackage, String... others) {
        classes()
                .that()
                .resideInAPackage(thePackage)
                .should()
                .onlyDependOnClassesThat(onlyFrom(others))
                .check(CLASSES);
    }

    @Test
    void whatUsersImplementKnowsOnlyTheJdk() {
        onlyDependOn("io.portolan.fs", "io.portolan.fs", "io.portolan.auth", "io.portolan.session");
        onlyDependOn("io.portolan.auth", "io.portolan.auth", "io.portolan.session");
        onlyDependOn("io.portolan.session", "io.portolan.session", "io.portolan.auth", "io.portolan.fs");
        onlyDependOn("io.portolan.guard", "io.portolan.guard");
        onlyDependOn("io.portolan.ports", "io.portolan.ports");
    }

    @Test
    void theFileSystemOverNioPathsLogsAndOtherwiseKnowsOnlyTheJdk() {
        onlyDependOn(
                "io.portolan.fs.nio..", "io.portolan.fs..", "io.portolan.auth", "io.portolan.session", "org.slf4j..");
    }

    @Test
    void nettyStaysOutOfThePublicApiButForTransport() {
        assertThat(ApiSurface.leaks(
                        CLASSES, type -> type.getPackageName().startsWith("io.netty"), "io.portolan.transport"))
                .isEmpty();
        assertThat(ApiSurface.leaks(CLASSES, type -> type.getPackageName().startsWith("io.netty"), ""))
                .as("what this test would find")
                .isNotEmpty();
    }

    @Test
    void internalTypesStayOutOfThePublicApi() {
        assertThat(ApiSurface.leaks(CLASSES, type -> type.getPackageName().contains(".internal"), ""))
                .isEmpty();
    }

    @Test
    void loggingStaysOutOfThePublicApi() {
        assertThat(ApiSurface.leaks(CLASSES, type -> type.getPackageName().startsWith("org.slf4j"), ""))
                .isEmpty();
    }

    @Test
    void thePackagesOfInternalsDoNotGoRoundInCircles() {
        slices().matching("io.portolan.core.internal.(*)..")
                .should()
                .beFreeOfCycles()
                .check(CLASSES);
    }

    @Test
    void publicPackagesDoNotGoRoundInCirclesButForTheThreeSpis() {
        // A file system is made for an identity and a session, and a session tells of files: one family in three
        // packages.
        slices().matching("io.portolan.(*)..")
                .should()
                .beFreeOfCycles()
                .ignoreDependency(
                        resideInAnyPackage("io.portolan.fs..", "io.portolan.auth", "io.portolan.session"), alwaysTrue())
                .check(CLASSES);
    }

    @Test
    void nothingWritesToTheConsoleOrEndsTheJvm() {
        noClasses()
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .orShould()
                .callMethod(System.class, "exit", int.class)
                .orShould()
                .callMethod(System.class, "setProperty", String.class, String.class)
                .orShould()
                .callMethod(Runtime.class, "addShutdownHook", Thread.class)
                .check(CLASSES);
    }

    @Test
    void nothingIsReadByJavasSerialization() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .areAssignableTo(ObjectInputStream.class)
                .check(CLASSES);
    }

    @Test
    void nothingStaticCanBeChanged() {
        noFields().that().areStatic().should().notBeFinal().check(CLASSES);
    }

    @Test
    void handlersHaveNoLocks() {
        List<String> locked = new ArrayList<>();
        for (JavaClass type : CLASSES) {
            if (type.isAssignableTo("io.netty.channel.ChannelHandler")) {
                type.getMethods().stream()
                        .filter(method -> method.getModifiers().contains(JavaModifier.SYNCHRONIZED))
                        .forEach(method -> locked.add(method.getFullName()));
            }
        }
        assertThat(locked).isEmpty();
    }
}
