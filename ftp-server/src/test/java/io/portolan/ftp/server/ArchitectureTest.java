package io.portolan.ftp.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.portolan.testing.ApiSurface;
import org.junit.jupiter.api.Test;

/** The rules of who may import whom. */
class ArchitectureTest {

    private static final String INTERNAL = "io.portolan.ftp.server.internal.";

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.portolan.ftp.server");

    @Test
    void nettyStaysOutOfThePublicApi() {
        assertThat(ApiSurface.leaks(CLASSES, type -> type.getPackageName().startsWith("io.netty"), ""))
                .isEmpty();
    }

    /** Applications make settings on threads of their own, on which nothing of Netty may run. */
    @Test
    void settingsAreMadeWithoutNetty() {
        noClasses()
                .that()
                .resideInAPackage("io.portolan.ftp.server")
                .or()
                .haveNameMatching(".*\\.internal\\.port\\.(\\w+PublicAddress|PeerAddress|CidrBlock|LiteralAddress)")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.netty..")
                .check(CLASSES);
    }

    @Test
    void internalTypesStayOutOfThePublicApi() {
        assertThat(ApiSurface.leaks(CLASSES, type -> type.getPackageName().contains(".internal"), ""))
                .isEmpty();
        assertThat(ApiSurface.leaks(CLASSES, type -> type.getName().equals("io.portolan.ftp.server.PassivePorts"), ""))
                .as("what this test would find")
                .isNotEmpty();
    }

    @Test
    void commandsKnowTheSessionAndTheSessionKnowsTransfersAndPorts() {
        nobodyIn("session").knows("command");
        nobodyIn("transfer").knows("command", "session", "port");
        nobodyIn("port").knows("command", "session", "transfer");
        slices().matching(INTERNAL + "(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void nothingStaticCanBeChanged() {
        noFields().that().areStatic().should().notBeFinal().check(CLASSES);
    }

    private interface Ignorant {
        void knows(String... others);
    }

    private static Ignorant nobodyIn(String inner) {
        return others -> {
            for (String other : others) {
                noClasses()
                        .that()
                        .resideInAPackage(INTERNAL + inner)
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage(INTERNAL + other)
                        .check(CLASSES);
            }
        };
    }
}
